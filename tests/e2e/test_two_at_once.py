"""Two people at work on one case: the second learns of it and loses nothing."""

import secrets

import pytest

from tests.e2e.conftest import People
from tests.support.pages import ConsolePages, PortalPages, fill, follow, submit, words_of

CHANGED = "The case has changed since you opened this page"


@pytest.fixture
def reporter(people: People) -> PortalPages:
    return people.visitor()


def test_the_second_to_act_gets_back_what_she_wrote(
    people: People, reporter: PortalPages, scripts: bool
) -> None:
    title = _sent(reporter)
    first, second = _both(people, title, scripts)
    form = second.begin("acknowledge")
    fill(form, {"message": "Written by the second."})
    submit(form)
    first.step("acknowledge", "Written by the first.")

    answer = second.take_step("acknowledge")

    assert answer.status == 409
    assert second.heading == CHANGED
    assert "Written by the second." in words_of(second.page)
    follow(second.page.get_by_role("link", name="Open the case again"))
    assert "Written by the first." in second.messages[-1]
    assert "Written by the second." not in words_of(second.page)


def test_a_reply_is_not_sent_over_a_message_that_came_in_meanwhile(
    people: People, reporter: PortalPages, scripts: bool
) -> None:
    title = _sent(reporter)
    first, second = _both(people, title, scripts)
    second.preview_reply("Is it still going on?")
    first.preview_reply("Who else knows?")
    first.send_reply()

    answer = second.send_reply()

    assert answer.status == 409
    assert "Is it still going on?" in words_of(second.page)
    first.open_case(title)
    assert len(first.messages) == 2


def test_a_case_is_taken_once(people: People, reporter: PortalPages, scripts: bool) -> None:
    title = _sent(reporter)
    first, second = _both(people, title, scripts)
    first.take()

    # Its key is no longer in the pool: for the second the case is not there any more.
    assert second.take().status == 404
    second.go("/?view=all")
    assert title not in words_of(second.page)
    assert title in words_of(_open(first, title).page)


def _sent(reporter: PortalPages) -> str:
    title = f"Two invoices for one road {secrets.token_hex(4)}."
    reporter.send_report(what=title)
    return title


def _both(people: People, title: str, scripts: bool) -> tuple[ConsolePages, ConsolePages]:
    first = people.colleague("ingrid", scripts=scripts)
    second = people.colleague("hilde", scripts=scripts)
    return _open(first, title), _open(second, title)


def _open(person: ConsolePages, title: str) -> ConsolePages:
    person.open_case(title)
    return person
