"""A report, its mailbox, signing in and a reply, by keyboard alone and as a screen reader hears it.

Each page is first walked with Tab from its top to its end, then used. Arrow keys are pressed inside
a group of choices only, where Tab does not lead.
"""

from tests.e2e.conftest import People
from tests.support.heard import changed_for_the_ear
from tests.support.keyboard import Keyboard
from tests.support.pages import ConsolePages, PortalPages, words_of

TITLE = "The depot sells its own new tyres."
ASKED, ANSWERED = "Who buys them?", "A garage across the street."

PLANTED = """<title>Planted</title>
<style>:focus-visible { outline: 3px solid } .bare:focus { outline: none }
.away { position: absolute; left: -999px }</style>
<a href="#1">good</a> <a href="#2" class="bare">bare</a> <a href="#3" class="away">away</a>
<details open><summary>more</summary><button>within</button></details>
<a href="#4" tabindex="1">first</a>"""


def test_a_page_that_a_keyboard_cannot_use_is_found(people: People) -> None:
    page = people.visitor().page
    page.set_content(PLANTED)

    # The one that comes before its turn ends the walk, as going back to the top would.
    assert any(fault.startswith("never reached") for fault in Keyboard(page).walk())

    page.set_content(PLANTED.replace(' tabindex="1"', ""))
    kinds = sorted(fault.partition(":")[0] for fault in Keyboard(page).walk())
    assert kinds == ["no ring", "out of the window"]


def test_a_report_and_an_answer_need_no_mouse(people: People) -> None:
    reporter = people.visitor()
    keys = Keyboard(reporter.page)

    code = _report(reporter, keys)
    _reply(people.stranger(), people)
    _answer(reporter, keys, code)


def _report(reporter: PortalPages, keys: Keyboard) -> str:
    page = reporter.page
    reporter.go()
    keys.skip()
    keys.go(page.locator(".way__link").first)
    assert keys.walk() == []
    assert changed_for_the_ear(page, "report") == []

    page.reload()
    keys.skip()
    form = reporter.form("/report")
    keys.write(form.locator("[name=what]"), TITLE)
    keys.press(form.locator("[name=reprisals]").first)
    page.keyboard.press("ArrowDown")
    assert form.locator("[name=reprisals][value=feared]").is_checked()
    keys.go(form.locator("button[type=submit]:not([name])").last)
    assert keys.walk() == []
    assert changed_for_the_ear(page, "receipt") == []

    code = reporter.code
    keys.press(page.locator("[name=kept]"))
    keys.go(reporter.form("/receipt/kept").locator("button"))
    return code


def _reply(officer: ConsolePages, people: People) -> None:
    page, keys = officer.page, Keyboard(officer.page)
    account = people.office.accounts["imke"]
    officer.go("/sign-in")
    assert keys.walk() == []
    assert changed_for_the_ear(page, "sign-in") == []
    page.reload()
    keys.skip()
    keys.write(page.locator("[name=login]"), account.login)
    keys.write(page.locator("[name=passphrase]"), account.passphrase)
    keys.write(page.locator("[name=one_time_code]"), account.next_code())
    with page.expect_navigation():
        page.keyboard.press("Enter")

    officer.go("/?view=all")
    keys.skip()
    keys.go(officer.row(TITLE).locator("a").first)
    assert keys.walk() == []
    assert changed_for_the_ear(page, "case") == []

    page.reload()
    keys.skip()
    keys.write(officer.form("/reply/preview").locator("[name=message]"), ASKED)
    keys.go(officer.form("/reply/preview").locator("button").last)
    assert keys.walk() == []
    assert changed_for_the_ear(page, "reply") == []
    keys.go(officer.form("/reply").locator("button").last)
    assert ASKED in officer.messages[-1]


def _answer(reporter: PortalPages, keys: Keyboard, code: str) -> None:
    page = reporter.page
    keys.go(page.locator('nav a[href$="/mailbox"]'))
    keys.write(page.locator("[name=code]"), code)
    keys.go(reporter.form("/mailbox/open").locator("button"))
    assert keys.walk() == []
    assert changed_for_the_ear(page, "mailbox") == []

    page.reload()
    keys.skip()
    form = reporter.form("/mailbox/message")
    keys.write(form.locator("[name=text]"), ANSWERED)
    keys.go(form.locator("button[type=submit]:not([name])").last)
    assert ANSWERED in reporter.messages[-1]
    keys.go(page.locator(".quick-exit").first)
    assert ANSWERED not in words_of(page)
