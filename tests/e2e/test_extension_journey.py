"""Feedback after six months instead of three: with a reason, told to the reporter, and once."""

import secrets

from cases.domain.clocks import due_on, extended_to
from cases.domain.day_words import day_in_words
from cases.domain.flows import ClockKind, Flow
from cases.domain.reference import shipped
from tests.e2e.conftest import People
from tests.support.pages import words_of
from web.clock import SystemClock, office_day

WHY = "Three services must be heard, and one of them abroad."
TOLD = "This takes longer: three services must be heard."


def test_the_period_for_feedback_is_extended_once_with_a_reason(people: People) -> None:
    title = f"Three tenders and one winner {secrets.token_hex(4)}."
    reporter = people.visitor()
    code = reporter.send_report(what=title)
    usual, extended = _feedback_days()
    reporter.open_mailbox(code)

    investigator = people.colleague("ingrid")
    investigator.open_case(title)
    investigator.step("acknowledge", "We have it.")
    assert usual in reporter.look().by_when

    assert investigator.preview("extend_feedback", TOLD).status == 422
    investigator.open_case(title)
    investigator.step("extend_feedback", TOLD, reason=WHY)
    assert WHY in words_of(investigator.page)

    assert extended in reporter.look().by_when
    assert TOLD in reporter.messages[-1]
    assert WHY not in words_of(reporter.page)
    assert "The period for feedback was already extended." in words_of(investigator.page)
    case = investigator.page.url.partition("?")[0]
    refused = investigator.page.goto(f"{case}/act/extend_feedback")
    assert refused is not None
    assert refused.status == 409


def _feedback_days() -> tuple[str, str]:
    today = office_day(SystemClock().now())
    period = shipped().period(Flow.REPORT, ClockKind.FEEDBACK, today)
    usual, extended = due_on(period, today, ()), extended_to(period, today, ())
    return day_in_words(usual, "en"), day_in_words(extended, "en")
