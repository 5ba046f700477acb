"""Who gets into a mailbox, and what stays behind after leaving it."""

import secrets

import pytest
from playwright.sync_api import Error

from crypto.words import words_for
from tests.e2e.conftest import People
from tests.support.pages import submit, words_of

NO_MAILBOX = "No mailbox opens with these ten words."


def test_a_wrong_code_opens_nothing_and_stays_in_the_field(people: People, scripts: bool) -> None:
    visitor = people.visitor(scripts=scripts)
    wrong = " ".join(secrets.choice(words_for("en")) for _ in range(10))

    answer = visitor.open_mailbox(wrong)

    assert answer.status == 422
    assert NO_MAILBOX in words_of(visitor.page)
    assert visitor.page.locator("[name=code]").input_value() == wrong


def test_a_word_that_is_in_no_list_is_named(people: People, scripts: bool) -> None:
    visitor = people.visitor(scripts=scripts)

    words = [secrets.choice(words_for("nl")) for _ in range(9)]

    visitor.open_mailbox(" ".join([*words[:3], "xqzzy", *words[3:]]))

    assert "Word 4, “xqzzy”" in words_of(visitor.page)


def test_a_deleted_mailbox_is_gone_and_the_case_goes_on(people: People, scripts: bool) -> None:
    title = f"Overtime that nobody worked {secrets.token_hex(4)}."
    reporter = people.visitor(scripts=scripts)
    code = reporter.send_report(what=title)
    reporter.open_mailbox(code)
    reporter.delete()

    again = people.visitor(scripts=scripts)
    assert again.open_mailbox(code).status == 422
    assert NO_MAILBOX in words_of(again.page)

    officer = people.colleague("ingrid", scripts=scripts)
    officer.open_case(title)
    assert officer.form("/reply/preview").count() == 0
    assert "deleted the mailbox" in words_of(officer.page)
    officer.step("acknowledge")
    assert "The step was taken." in words_of(officer.page)


def test_after_leaving_the_back_button_shows_nothing(people: People, scripts: bool) -> None:
    story = f"Keys given to strangers {secrets.token_hex(4)}."
    reporter = people.visitor(scripts=scripts)
    code = reporter.send_report(what=story)
    reporter.open_mailbox(code)
    assert story in words_of(reporter.page)
    reporter.leave()
    assert reporter.page.context.cookies() == []

    reporter.page.go_back()

    assert story not in reporter.page.content()
    assert reporter.form("/mailbox/open").count() == 1


def test_after_the_code_is_kept_the_back_button_does_not_show_it(
    people: People, scripts: bool
) -> None:
    reporter = people.visitor(scripts=scripts)
    code = reporter.send_report()
    reporter.keep()

    # The browser kept nothing, so it would have to send the form once more, and asks first.
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        reporter.page.go_back()
    reporter.page.wait_for_url("chrome-error://chromewebdata/")

    assert reporter.code == ""
    assert code not in reporter.page.content()


def test_the_code_must_be_kept_before_going_on(people: People, scripts: bool) -> None:
    reporter = people.visitor(scripts=scripts)
    code = reporter.send_report()

    submit(reporter.form("/receipt/kept"))

    assert reporter.page.locator("[role=alert] a").get_attribute("href") == "#kept"
    assert reporter.code == code
