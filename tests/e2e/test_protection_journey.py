"""Somebody punished for speaking up: from the request to the recommendation, and closed."""

import secrets

from tests.e2e.conftest import People
from tests.support.axe import sideways
from tests.support.consulting_pages import ask_by_letter
from tests.support.pages import ConsolePages, PortalPages, words_of

QUESTION = "Please show why the measure has nothing to do with the report."
OUTCOME = "Wij vinden dat dit een represaille is."
LETTER = "We recommend that the measure be undone."


def test_a_reprisal_is_found_after_the_employer_was_asked(people: People) -> None:
    title = f"I was moved to the depot {secrets.token_hex(4)}."
    person = people.visitor("nl", width=320)
    code = person.send_protection(what=title)
    person.open_mailbox(code)
    assert sideways(person.page) == 0

    investigator = people.colleague("ilse")
    investigator.open_case(title)
    _linked(investigator)
    _justified_badly(investigator)
    _concluded(investigator, person)


def _linked(investigator: ConsolePages) -> None:
    investigator.step("acknowledge", "Wij hebben uw verzoek.")
    assert "PR." in investigator.page.locator("h1").inner_text()
    investigator.step("check_link", linked="met", why="It came the week after the report.")
    assert "The person has not agreed that we contact the employer." in words_of(investigator.page)
    # As the form said: the page is filled in with it.
    investigator.step("record_consent")
    investigator.step("ask_justification", "Wij vragen uw werkgever om uitleg.")


def _justified_badly(investigator: ConsolePages) -> None:
    ask_by_letter(investigator, QUESTION, "A reorganisation.", kind="justification")
    investigator.step("assess_justification", verdict="insufficient", why="Nobody else was moved.")


def _concluded(investigator: ConsolePages, person: PortalPages) -> None:
    assert "Make a recommendation first." in words_of(investigator.page)
    investigator.step("recommend", text="Undo the measure.", notice=LETTER)
    investigator.step("conclude_reprisal", OUTCOME, notice=LETTER)

    person.go("/mailbox")
    assert OUTCOME in person.messages[-1]
    assert "A reorganisation." not in words_of(person.page)
    assert sideways(person.page) == 0

    investigator.step("close")
    assert "Closed" in words_of(investigator.page)
