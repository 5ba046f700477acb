"""A public service is asked about a report, and answers without an account or a script."""

import secrets

from tests.e2e.conftest import People
from tests.support.consulting_pages import (
    open_question,
    prepare_question,
    preview_answer,
    release_question,
    send_answer,
)
from tests.support.pages import ConsolePages, PortalPages, submit, words_of

ASKED = "Please send us the list of suppliers of the last three years."
ANSWERED = "We have no such list.\nThe invoices are kept at the depot."


def test_an_investigator_asks_the_head_releases_and_the_service_answers(
    people: People, scripts: bool
) -> None:
    title = f"Crates that nobody ordered {secrets.token_hex(4)}."
    reporter = people.visitor(scripts=scripts)
    reporter.send_report(what=title)
    investigator = people.colleague("ingrid", scripts=scripts)
    _accepted(investigator, title)

    question = prepare_question(investigator, ASKED, marked="depot")
    assert "Waiting for its release" in words_of(investigator.page)
    assert not investigator.form("/release").count()

    head = people.colleague("hilde", scripts=scripts)
    words, link = _released(head, question)

    service = people.visitor("fr", scripts=scripts)
    _read_and_answered(service, link, words, title)

    investigator.page.goto(question)
    assert "Answered" in words_of(investigator.page)
    assert "The invoices are kept at the depot." in words_of(investigator.page)


def _accepted(investigator: ConsolePages, title: str) -> None:
    investigator.open_case(title)
    investigator.step("acknowledge", "We registered your report.")
    investigator.to_the_way_of_a_report()
    investigator.step("accept_external", "We examine your report.")


def _released(head: ConsolePages, question: str) -> tuple[str, str]:
    head.page.goto(question)
    assert ASKED in words_of(head.page)
    words, link = release_question(head)
    head.page.goto(question)
    assert words not in words_of(head.page)
    return words, link


def _read_and_answered(service: PortalPages, link: str, words: str, title: str) -> None:
    assert open_question(service, link, " ".join(reversed(words.split()))) == 422
    assert open_question(service, link, words.upper()) == 200
    seen = words_of(service.page)
    assert ASKED in seen
    assert title not in seen

    assert preview_answer(service, link, ANSWERED) == ANSWERED
    send_answer(service, link)
    assert ASKED not in words_of(service.page)

    assert submit(service.form(f"{link}/leave")).status == 200
    assert open_question(service, link, words) == 422
