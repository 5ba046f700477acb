"""From an anonymous report to an answer and back, in a browser with and without scripts."""

import secrets

from tests.e2e.conftest import People
from tests.support.pages import ConsolePages, PortalPages, words_of


def test_a_report_is_answered_and_the_answer_is_answered(people: People, scripts: bool) -> None:
    title = f"Facturen zonder werk {secrets.token_hex(4)}."
    reporter = people.visitor("nl", scripts=scripts)
    code = reporter.send_report(what=title)
    assert code in reporter.saved_file()
    reporter.keep()

    investigator = people.stranger(scripts=scripts)
    investigator.sign_in(people.office.accounts["ingrid" if scripts else "ilse"])
    _decide(investigator, title)

    returning = people.visitor("fr", scripts=scripts)
    _read_and_answer(returning, code)

    row = investigator.row(title)
    assert "New message" in row.inner_text()
    investigator.open_case(title)
    assert "Ja, ik heb kopieën." in investigator.messages[-1]


def _decide(investigator: ConsolePages, title: str) -> None:
    investigator.open_case(title)
    seen = words_of(investigator.page)
    assert "No, it was not used" in seen
    assert "I fear reprisals" in seen
    assert "The director signs them." in seen
    assert "Anonymous: the person gave no name." in seen

    investigator.step("acknowledge", "Wij hebben uw melding geregistreerd.")
    assert "SI." in investigator.page.locator("h1").inner_text()
    investigator.to_the_way_of_a_report()
    investigator.step("accept_external", "Wij onderzoeken uw melding.")
    assert (
        investigator.preview_reply("Hebt u kopieën?\nMet datum?") == "Hebt u kopieën?\nMet datum?"
    )
    investigator.send_reply()
    assert "Hebt u kopieën? Met datum?" in investigator.messages[-1]


def _read_and_answer(returning: PortalPages, code: str) -> None:
    returning.open_mailbox(_typed_in_a_hurry(code))
    assert "SI." in words_of(returning.page)
    sent, registered, accepted, asked = returning.messages
    assert "The director signs them." in sent
    assert "Wij hebben uw melding geregistreerd." in registered
    assert "Wij onderzoeken uw melding." in accepted
    assert "Hebt u kopieën? Met datum?" in asked

    returning.write("Ja, ik heb kopieën.")
    assert "Ja, ik heb kopieën." in returning.messages[-1]


def _typed_in_a_hurry(code: str) -> str:
    first, second, *rest = code.upper().split()
    return f"  {first},{second} -  {'  '.join(rest)}. "
