"""A page that a test just fetched, in the other languages too: the same template, the same values.

What a view itself put into words stays in the language of the request; templates, forms and the
frame, which hold nearly every word, are written again.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from flask import Flask, Response, g, request, request_finished, template_rendered
from flask_babel import force_locale
from jinja2 import Template

from web.i18n import LANGUAGES, current_language

# What templates are given.
Context = Mapping[str, object]
# (application, answer, its page in another language by its code where a template made it)
Seen = Callable[[Flask, Response, Callable[[str], str] | None], None]


class Rewriter:
    """Tells someone of every answer of every application in this process, while its request is
    still there."""

    def __init__(self, tell: Seen) -> None:
        self._tell = tell
        self._last: tuple[Template, Context] | None = None
        # Signals hold their receivers weakly: these live as long as this object.
        template_rendered.connect(self._remember)
        request_finished.connect(self._finish)

    def _remember(self, sender: Flask, template: Template, context: Context) -> None:
        self._last = template, context

    def _finish(self, sender: Flask, response: Response) -> None:
        last, self._last = self._last, None
        self._tell(sender, response, partial(_written, sender, *last) if last else None)


def other_languages() -> tuple[str, ...]:
    """Those in which the page of this request was not fetched."""
    return tuple(code for code in LANGUAGES if code != current_language())


def _written(app: Flask, template: Template, context: Context, language: str) -> str:
    frame = _frame(app)
    with _speaking(language):
        # A view may have its own word for what the frame says: that one stays.
        again = {key: value for key, value in _frame(app).items() if context[key] == frame[key]}
        return template.render({**context, **again})


def _frame(app: Flask) -> dict[str, object]:
    """What every page is given besides the values of its view."""
    given: dict[str, object] = {}
    for name in (None, *reversed(request.blueprints)):
        for processor in app.template_context_processors.get(name, ()):
            given.update(app.ensure_sync(processor)())
    return given


@contextmanager
def _speaking(language: str) -> Iterator[None]:
    before = g.get("language")
    g.language = language
    try:
        with force_locale(language):
            yield
    finally:
        if before is None:
            g.pop("language")
        else:
            g.language = before
