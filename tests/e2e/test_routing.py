"""Where a report goes: advising the internal channel is not for those who gave a reason against."""

import secrets

import pytest

from tests.e2e.conftest import People
from tests.support.pages import ConsolePages, fill, submit, words_of

AGAINST = {"internal_channel": "not_used", "internal_reasons": "leaders_involved"}
NONE_GIVEN = {
    "internal_channel": "not_used",
    "internal_reasons": "did_not_know",
    "reprisals": "none",
}
ADVICE = "Please report it to the integrity coordinator first."


@pytest.fixture
def scripts() -> bool:
    """Off: journeys walk the pages of steps both ways."""
    return False


def test_the_internal_channel_is_advised_where_no_reason_against_it_was_given(
    people: People, scripts: bool
) -> None:
    officer = _at_the_crossroads(people, scripts, NONE_GIVEN)

    officer.step("advise_internal", ADVICE)

    assert ADVICE in officer.messages[-1]


def test_against_a_reason_the_advice_needs_a_written_reason_too(
    people: People, scripts: bool
) -> None:
    officer = _at_the_crossroads(people, scripts, AGAINST)

    assert officer.preview("advise_internal", ADVICE).status == 422
    form = officer.form("/act/advise_internal/preview")
    assert form.locator("[name=message]").input_value() == ADVICE
    assert officer.page.locator('[role=alert] a[href="#reason"]').count() == 1

    fill(form, {"reason": "The leaders named have left the service."})
    submit(form)
    officer.take_step("advise_internal")
    assert "The leaders named have left the service." in words_of(officer.page)
    assert "The leaders named" not in " ".join(officer.messages)


def test_a_refusal_needs_the_words_that_only_the_investigator_has(
    people: People, scripts: bool
) -> None:
    officer = _out_of_scope(people, scripts)

    # The draft that the page offers has a gap to be filled.
    assert officer.preview("declare_inadmissible", reason="A dispute of one.").status == 422

    form = officer.form("/act/declare_inadmissible/preview")
    fill(form, {"message": "The labour inspectorate can help you."})
    submit(form)
    officer.take_step("declare_inadmissible")
    assert "The labour inspectorate can help you." in officer.messages[-1]


def test_a_report_that_is_passed_on_names_the_authority_and_the_reason(
    people: People, scripts: bool
) -> None:
    officer = _out_of_scope(people, scripts)

    officer.step("transmit", recipient="The auditors", why="They audit tenders.")

    assert "The auditors" in officer.messages[-1]
    assert "They audit tenders." in officer.messages[-1]


def _out_of_scope(people: People, scripts: bool) -> ConsolePages:
    officer = _acknowledged(people, scripts, AGAINST)
    met = dict.fromkeys(("person", "service", "general_interest"), "met")
    officer.step("check_scope", facts="not_met", **met)
    return officer


def _at_the_crossroads(people: People, scripts: bool, answers: dict[str, str]) -> ConsolePages:
    officer = _acknowledged(people, scripts, answers)
    officer.to_the_way_of_a_report()
    return officer


def _acknowledged(people: People, scripts: bool, answers: dict[str, str]) -> ConsolePages:
    title = f"Tools that leave the depot {secrets.token_hex(4)}."
    people.visitor().send("/report", {"what": title, **answers})
    officer = people.colleague("ilse", scripts=scripts)
    officer.open_case(title)
    officer.step("acknowledge", "We have it.")
    return officer
