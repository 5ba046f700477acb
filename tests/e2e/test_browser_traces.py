"""What a visit leaves in the browser: one cookie that goes with it, and nothing else.

That no page asks another place for anything is checked for every window of every test
(`windows` in conftest.py).
"""

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import People
from tests.support.browser import Windows

PORTAL = (
    "/",
    "/check",
    "/report",
    "/complaint",
    "/protection",
    "/mailbox",
    "/security",
    "/nowhere",
)
CONSOLE = ("/sign-in", "/welcome", "/signed-out", "/nowhere")

# What a page shows and offers; whether a thing can be seen counts too.
SEEN = """() => [document.body.innerText,
  [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].map(
    control => [control.tagName, control.name, control.type, control.checkVisibility()])]"""
STORED = """async () => ({
  local: localStorage.length,
  session: sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: self.caches ? (await caches.keys()).length : 0,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""


@pytest.mark.parametrize("path", PORTAL)
def test_a_page_of_the_portal_is_the_same_with_and_without_scripts(
    people: People, path: str
) -> None:
    without, with_scripts = (people.visitor(scripts=scripts) for scripts in (False, True))
    without.go(path)
    with_scripts.go(path)

    assert _seen(without.page) == _seen(with_scripts.page)


@pytest.mark.parametrize("path", CONSOLE)
def test_a_page_of_the_console_is_the_same_with_and_without_scripts(
    people: People, path: str
) -> None:
    without, with_scripts = (people.stranger(scripts=scripts) for scripts in (False, True))
    without.go(path)
    with_scripts.go(path)

    assert _seen(without.page) == _seen(with_scripts.page)


def test_the_case_page_is_the_same_with_and_without_scripts(people: People) -> None:
    people.visitor().send_report(what="Stamps for sale.")
    seen = []
    for scripts in (False, True):
        officer = people.colleague("hilde", scripts=scripts)
        officer.open_case("Stamps for sale.")
        seen.append(_seen(officer.page))

    assert seen[0] == seen[1]


def test_a_visit_stores_nothing_but_one_cookie_that_ends_with_it(people: People) -> None:
    visitor = people.visitor(scripts=True)
    for path in ("/", "/check", "/security"):
        visitor.go(path)
        assert visitor.page.context.cookies() == []

    visitor.open_mailbox(visitor.send_report())

    assert set(visitor.page.evaluate(STORED).values()) == {0}
    (cookie,) = visitor.page.context.cookies()
    assert cookie["expires"] == -1
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"
    visitor.leave()
    assert visitor.page.context.cookies() == []


def test_the_console_stores_a_session_cookie_and_which_login_knows_this_browser(
    people: People,
) -> None:
    officer = people.colleague("hilde", scripts=True)
    officer.go("/")

    assert set(officer.page.evaluate(STORED).values()) == {0}
    cookies = {cookie["name"]: cookie for cookie in officer.page.context.cookies()}
    assert set(cookies) == {"zegel-console-loopback", "zegel-console-loopback-device"}
    assert cookies["zegel-console-loopback"]["expires"] == -1
    assert all(one["httpOnly"] and one["sameSite"] == "Strict" for one in cookies.values())


def test_a_request_to_another_place_would_be_noticed(people: People, browser: Browser) -> None:
    windows = Windows(browser)
    page = windows.open(scripts=True)
    page.goto(f"{people.office.served.portal.url}/en/")
    with page.expect_event("requestfailed"):
        page.evaluate("() => { new Image().src = 'https://tracker.example/pixel' }")
    windows.close()

    assert "asked elsewhere: https://tracker.example/pixel" in windows.faults


def test_a_breach_of_the_policy_would_be_noticed(people: People, browser: Browser) -> None:
    windows = Windows(browser)
    page = windows.open()
    page.goto(f"{people.office.served.portal.url}/en/")
    with page.expect_console_message():
        page.locator("h1").evaluate("heading => heading.setAttribute('style', 'color: red')")
    windows.close()

    assert any("Content Security Policy" in fault for fault in windows.faults)


def _seen(page: Page) -> object:
    # A click returns when the next page begins; what it shows is read when all of it is there.
    page.wait_for_load_state()
    return page.evaluate(SEEN)
