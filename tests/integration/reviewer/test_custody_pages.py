"""Asking for a name, deciding as a custodian and reading it, in the browsers of three people."""

from collections.abc import Callable

import pytest

from tests.integration.reviewer.test_letters import text_in
from tests.support.custody import TELLING, Custody, custody_of_a_name, rows
from tests.support.html import Client, Page
from tests.support.office import Office
from tests.support.staff_steps import case_page, new_case

Browser = Callable[[str], Client]

REASON = "A witness must be heard."
TOLD = "De reden: we moeten een getuige horen."


@pytest.fixture
def ours(office: Office) -> Custody:
    return custody_of_a_name(office)


def ask(client: Client, case_id: str, **changes: str) -> Page:
    page = client.get(f"/en/case/{case_id}/identity")
    fields = {"reason": REASON, "tells": "yes", "message": TOLD, **changes}
    return client.submit(page, "/identity", fields)


def decide(client: Client, decision: str, reason: str = "It is needed.") -> Page:
    page = client.get("/en/custody")
    (link,) = [each for each in page.all("href") if "/custody/" in each.get("href", "")]
    question = client.get(link.get("href", ""))
    form = question.forms[-1].action
    return client.submit(question, form, decision=decision, reason=reason)


def test_a_name_opens_for_whoever_asked_once_two_custodians_agree(
    browser: Browser, ours: Custody
) -> None:
    case_id, ingrid = ours.scene.case_id.hex(), browser("ingrid")
    assert "Ask the custodians for the name" in case_page(ingrid, case_id).text
    asked = ask(ingrid, case_id)
    carla = browser("carla")
    begins = carla.get("/en/custody")
    assert "Ingrid Intake asks for the name" in begins.text
    assert "Invoices" not in begins.text
    for client in (carla, browser("cas")):
        assert "Your decision was kept." in decide(client, "yes").text
    granted = ingrid.get(f"/en/case/{case_id}/identity")

    opened = ingrid.submit(granted, "/read")

    assert "The custodians were asked." in asked.text
    assert "Carla Custodian agreed: It is needed." in granted.text
    assert "Jan Test" not in granted.text
    assert opened.status == 200
    assert "Jan Test" in opened.text
    assert "jan@example.org" in opened.text
    assert ours.scene.reporters_thread().messages[-1].text == TOLD
    history = case_page(ingrid, case_id)
    assert "Name opened with the custodians' shares" in history.text
    assert "Jan Test" not in history.text


def test_the_reasons_that_the_person_read_can_be_printed(browser: Browser, ours: Custody) -> None:
    case_id, ingrid = ours.scene.case_id.hex(), browser("ingrid")
    ours.read(ours.granted())
    step = len(ours.office.steps())

    letter = ingrid.get(f"/en/case/{case_id}/letter/{step}/person.pdf")

    assert TELLING.message in text_in(letter.response.data)


def test_a_refusal_is_read_by_whoever_asked_with_its_reason(
    browser: Browser, ours: Custody
) -> None:
    case_id, ingrid = ours.scene.case_id.hex(), browser("ingrid")
    ask(ingrid, case_id)

    for login in ("carla", "cas"):
        decide(browser(login), "no", "Ask in the mailbox first.")

    page = ingrid.get(f"/en/case/{case_id}/identity")
    assert "Cas Custodian refused: Ask in the mailbox first." in page.text
    assert not [form for form in page.forms if form.action.endswith("/read")]


def test_what_was_typed_stays_when_something_is_missing(browser: Browser, ours: Custody) -> None:
    case_id, ingrid = ours.scene.case_id.hex(), browser("ingrid")

    draft = ask(ingrid, case_id, message="We opened it. The reason: [… why …]")
    not_told = ask(ingrid, case_id, tells="no")

    assert draft.status == not_told.status == 422
    assert set(draft.errors()) == {"message"}
    assert set(not_told.errors()) == {"why_not"}
    assert not_told.value("reason") == REASON


def test_the_message_starts_in_the_language_of_the_person(browser: Browser, ours: Custody) -> None:
    page = browser("ingrid").get(f"/en/case/{ours.scene.case_id.hex()}/identity")

    assert "[…" in page.value("message")
    assert "Dutch" in page.text


def test_a_custodian_must_decide_and_say_why(browser: Browser, ours: Custody) -> None:
    request_id, carla = ours.ask().hex(), browser("carla")
    question = carla.get(f"/en/custody/{request_id}")

    again = carla.submit(question, f"/custody/{request_id}", reason="")

    assert again.status == 422
    assert set(again.errors()) == {"decision-0", "reason"} or "reason" in again.errors()
    assert carla.get(f"/en/custody/{'0' * 32}").status == 404


@pytest.mark.parametrize("read", ["", "no digest", "00" * 32])
def test_an_answer_to_other_words_than_stand_there_hands_over_nothing(
    browser: Browser, ours: Custody, read: str
) -> None:
    request_id, carla = ours.ask().hex(), browser("carla")
    question = carla.get(f"/en/custody/{request_id}")

    answered = carla.submit(
        question,
        f"/custody/{request_id}",
        decision="yes",
        reason="Agreed.",
        tampered={"read": read},
    )

    assert answered.status >= 500
    assert rows(ours.office, "SELECT count(*) FROM identity_answer") == [(0,)]


def test_a_request_of_ones_own_can_be_taken_back(browser: Browser, ours: Custody) -> None:
    case_id, ingrid = ours.scene.case_id.hex(), browser("ingrid")
    page = ask(ingrid, case_id)
    hilde = browser("hilde").get(f"/en/case/{case_id}/identity")

    gone = ingrid.submit(page, "/withdraw")

    assert not [form for form in hilde.forms if form.action.endswith("/withdraw")]
    assert "Your request has ended." in gone.text
    assert "Nothing waits for you." in browser("carla").get("/en/custody").text


def test_an_anonymous_report_offers_nothing_to_ask_for(browser: Browser, office: Office) -> None:
    case_id, ingrid = new_case(office), browser("ingrid")

    assert "Ask the custodians" not in case_page(ingrid, case_id).text
    page = ingrid.get(f"/en/case/{case_id}/identity")

    assert "The person gave no name in confidence." in page.text
    assert not [form for form in page.forms if form.action.endswith("/identity")]


def test_a_custodian_begins_with_what_waits_and_opens_no_case(
    browser: Browser, ours: Custody
) -> None:
    carla = browser("carla")

    assert carla.get("/en/custody").heading == "Names in your care"
    for path in (f"/en/case/{ours.scene.case_id.hex()}", "/en/"):
        assert carla.get(path).status in (403, 404)
