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


def _keep(app: Flask, response: Response, written: Callable[[str], str]) -> None:
    every_route.OPENED.note(app, response.status_code)
    # Of a redirect nobody sees the few words that it has for browsers of long ago.
    is_page = response.mimetype == "text/html" and response.status_code not in {302, 303}
    if is_page and app.import_name in _OURS and request.method != "HEAD":
        every_page.SEEN.put_by(
            f"{app.import_name} {request.path}",
            response.get_data(as_text=True),
            lambda: {language: written(language) for language in other_languages()},
        )
