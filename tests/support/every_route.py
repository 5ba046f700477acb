"""Which pages of both applications the tests looked at, gathered from every process of the tests.

A page that nobody fetched, no rule of every page and no axe has seen.
"""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask, request

# Application and endpoint.
Route = tuple[str, str]
# It leads to a page in somebody's language, and is none.
NO_PAGE = "choose_language"


@dataclass
class EveryRoute:
    """The routes that a browser can open, and those that a test opened."""

    offered: set[Route] = field(default_factory=set)
    opened: set[Route] = field(default_factory=set)
    _known: set[int] = field(default_factory=set)

    def note(self, app: Flask, status: int) -> None:
        """Remember the answer to the request of now."""
        if id(app.url_map) not in self._known:
            self._known.add(id(app.url_map))
            self.offered |= {(app.import_name, each) for each in _own_pages(app)}
        # Whoever is refused, or sent on to sign in, sees another page than the one asked for.
        if request.endpoint is not None and status in {200, 422}:
            self.opened.add((app.import_name, request.endpoint))

    def never_opened(self, folder: Path, processes: int, *, whole: bool) -> list[Route]:
        """Leave what this process knows in `folder`; the last to come tells what nobody opened.

        `whole`: every test of pages was to run in this process or another, and none failed here.
        """
        mine = {"whole": whole, "offered": list(self.offered), "opened": list(self.opened)}
        (folder / f"routes-{os.getpid()}.json").write_text(json.dumps(mine))
        all_of_us = [json.loads(each.read_text()) for each in folder.glob("routes-*.json")]
        if len(all_of_us) < processes or not all(each["whole"] for each in all_of_us):
            return []
        offered, opened = (
            {tuple(route) for each in all_of_us for route in each[name]}
            for name in ("offered", "opened")
        )
        return sorted(offered - opened)


def _own_pages(app: Flask) -> set[str]:
    """What can be opened, but for what a test itself planted."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and rule.endpoint.rpartition(".")[2] != NO_PAGE
        and not app.view_functions[rule.endpoint].__module__.startswith("tests.")
    }


# What the tests of this process opened; looked at by the fixture of tests/conftest.py.
OPENED = EveryRoute()
