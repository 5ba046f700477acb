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


def test_the_internal_channel_is_advised_where_no_reason_against_it_was_given(
    people: People, scripts: bool
) -> None:
    officer = _in_assessment(people, scripts, NONE_GIVEN)

    assert officer.act("advise_internal", ADVICE).status == 200

    assert "The step was taken." in words_of(officer.page)
    assert ADVICE in officer.messages[-1]


def test_against_a_reason_the_advice_needs_a_written_reason_too(
    people: People, scripts: bool
) -> None:
    officer = _in_assessment(people, scripts, AGAINST)

    assert officer.act("advise_internal", ADVICE).status == 422
    form = officer.form("/act/advise_internal")
    assert form.locator("[name=message]").input_value() == ADVICE
    assert officer.page.locator('[role=alert] a[href="#reason"]').count() == 1

    fill(form, {"reason": "The leaders named have left the service."})
    submit(form)
    assert "The step was taken." in words_of(officer.page)
    assert "The leaders named have left the service." in words_of(officer.page)
    assert "The leaders named" not in " ".join(officer.messages)


@pytest.mark.parametrize("action", ["transmit", "declare_inadmissible"])
def test_other_ways_out_need_the_words_that_only_the_investigator_has(
    people: People, scripts: bool, action: str
) -> None:
    officer = _in_assessment(people, scripts, AGAINST)
    form = officer.begin(action)

    # The draft that the page offers has a gap to be filled.
    assert submit(form).status == 422

    message = "It belongs with the auditors, who know of it now."
    fill(form, {"message": message, "reason": "Outside our competence."})
    submit(form)
    assert "The step was taken." in words_of(officer.page)
    assert "It belongs with the auditors" in officer.messages[-1]


def _in_assessment(people: People, scripts: bool, answers: dict[str, str]) -> ConsolePages:
    title = f"Tools that leave the depot {secrets.token_hex(4)}."
    people.visitor().send("/report", {"what": title, **answers})
    officer = people.colleague("ilse", scripts=scripts)
    officer.open_case(title)
    officer.act("acknowledge", "We have it.")
    return officer
