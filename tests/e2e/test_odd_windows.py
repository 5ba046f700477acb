"""Pages in Tor Browser's windows without drawings, and at 400 % with text spaced out: all is there.

No window here runs scripts, and no page has web fonts or pictures to wait for.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import People
from tests.support.looks import NO_DRAWINGS, TEXT_SPACING, lost, style
from tests.support.pages import follow

# Tor Browser rounds windows down to steps of 200 by 100 pixels, 1400 by 900 at most.
LETTERBOXED = ((1400, 900), (1000, 500), (800, 600), (600, 400), (400, 700))
# 1280 by 1024 at 400 %, where the text is spaced out as well.
ZOOMED = (320, 256)
LOOK = NO_DRAWINGS + f"@media (max-width: {ZOOMED[0]}px) {{{TEXT_SPACING}}}"
PORTAL = ("/", "/report", "/complaint", "/protection", "/check", "/security", "/mailbox")
CONSOLE = ("/sign-in", "/?view=all", "/account", "/typed-in/report")
# Of a telephone, and how much of its height the head of a page may take.
PHONE, CALM = 390, 110

PLANTED = """<title>Planted</title><p style="width: 900px">wide</p>
<p style="width: 3em; overflow: hidden; white-space: nowrap">cut before its end</p>
<p style="position: relative; top: -2.1em">lies on the words before</p>"""


def test_what_is_lost_is_found(people: People) -> None:
    page = people.visitor(width=600).page
    page.set_content(PLANTED)

    kinds = [fault.partition(":")[0] for fault in lost(page)]

    assert [kind.split()[0] for kind in kinds] == ["scrolls", "cut", "on"]


def test_nothing_is_lost_in_any_window(people: People) -> None:
    faults = {
        f"{path} {width}x{height}": found
        for path, page in _pages(people)
        for width, height in (*LETTERBOXED, ZOOMED)
        if (found := _lost_at(page, width, height))
    }

    assert faults == {}


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_on_a_phone_the_main_pages_are_folded_under_one_word(people: People, language: str) -> None:
    visitor = people.visitor(language, width=PHONE)
    visitor.go("/")
    head, pages = visitor.page.locator(".banner"), visitor.page.locator(".navigation")
    assert not pages.is_visible()
    assert head.evaluate("head => head.clientHeight") < CALM

    visitor.page.locator(".menu__summary").click()

    assert pages.is_visible()
    assert lost(visitor.page) == []
    follow(pages.locator("a").nth(1))
    assert visitor.page.url.endswith(f"/{language}/report")


def test_on_a_wide_page_nothing_is_folded(people: People) -> None:
    visitor = people.visitor()
    visitor.go("/")

    assert visitor.page.locator(".navigation").is_visible()
    assert not visitor.page.locator(".menu").is_visible()


def _lost_at(page: Page, width: int, height: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": height})
    return lost(page)


def _draws_nothing(page: Page) -> bool:
    return page.locator("svg:visible").count() == 0


def _unfold(page: Page) -> None:
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")


def _pages(people: People) -> Iterator[tuple[str, Page]]:
    """Every page in turn, in German, whose words are the longest."""
    visitor = people.visitor("de")
    style(visitor.page, LOOK)
    for path in PORTAL:
        visitor.go(path)
        _unfold(visitor.page)
        assert _draws_nothing(visitor.page)
        yield path, visitor.page
    code = visitor.send_report(what="Reifen des Depots werden verkauft.")
    yield "receipt", visitor.page
    visitor.open_mailbox(code)
    yield "mailbox", visitor.page

    officer = people.colleague("ingrid")
    style(officer.page, LOOK)
    for path in CONSOLE:
        officer.page.goto(f"{officer.url}/de{path}")
        yield path, officer.page
    officer.page.goto(f"{officer.url}/de/?view=all")
    follow(officer.page.locator("tbody tr a").first)
    _unfold(officer.page)
    yield "case", officer.page
