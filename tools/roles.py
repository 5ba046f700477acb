"""Write docs/reference/roles.md from the code: `python -m tools.roles`.

Who holds which permission comes from the table of the roles, and what each permission opens from
what every view of the console declares. A test compares the document with what this makes of them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from cases.database import Database
from cases.domain.flows import Flow, transitions_of
from cases.domain.roles import ROLE_PERMISSIONS, Permission, Role
from reviewer.application import create_console
from web.access import access_of
from web.application import LANGUAGE_PREFIX
from web.clock import SystemClock
from web.services import build_services
from web.settings import Audience, Settings

DOCUMENT = Path(__file__).parents[1] / "docs" / "reference" / "roles.md"

_INTRODUCTION = """# Roles

Made from `cases/domain/roles.py` and the views of the console by `python -m tools.roles`; a test
fails when this page and the code differ, and another tries every address with every role.

A person may have several roles, and may then do what any of them may. A permission is about the
person alone. Which cases open for her is decided by keys ([Keys](../explanation/keys.md)), and what
can be done with a case by where it stands ([Flows](flows.md)). What a person may not open looks to
her like what is not there.

## Roles and their permissions
"""
_OPENS = """
## What each permission opens

Addresses of the console, below the language. Those that write are marked; they answer only to a
form of our own pages.
"""
_FOR_EVERYONE = """## Open to everyone

Without signing in.
"""
_CONVERTER = re.compile(r"<[a-z_]+(\([^)]*\))?:")


@dataclass(frozen=True)
class Address:
    """One thing that the console answers, and what it asks for; permission None: nothing."""

    method: str
    path: str
    permission: Permission | None
    writes: bool
    purpose: str


def document(console: Flask) -> str:
    """The whole page."""
    addresses = sorted(addresses_of(console), key=lambda each: (each.path, each.method))
    return "\n".join(
        [
            _INTRODUCTION,
            *_roles(),
            _OPENS,
            *(line for each in Permission for line in _opened(each, addresses)),
            _FOR_EVERYONE,
            *_table(each for each in addresses if each.permission is None),
            "",
        ]
    )


def addresses_of(console: Flask) -> Iterator[Address]:
    """Everything that the console answers, with what its views declare."""
    for rule in console.url_map.iter_rules():
        view = console.view_functions[rule.endpoint]
        access = access_of(view)
        path = _CONVERTER.sub("<", rule.rule.removeprefix(LANGUAGE_PREFIX))
        purpose = (view.__doc__ or "").partition("\n")[0].partition(" Raises ")[0]
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Address(method, path, access.permission, access.commits, purpose)


def _roles() -> Iterator[str]:
    yield _line(("permission", *Role))
    yield "|" + "---|" * (1 + len(Role))
    for permission in Permission:
        held = ("yes" if permission in ROLE_PERMISSIONS[role] else "" for role in Role)
        yield _line((f"`{permission}`", *held))


def _opened(permission: Permission, addresses: Iterable[Address]) -> Iterator[str]:
    holders = [role for role in Role if permission in ROLE_PERMISSIONS[role]]
    yield f"### `{permission}`"
    yield ""
    yield f"Held by: {', '.join(holders)}."
    yield ""
    steps = _steps(permission)
    opened = [each for each in addresses if each.permission is permission]
    if steps:
        yield f"Steps that ask for it: {' '.join(steps)}"
        yield ""
    if opened:
        yield from _table(opened)
        yield ""
    if not steps and not opened:
        yield "No page of the console asks for it."
        yield ""


def _steps(permission: Permission) -> list[str]:
    rows = (row for flow in Flow for row in transitions_of(flow))
    return sorted({f"`{row.action}`" for row in rows if row.permission is permission})


def _table(addresses: Iterable[Address]) -> Iterator[str]:
    yield _line(("method", "address", "writes", "what for"))
    yield "|" + "---|" * 4
    for each in addresses:
        writes = "yes" if each.writes else ""
        yield _line((each.method, f"`{each.path}`", writes, each.purpose))


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def console_of_no_office() -> Flask:
    """The console as it is served, where only its addresses are looked at."""
    nowhere = Path("/nowhere")
    settings = Settings(
        audience=Audience.CONSOLE,
        home=nowhere,
        database_url="sqlite://",
        evidence_url=nowhere.as_uri(),
        secret_key=bytes(32),
        trusted_hosts=("localhost",),
    )
    return create_console(build_services(settings, Database("sqlite://"), SystemClock()))


if __name__ == "__main__":
    DOCUMENT.write_text(document(console_of_no_office()), encoding="utf-8")
