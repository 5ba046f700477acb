"""Advised to use the internal channel first, a person chooses the office all the same."""

import secrets

import pytest

from tests.e2e.conftest import People
from tests.support.axe import sideways
from tests.support.pages import words_of

ANSWERS = {
    "authority": "actiris",
    "internal_channel": "not_used",
    "internal_reasons": "did_not_know",
    "reprisals": "none",
}
HOW = "the website of the service says how to reach it"
ADVICE = "Ask the integrity coordinator first. You may always choose us."


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("nl", 320)])
def test_the_person_is_told_how_to_reach_the_channel_and_chooses_the_office(
    people: People, language: str, width: int
) -> None:
    title = f"Fuel for a car that never drove {secrets.token_hex(4)}."
    reporter = people.visitor(language, width=width)
    code = reporter.send("/report", {**ANSWERS, "what": title})

    investigator = people.colleague("ilse")
    investigator.open_case(title)
    investigator.step("acknowledge", "We have it.")
    investigator.to_the_way_of_a_report()
    investigator.begin("advise_internal")
    proposed = words_of(investigator.page)
    assert "Advise the internal channel" in proposed
    assert HOW in proposed
    investigator.page.go_back()
    investigator.step("advise_internal", ADVICE)

    reporter.open_mailbox(code)
    assert ADVICE in reporter.messages[-1]
    assert sideways(reporter.page) == 0
    assert reporter.act("reporter_chose_external").status == 200
    assert reporter.form("/mailbox/act/reporter_chose_external").count() == 0

    investigator.open_case(title)
    assert "Choosing the way" in words_of(investigator.page)
    investigator.begin("accept_external")
    assert "The person chose the external channel." in words_of(investigator.page)
    investigator.page.go_back()
    investigator.step("accept_external", "We investigate it.")
    reporter.go("/mailbox")
    assert "We investigate it." in reporter.messages[-1]
