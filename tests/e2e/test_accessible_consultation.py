"""axe finds nothing on the pages of a question to a public service, on either side."""

import secrets

import pytest

from tests.e2e.conftest import People
from tests.support.axe import faults_of
from tests.support.consulting_pages import (
    open_question,
    prepare_question,
    preview_answer,
    release_question,
    send_answer,
)
from tests.support.pages import ConsolePages, follow, submit


@pytest.fixture
def handler(people: People) -> ConsolePages:
    """Someone of the office with a complaint open about which a service can be asked."""
    title = f"The lift has not moved since spring {secrets.token_hex(4)}."
    people.visitor().send_complaint(problem=title)
    handler = people.colleague("ilse", scripts=True)
    handler.open_case(title)
    handler.step("acknowledge", "We have it.")
    handler.step("check_admissibility", competent="met", contacted="met", recent="met")
    handler.step("accept", "We examine it.")
    return handler


def test_preparing_and_releasing_a_question_has_no_fault(handler: ConsolePages) -> None:
    faults = []
    follow(handler.page.locator('a[href$="/consultations"]').first)
    case = handler.page.url
    faults += faults_of(handler.page)
    follow(handler.page.locator('main a[href$="/consultations/prepare"]'))
    faults += faults_of(handler.page)
    submit(handler.form("/prepare/text"))
    faults += faults_of(handler.page)

    handler.page.goto(case.removesuffix("/consultations"))
    question = prepare_question(handler, "Please tell us when it will be repaired, Jan.")
    faults += faults_of(handler.page)
    submit(handler.form("/withdraw"))
    faults += faults_of(handler.page)
    handler.page.goto(question)
    release_question(handler)
    faults += faults_of(handler.page)
    for page in (question, case):
        handler.page.goto(page)
        faults += faults_of(handler.page)

    assert faults == []


def test_answering_a_question_has_no_fault(people: People, handler: ConsolePages) -> None:
    faults = []
    question = prepare_question(handler, "Please tell us when it will be repaired.")
    words, link = release_question(handler)
    service = people.visitor(scripts=True)

    open_question(service, link, " ".join(reversed(words.split())))
    faults += faults_of(service.page)
    open_question(service, link, words)
    faults += faults_of(service.page)
    preview_answer(service, link, "Next week.")
    faults += faults_of(service.page)
    send_answer(service, link)
    faults += faults_of(service.page)
    submit(service.form(f"{link}/leave"))
    faults += faults_of(service.page)
    handler.page.goto(question)
    faults += faults_of(handler.page)

    assert faults == []
