"""What looks at every page of the tests at their end finds what is planted in one."""

from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser

from tests.support.every_page import EveryPage
from tests.support.every_route import EveryRoute
from tests.support.page_traits import traits_of

PAGE = """<!doctype html><html lang="en"><head><title>A page</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/zegel.css"></head>
<body><main><h1>Day 1</h1>{}</main></body></html>"""
# Too little contrast in one look alone.
FAINT = """<style>@media {} {{ .{} {{ color: {}; background: {}; forced-color-adjust: none }} }}
</style><p class="{}">Faint</p>"""
LABELLED, BARE = '<label>Name <input name="a"></label>', '<input name="a">'
PLANTED = {
    "wide: label:": BARE,
    "light: color-contrast:": "(prefers-color-scheme: light) and (prefers-contrast: no-preference)",
    "dark: color-contrast:": "(prefers-color-scheme: dark) and (prefers-contrast: no-preference)",
    "more contrast: color-contrast:": "(prefers-contrast: more)",
    "forced colours: color-contrast:": "(forced-colors: active)",
    "narrow: scrolls": '<div style="inline-size: 25rem">wide</div>',
}


def _planted(number: int, fault: str) -> str:
    if not fault.startswith("("):
        return PAGE.format(f'<div class="planted-{number}">{fault}</div>')
    name = f"faint-{number}"
    return PAGE.format(FAINT.format(fault, name, "#777777", "#888888", name))


def test_a_fault_is_found_in_the_look_that_has_it_and_its_page_named(browser: Browser) -> None:
    pages = EveryPage()
    for number, fault in enumerate(PLANTED.values()):
        pages.put_by(f"/{number}", _planted(number, fault))
    folded = f"<details><summary>More</summary>{BARE}</details>"
    pages.put_by("/sound", PAGE.format(LABELLED), lambda: {"nl": PAGE.format(folded)})

    faults = pages.faults(browser)

    for number, look in enumerate(PLANTED):
        assert any(fault.startswith(f"/{number} as fetched {look}") for fault in faults), look
    assert {fault[:17] for fault in faults if "sound" in fault} == {"/sound nl narrow:"}
    assert not [
        fault
        for fault in faults
        if fault.startswith(("/2 as fetched light", "/3 as fetched light"))
    ]


def test_pages_that_differ_in_words_and_repetitions_are_looked_at_once() -> None:
    pages = EveryPage()
    for text in ("<ul><li>1</li></ul>", "<ul><li>2</li><li>3</li></ul>"):
        pages.put_by("/list", PAGE.format(text))

    assert len(pages) == 1
    pages.put_by("/other", PAGE.format("<ol><li>1</li></ol>"))
    assert len(pages) == 2


def test_a_trait_is_an_element_in_what_holds_it() -> None:
    found = traits_of('<div class="a"><br><p id="b">1</p><hr/><input type="text" value="2"></div>')

    assert {("div class=a", each) for each in ("br", "p id", "hr", "input type=text")} < found


def test_a_page_that_no_test_opened_is_told_by_the_last_process(tmp_path: Path) -> None:
    app, routes = Flask("planted"), EveryRoute()
    for path in ("seen", "refused", "unseen"):
        app.add_url_rule(f"/{path}", path, dict)
    for path, status in (("/seen", 200), ("/refused", 403)):
        with app.test_request_context(path):
            routes.note(app, status)

    assert routes.never_opened(tmp_path, 2, whole=True) == []
    assert routes.never_opened(tmp_path, 1, whole=False) == []
    missing = routes.never_opened(tmp_path, 1, whole=True)
    assert {endpoint for _, endpoint in missing} == {"refused", "unseen", "static"}
