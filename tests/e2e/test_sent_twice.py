"""The back button and an impatient finger make no second case."""

import secrets

import pytest

from tests.e2e.conftest import People
from tests.support.answers import REPORT
from tests.support.pages import PortalPages, fill, submit, words_of


@pytest.fixture
def title() -> str:
    return f"Bricks that left at night {secrets.token_hex(4)}."


def test_after_going_back_nothing_typed_is_left_to_be_sent_by_mistake(
    people: People, scripts: bool, title: str
) -> None:
    reporter = people.visitor(scripts=scripts)
    reporter.send_report(what=title)

    reporter.page.go_back()

    assert reporter.form("/report").locator("[name=what]").input_value() == ""
    assert submit(reporter.form("/report")).status == 422
    assert _cases_called(people, title) == 1


def test_in_a_browser_that_keeps_its_pages_sending_again_shows_the_same_code(
    people: People, scripts: bool, title: str
) -> None:
    reporter, code = _back_on_the_kept_page(people.visitor(scripts=scripts), title)

    fill(reporter.form("/report"), {**REPORT, "what": title})
    submit(reporter.form("/report"))

    assert reporter.code == code
    assert "You had already sent this" in words_of(reporter.page)
    assert _cases_called(people, title) == 1


def test_another_version_sent_after_going_back_is_shown_to_be_copied(
    people: People, scripts: bool, title: str
) -> None:
    reporter, code = _back_on_the_kept_page(people.visitor(scripts=scripts), title)

    fill(reporter.form("/report"), {**REPORT, "what": f"{title} And on Sundays."})
    submit(reporter.form("/report"))

    assert reporter.code == code
    assert "And on Sundays." in reporter.page.locator(".kept").inner_text()
    assert _cases_called(people, title) == 1


def test_reloading_the_page_with_the_code_shows_it_again_and_sends_nothing_new(
    people: People, scripts: bool, title: str
) -> None:
    reporter = people.visitor(scripts=scripts)
    code = reporter.send_report(what=title)

    reporter.page.reload()

    assert reporter.code == code
    assert _cases_called(people, title) == 1


def test_a_double_click_makes_one_case(people: People, scripts: bool, title: str) -> None:
    reporter = people.visitor(scripts=scripts)
    reporter.go("/report")
    form = reporter.form("/report")
    fill(form, {**REPORT, "what": title})

    form.locator("button[type=submit]:visible:not([name=attach])").dblclick()
    reporter.page.locator("[data-receipt-code]").wait_for()
    code = reporter.code

    assert _opens(people.visitor(scripts=scripts), code)
    assert _cases_called(people, title) == 1


def test_a_double_click_sends_a_message_once(people: People, scripts: bool) -> None:
    reporter = people.visitor(scripts=scripts)
    reporter.open_mailbox(reporter.send_report())
    form = reporter.form("/mailbox/message")
    fill(form, {"text": "It happened again today."})

    form.locator("button[type=submit]:visible:not([name=attach])").dblclick()
    reporter.page.locator("[role=status]").wait_for()

    reporter.go("/mailbox")
    assert sum("It happened again today." in text for text in reporter.messages) == 1


def _back_on_the_kept_page(reporter: PortalPages, title: str) -> tuple[PortalPages, str]:
    """Send a report and go back, in a browser such as Safari, where the old page comes up again.

    Chromium fetches the form anew, because of `no-store`; so the old page's draft is put back.
    """
    reporter.go("/report")
    draft = reporter.form("/report").locator("[name=draft]").input_value()
    fill(reporter.form("/report"), {**REPORT, "what": title})
    submit(reporter.form("/report"))
    code = reporter.code
    reporter.page.go_back()
    kept = reporter.form("/report").locator("[name=draft]")
    kept.evaluate("(field, draft) => { field.value = draft }", draft)
    return reporter, code


def _opens(visitor: PortalPages, code: str) -> bool:
    return visitor.open_mailbox(code).status == 200


def _cases_called(people: People, title: str) -> int:
    return people.colleague("ilse").row(title).count()
