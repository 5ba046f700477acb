"""Everything that applications in this process answer, kept for the ends of tests/conftest.py."""

from collections.abc import Callable

from flask import Flask, Response, request

from tests.support import every_page, every_route
from tests.support.every_language import Rewriter, other_languages

# What people see; a test of one rule makes small applications of its own.
_OURS = frozenset({"portal", "reviewer"})


def keep_every_answer() -> Rewriter:
    """From now on; for as long as the answer is held."""
    return Rewriter(_keep)


def _keep(app: Flask, response: Response, written: Callable[[str], str] | None) -> None:
    if app.import_name not in _OURS:
        return
    every_route.OPENED.note(app, response.status_code)
    # The few words of a redirect, for browsers of long ago, are no page: no template made them.
    if written and response.mimetype == "text/html" and request.method != "HEAD":
        every_page.SEEN.put_by(
            f"{app.import_name} {request.path}",
            response.get_data(as_text=True),
            lambda: {language: written(language) for language in other_languages()},
        )
