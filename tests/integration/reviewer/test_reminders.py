"""The reminders in the inbox, and where each person says how to be told of them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from cases.actions import jobs
from cases.domain.flows import ClockKind
from cases.domain.reference import shipped
from cases.domain.trail import TrailEvent
from cases.models import TrailEntry
from cases.queries.staff import work_address
from tests.support.clocks import case_with_clock, change_clock, hand_over
from tests.support.databases import on_both_databases
from tests.support.html import Client
from tests.support.office import Office
from tests.support.submissions import COMPLAINT

Browser = Callable[[str], Client]


def late(office: Office, days: int, kind: ClockKind = ClockKind.FEEDBACK) -> tuple[bytes, bytes]:
    """A case with a deadline so many days ago, its reminders raised."""
    today = office.clock.now().date()
    made = case_with_clock(office, kind, today - timedelta(days=days))
    with office.database.writing() as session:
        jobs.remind(session, shipped(), today)
    return made


def address_of(office: Office, login: str) -> str:
    with office.database.reading() as session:
        return work_address(session, office.signed_in(login).member.id)


# The inbox ------------------------------------------------------------------------------------


@on_both_databases
def test_the_inbox_says_which_deadlines_ask_for_attention(browser: Browser, office: Office) -> None:
    case_id, _ = late(office, 2)
    late(office, -1, ClockKind.ACKNOWLEDGEMENT)

    page = browser("ingrid").get("/en/")

    assert "2 reminders" in page.text
    assert "Received on 23 Nov 2026 · Report · Feedback" in page.text
    assert page.text.index("2 days late") < page.text.index("1 day left")
    assert [a for a in page.document.iter("a") if a.get("href") == f"/en/case/{case_id.hex()}"]


def test_an_inbox_without_reminders_says_nothing_of_them(browser: Browser, office: Office) -> None:
    _, clock_id = late(office, 2)
    change_clock(office.database, clock_id, stopped_on=office.clock.now().date())

    assert "reminder" not in browser("ingrid").get("/en/").text


def test_nobody_is_shown_reminders_of_a_case_that_another_holds(
    browser: Browser, office: Office
) -> None:
    case_id, _ = late(office, 2)
    hand_over(office, case_id, "igor")

    assert "reminder" not in browser("ingrid").get("/en/").text


def test_many_reminders_are_counted_and_the_most_urgent_shown(
    browser: Browser, office: Office
) -> None:
    for days in range(13):
        late(office, days)

    page = browser("ingrid").get("/en/")

    assert "13 reminders" in page.text
    assert "Only the most urgent are shown." in page.text
    assert page.text.count("· Report · Feedback") == 5
    assert "12 days late" in page.text


def test_a_complaint_names_its_own_clock(browser: Browser, office: Office) -> None:
    today = office.clock.now().date()
    case_with_clock(office, ClockKind.SERVICE_FIRST, today, COMPLAINT)
    with office.database.writing() as session:
        jobs.remind(session, shipped(), today)

    page = browser("ingrid").get("/en/")

    assert "1 reminder" in page.text
    assert "Received on 23 Nov 2026 · Complaint · " in page.text
    assert "Due today" in page.text


# The address ----------------------------------------------------------------------------------


@on_both_databases
def test_a_person_sets_changes_and_removes_her_own_address(
    browser: Browser, office: Office
) -> None:
    client = browser("ingrid")

    for typed in (" ingrid@office.example ", "i.intake@office.example", ""):
        saved = client.submit(client.get("/en/account"), "/account/email", email=typed)
        assert "Your e-mail address was saved." in saved.text
        assert address_of(office, "ingrid") == typed.strip()
        (field,) = [i for i in saved.document.iter("input") if i.get("name") == "email"]
        assert (field.get("value") or "") == typed.strip()
    assert address_of(office, "igor") == ""
    with office.database.reading() as session:
        changed = select(TrailEntry).where(TrailEntry.event == TrailEvent.EMAIL_CHANGED.value)
        actors = [entry.actor_id for entry in session.scalars(changed)]
    assert actors == [office.signed_in("ingrid").member.id] * 3


@pytest.mark.parametrize("typed", ["ingrid", "a@b.example, c@d.example", "a@b.example c@d.example"])
def test_what_cannot_be_an_address_is_said_and_kept_in_the_field(
    browser: Browser, office: Office, typed: str
) -> None:
    client = browser("carla")

    page = client.submit(client.get("/en/account"), "/account/email", email=typed)

    assert "This is not an e-mail address." in page.text
    assert page.text.startswith("Error: ")
    (field,) = [i for i in page.document.iter("input") if i.get("name") == "email"]
    assert field.get("value") == typed
    assert address_of(office, "carla") == ""
