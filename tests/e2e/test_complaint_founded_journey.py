"""A complaint that is founded, from its form to what became of the recommendation."""

import secrets
from datetime import timedelta

import pytest
from playwright.sync_api import APIResponse

from cases.domain.day_words import day_in_words
from tests.e2e.conftest import People
from tests.support.axe import sideways
from tests.support.consulting_pages import ask_by_letter
from tests.support.pages import ConsolePages, PortalPages, words_of
from web.clock import SystemClock, office_day

OUTCOME = "Your complaint is founded: the fine fell after the car was sold."
LETTER = "We found that the duty to give reasons was not met."


@pytest.fixture
def title() -> str:
    return f"A fine for a car that was sold {secrets.token_hex(4)}."


def test_a_complaint_is_found_justified_and_its_recommendation_followed_up(
    people: People, title: str
) -> None:
    citizen = people.visitor(width=320)
    code = citizen.send_complaint(problem=title, authority="parking")
    citizen.open_mailbox(code)
    assert "reference and the name" in citizen.look().what_next

    handler = people.colleague("ilse")
    handler.open_case(title)
    _admitted(handler, citizen)
    _examined(handler, citizen)
    _decided(handler, citizen)
    _followed_up(handler, citizen)


def _admitted(handler: ConsolePages, citizen: PortalPages) -> None:
    handler.step("acknowledge")
    standing = citizen.look()
    assert standing.state == "Admissibility check"
    assert "whether we can examine it" in standing.what_next
    assert _in_days(14) in standing.by_when
    assert "OM." in citizen.messages[-1]
    assert "Ilse Intake" in citizen.messages[-1]

    form = handler.begin("check_admissibility")
    for condition in ("competent", "contacted", "recent"):
        chosen = form.locator(f'[name="details-{condition}"]:checked')
        assert chosen.get_attribute("value") == "met"
    handler.page.go_back()
    handler.step("check_admissibility")
    handler.step("accept", "We examine your complaint.")
    standing = citizen.look()
    assert standing.state == "Collecting documents"
    assert "gather the documents" in standing.what_next
    assert _in_days(30) in standing.by_when


def _examined(handler: ConsolePages, citizen: PortalPages) -> None:
    handler.step("start_examination")
    ask_by_letter(handler, "Why this fine? Quote {reference}.", "We overlooked it.", kind="hearing")
    handler.step("assess_norm", norm="reasons", verdict="breached", why="No reason was given.")
    assert "No reason was given." in words_of(handler.page)
    assert "compare what happened with the law" in citizen.look().what_next
    assert "We overlooked it." not in words_of(citizen.page)


def _decided(handler: ConsolePages, citizen: PortalPages) -> None:
    handler.preview("conclude_founded", OUTCOME, notice=LETTER)
    assert OUTCOME in words_of(handler.page)
    assert LETTER in words_of(handler.page)
    handler.take_step("conclude_founded")

    letter = _downloaded(handler, 'a[href$="/service.pdf"]')
    assert letter.body().startswith(b"%PDF-")
    standing = citizen.look()
    assert standing.state == "Founded"
    assert "We follow up what we recommended." in standing.what_next
    assert standing.by_when == "No date is set for our next message."
    assert OUTCOME in citizen.messages[-1]
    assert LETTER not in words_of(citizen.page)
    assert sideways(citizen.page) == 0


def _followed_up(handler: ConsolePages, citizen: PortalPages) -> None:
    handler.step("recommend", text="Give reasons with each fine.", notice="We recommend it.")
    handler.step("close")
    assert citizen.look().state == "Closed"

    handler.step("answer_recommendation", answer="implemented")
    assert "Carried out" in words_of(handler.page)


def _in_days(days: int) -> str:
    today = office_day(SystemClock().now())
    return day_in_words(today + timedelta(days=days), "en")


def _downloaded(handler: ConsolePages, link: str) -> APIResponse:
    address = handler.page.locator(link).last.get_attribute("href") or ""
    return handler.page.request.get(handler.url + address)
