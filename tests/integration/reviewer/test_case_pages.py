"""The inbox and the page of a case: who sees what, and what it says."""

from collections.abc import Callable
from datetime import date

import pytest

from cases.database import Database
from cases.domain.facts import InternalChannel, InternalReason
from tests.support.databases import on_both_databases
from tests.support.html import Client
from tests.support.office import FixedClock, Office
from tests.support.staff_steps import case_page, new_case, take_step
from tests.support.statements import statements
from tests.support.submissions import COMPLAINT, IDENTITY, report

Browser = Callable[[str], Client]


def statements_of(database: Database, work: Callable[[], object]) -> int:
    with statements(database) as seen:
        work()
    return len(seen)


def test_the_inbox_shows_what_came_in_with_its_deadline(browser: Browser, office: Office) -> None:
    new_case(office)

    page = browser("ingrid").get("/en/")

    assert "Invoices for work that nobody did." in page.text
    assert "Received" in page.text
    assert "7 days left" in page.text
    assert "no reference yet" in page.text


@on_both_databases
def test_the_tabs_count_what_is_new_mine_and_due(
    browser: Browser, office: Office, clock: FixedClock
) -> None:
    first, _ = new_case(office), new_case(office, facts=COMPLAINT)
    client = browser("ingrid")
    client.submit(case_page(client, first), "/take")

    page = client.get("/en/?view=mine")

    # A complaint is to be acknowledged within five working days: both are due within a week.
    assert "New 2 Mine 1 Due 2 All 2" in page.text


def test_the_number_of_statements_does_not_grow_with_the_cases(
    browser: Browser, office: Office
) -> None:
    client = browser("ingrid")
    new_case(office)
    # The first page that a console answers also remembers the roster.
    client.get("/en/")
    few = statements_of(office.database, lambda: client.get("/en/?view=all"))
    for _ in range(30):
        new_case(office)

    many = statements_of(office.database, lambda: client.get("/en/?view=all"))

    assert many == few


@on_both_databases
def test_a_long_list_goes_on_on_the_next_page(browser: Browser, office: Office) -> None:
    for _ in range(55):
        new_case(office)
    client = browser("ingrid")

    first = client.get("/en/?view=all")
    following = next(a.get("href") for a in first.document.iter("a") if a.get("rel") == "next")
    second = client.get(following or "")

    def cases(page: object) -> set[str]:
        links = (a.get("href", "") for a in page.document.iter("a"))  # type: ignore[attr-defined]
        return {link for link in links if "/case/" in link}

    assert len(cases(first)) == 50
    assert len(cases(second)) == 5
    assert not cases(first) & cases(second)


def test_the_case_page_lays_out_what_was_answered(browser: Browser, office: Office) -> None:
    page = case_page(browser("ingrid"), new_case(office))

    assert "Was the internal channel used? No, it was not used" in page.text
    assert "Those in charge are involved" in page.text
    assert "copies of the invoices" in page.text
    assert "Anonymous: the person gave no name." in page.text


def test_the_answer_about_the_internal_channel_stands_before_the_facts(
    browser: Browser, office: Office
) -> None:
    facts = report(
        internal_channel=InternalChannel.USED, internal_to="the harbour master", internal_reasons=()
    )

    text = case_page(browser("ingrid"), new_case(office, facts=facts)).text

    assert text.index("the harbour master") < text.index("What happened")


def test_a_name_given_in_confidence_is_said_to_be_sealed_and_never_shown(
    browser: Browser, office: Office
) -> None:
    case_id = new_case(office, facts=report(anonymous=False), identity=IDENTITY)

    page = case_page(browser("hilde"), case_id)

    assert "sealed to the custodians" in page.text
    assert IDENTITY.name not in page.source


def test_a_complaint_shows_who_complains(browser: Browser, office: Office) -> None:
    page = case_page(browser("ingrid"), new_case(office, facts=COMPLAINT))

    assert "Marie Test" in page.text
    assert "Was the internal channel used" not in page.text


@pytest.mark.parametrize("login", ["ada", "carla"])
def test_a_role_without_cases_opens_none(browser: Browser, office: Office, login: str) -> None:
    case_id = new_case(office)
    client = browser(login)

    for path in ("/en/", f"/en/case/{case_id}", f"/en/case/{case_id}/share"):
        page = client.get(path)
        assert page.status == 404
        assert "Invoices" not in page.source


def test_an_investigator_opens_only_what_was_given_to_her(browser: Browser, office: Office) -> None:
    case_id = new_case(office)
    igor = browser("igor")
    absent = igor.get(f"/en/case/{'0' * 32}")

    forbidden = case_page(igor, case_id)

    assert forbidden.status == absent.status == 404
    assert forbidden.heading == absent.heading
    assert "There is no case" in igor.get("/en/?view=all").text


@pytest.mark.parametrize("identifier", ["0" * 31, "0" * 33, "g" * 32, "00-" * 10 + "00"])
def test_an_id_that_is_none_is_a_page_that_does_not_exist(
    browser: Browser, identifier: str
) -> None:
    assert browser("ingrid").get(f"/en/case/{identifier}").status == 404


@on_both_databases
def test_a_reference_leads_to_its_case(browser: Browser, office: Office) -> None:
    client, case_id = browser("ingrid"), new_case(office)
    take_step(client, case_id, "acknowledge")

    page = client.submit(client.get("/en/"), "/find", reference="si.2026.0001 ")

    assert page.url == f"/en/case/{case_id}"


@on_both_databases
def test_a_reference_that_no_database_can_hold_is_one_that_nobody_has(browser: Browser) -> None:
    page = browser("ingrid").get("/en/find?reference=%00SI")

    assert page.status == 200
    assert "You have no case with the reference SI" in page.text


def test_a_reference_of_a_closed_door_answers_as_one_that_nobody_has(
    browser: Browser, office: Office
) -> None:
    ingrid, case_id = browser("ingrid"), new_case(office)
    take_step(ingrid, case_id, "acknowledge")
    igor = browser("igor")

    found = igor.submit(igor.get("/en/"), "/find", reference="SI.2026.0001")
    absent = igor.submit(igor.get("/en/"), "/find", reference="SI.2026.0009")

    assert found.text.replace("0001", "") == absent.text.replace("0009", "")


def test_a_note_is_for_the_office_and_is_kept(browser: Browser, office: Office) -> None:
    client, case_id = browser("ingrid"), new_case(office)

    page = client.submit(case_page(client, case_id), "/note", note="Ask the registry.\nThen wait.")

    assert "Your note was added." in page.text
    assert "Ask the registry. Then wait." in page.text


def test_an_empty_note_is_asked_for_again(browser: Browser, office: Office) -> None:
    client, case_id = browser("ingrid"), new_case(office)

    page = client.submit(case_page(client, case_id), "/note", note="   ")

    assert page.status == 422
    assert set(page.errors()) == {"note"}


def test_a_deadline_that_passed_is_said_to_be_late(
    browser: Browser, office: Office, clock: FixedClock
) -> None:
    case_id = new_case(office)
    clock.advance(days=9)

    page = case_page(browser("ingrid"), case_id)

    assert clock.now().date() == date(2026, 12, 2)
    assert "2 days late" in page.text


def test_did_not_know_is_shown_as_a_reason(browser: Browser, office: Office) -> None:
    facts = report(internal_reasons=(InternalReason.DID_NOT_KNOW,), reprisals=None)

    page = case_page(browser("ingrid"), new_case(office, facts=facts))

    assert "I did not know that it exists" in page.text
