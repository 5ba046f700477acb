"""axe-core on every page that the tests of this process saw, once they end: by day, by night, in
high contrast, on a small phone, unfolded, and in every language.

axe needs a page and its stylesheet, no server: in one window a page takes a fraction of a second
where a journey to it takes seconds. What only a browser makes of a page (a question unfolded by an
answer, a file chosen, a passkey asked for) the tests of e2e/test_accessible_* look at.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route

import web
from tests.support.axe import (
    NARROW,
    faint_now,
    find_new_ones,
    give_axe,
    shape_faults_now,
    sideways,
)
from tests.support.browser import Windows, chromium
from tests.support.page_traits import Trait, traits_of

STYLESHEET = Path(web.__file__).parent / "static" / "zegel.css"
_LINK = re.compile(r'<link rel="stylesheet"[^>]*>')
# Answered by ourselves, as is everything that a page asks for.
_ORIGIN = "http://localhost"
_AS_FETCHED = "as fetched"

# What `Page.emulate_media` is given.
Media = dict[str, Any]
_DAY: Media = {"color_scheme": "light", "contrast": "no-preference", "forced_colors": "none"}
_COLOURS: dict[str, Media] = {
    "light": _DAY,
    "dark": {**_DAY, "color_scheme": "dark"},
    "more contrast": {**_DAY, "contrast": "more"},
    "dark, more contrast": {**_DAY, "color_scheme": "dark", "contrast": "more"},
    "forced colours": {**_DAY, "forced_colors": "active"},
}

# The window, its stylesheet and axe stay: a page is put in the place of the one before it.
_DRESS = """async rules => {
  document.adoptedStyleSheets = [await new CSSStyleSheet().replace(rules)];
}"""
_SHOW = """text => {
  const page = new DOMParser().parseFromString(text, "text/html");
  document.replaceChild(document.adoptNode(page.documentElement), document.documentElement);
}"""
_UNFOLD = "() => document.querySelectorAll('details').forEach(each => { each.open = true })"


@dataclass
class EveryPage:
    """Pages put by, each in every language: those with a trait that no page before had."""

    _kept: list[tuple[str, dict[str, str]]] = field(default_factory=list, repr=False)
    _traits: set[Trait] = field(default_factory=set, repr=False)

    def put_by(self, url: str, text: str, others: Callable[[], Mapping[str, str]] = dict) -> None:
        """Keep a page, unless all of it was seen; `others` by the code of a language."""
        traits = traits_of(text)
        if not traits <= self._traits:
            self._traits |= traits
            self._kept.append((url, {_AS_FETCHED: text, **others()}))

    def __len__(self) -> int:
        return len(self._kept)

    def faults(self, browser: Browser | None = None) -> list[str]:
        """Each fault in one line, beginning with the page and the look in which it has it.

        `browser`: one that runs already; a process has one at a time.
        """
        if not self._kept:
            return []
        with _windows(browser) as (wide, narrow, complaints):
            found = [
                f"{url} {language} {fault}"
                for url, texts in self._kept
                for language, text in texts.items()
                for fault in _faults_of(text, language, wide, narrow)
            ]
        return [*found, *complaints]


@contextmanager
def _windows(running: Browser | None) -> Iterator[tuple[Page, Page, list[str]]]:
    """A wide and a narrow window with axe in them, and what the browser complains of."""
    with nullcontext(running) if running else chromium() as browser:
        windows = Windows(browser)
        wide, narrow = windows.open(scripts=True), windows.open(scripts=True, width=NARROW)
        for page in (wide, narrow):
            page.route("**/*", _answer)
            page.goto(_ORIGIN)
            page.evaluate(_DRESS, STYLESHEET.read_text("utf-8"))
            give_axe(page)
        yield wide, narrow, windows.faults
        windows.close()


def _answer(route: Route) -> None:
    # No script and no picture changes anything that axe asks for.
    route.fulfill(body="", content_type="text/html")


def _faults_of(text: str, language: str, wide: Page, narrow: Page) -> Iterator[str]:
    """As fetched in every colour; in the other languages, which are longer, on a phone: colours
    are the same there."""
    _show(narrow, text)
    narrow.evaluate(_UNFOLD)
    if overflow := sideways(narrow):
        yield f"narrow: scrolls {overflow} px sideways"
    if language != _AS_FETCHED:
        yield from shape_faults_now(narrow, "narrow")
        return
    _show(wide, text)
    yield from shape_faults_now(wide, "wide")
    wide.evaluate(_UNFOLD)
    yield from _faint(wide)


def _faint(page: Page) -> Iterator[str]:
    if find_new_ones(page):
        for look, media in _COLOURS.items():
            page.emulate_media(**media)
            yield from faint_now(page, look)
        page.emulate_media(**_DAY)


def _show(page: Page, text: str) -> None:
    page.evaluate(_SHOW, _LINK.sub("", text))


# What the tests of this process saw; looked at by the fixture of tests/conftest.py.
SEEN = EveryPage()
