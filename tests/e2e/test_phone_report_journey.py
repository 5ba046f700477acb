"""A report by phone: from the call to the code, and back with it on the portal."""

import secrets
from datetime import timedelta

from playwright.sync_api import Locator

from tests.e2e.conftest import People
from tests.support.answers import Answer
from tests.support.pages import ConsolePages, day_of, fill, follow, submit, words_of
from web.clock import SystemClock, office_day


def test_a_caller_reports_gets_the_code_checks_the_minutes_and_comes_back(
    people: People, scripts: bool
) -> None:
    title = f"Keys of the depot are copied {secrets.token_hex(4)}."
    officer = people.colleague("imke", scripts=scripts)
    officer.go()
    follow(officer.page.locator('a[href$="/typed-in"]'))
    assert "We do not record this conversation." in words_of(officer.page)
    follow(officer.page.locator('main a[href$="/typed-in/report"]'))

    code = _typed_in(officer, title)
    _handed_over(officer, code)
    _minutes(officer, title)

    caller = people.visitor("nl", scripts=scripts)
    assert caller.open_mailbox(code).status == 200
    assert title in caller.messages[0]
    caller.write("Ik belde vorige week. Er is ook een foto.")
    officer.open_case(title)
    assert "Er is ook een foto." in officer.messages[-1]


def _typed_in(officer: ConsolePages, title: str) -> str:
    yesterday = office_day(SystemClock().now()) - timedelta(days=1)
    answers: dict[str, Answer] = {
        "way": "phone",
        **day_of("received_on", yesterday),
        "what": title,
        "internal_channel": "not_used",
        "internal_reasons": ("leaders_involved",),
        "language": "nl",
    }
    form = officer.form("/typed-in/report")
    fill(form, answers)
    # The call is long: the page comes back as it was, and nothing is sent.
    with officer.page.expect_navigation():
        form.locator("button[name=stay]").click()
    assert officer.page.locator("[data-receipt-code]").count() == 0
    assert form.locator("[name=what]").input_value() == title
    _press_send(form)
    return " ".join(officer.page.locator("[data-receipt-code] li").all_text_contents())


def _press_send(form: Locator) -> None:
    with form.page.expect_navigation():
        form.locator("button[type=submit]:visible:not([name])").click()


def _handed_over(officer: ConsolePages, code: str) -> None:
    assert len(code.split()) == 10
    assert code not in officer.page.url
    form = officer.form("/typed-in/handed-over")
    assert submit(form).status == 422
    form.locator("[name=handed_over]").check()
    assert submit(form).status == 200
    assert code not in words_of(officer.page)


def _minutes(officer: ConsolePages, title: str) -> None:
    follow(officer.page.locator('main a[href$="/minutes"]'))
    seen = words_of(officer.page)
    assert title in seen
    assert "written down by Imke Intake" in seen
    officer.page.emulate_media(media="print")
    assert officer.page.locator(".navigation").is_hidden()
    officer.page.emulate_media(media="screen")

    officer.open_case(title)
    officer.step("record_minutes", state="signed")
    assert "Signed by the person" in words_of(officer.page)
