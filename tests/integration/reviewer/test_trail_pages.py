"""Who opens what is on the trail before anything is shown; auditors read it and open no case."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from cases.actions.chain import close_days
from cases.actions.office import NewPerson
from cases.actions.trail_signing import sign_head
from cases.database import Database
from cases.domain.roles import Role
from cases.queries.staff import staff_by_login
from cases.queries.trail import EVERYTHING, Wanted, every_entry
from tests.support.case_files import case_with_files
from tests.support.databases import on_both_databases
from tests.support.html import Client
from tests.support.office import PEOPLE, FixedClock, Office, found_in_migrated
from tests.support.staff_steps import case_page, new_case

NOBODY = "\N{EN DASH}"
Browser = Callable[[str], Client]


@pytest.fixture
def office(database: Database, clock: FixedClock, tmp_path: Path) -> Office:
    """The usual office, and an auditor."""
    auditor = NewPerson("anna", "Anna Auditor", frozenset({Role.AUDITOR}))
    return found_in_migrated(tmp_path / "home", database, clock, (*PEOPLE, auditor))


def told(office: Office, case_id: str = "") -> list[tuple[str, str]]:
    """What the trail says, of a case or of none in particular: (event, login)."""
    wanted = Wanted(case_id=bytes.fromhex(case_id)) if case_id else EVERYTHING
    logins = {office.signed_in(each.login).member.id: each.login for each in PEOPLE[1:3]}
    with office.database.reading() as session:
        rows = [row.entry for row in every_entry(session, wanted)]
    return [(row.event, logins.get(row.actor_id or b"", "")) for row in rows if row.at]


@on_both_databases
def test_opening_a_case_is_told_once_a_visit_and_again_later(
    browser: Browser, office: Office, clock: FixedClock
) -> None:
    case_id, client = new_case(office), browser("ingrid")
    case_page(client, case_id)
    client.get(f"/en/case/{case_id}/reply")
    client.submit(case_page(client, case_id), "/note", note="A note.")
    assert told(office, case_id) == [("case_opened", "ingrid"), ("note_added", "ingrid")]

    clock.advance(minutes=14)
    case_page(client, case_id)
    clock.advance(minutes=2)
    case_page(client, case_id)

    assert told(office, case_id)[2:] == [("case_opened", "ingrid")]


def test_each_person_and_each_case_is_told_apart(browser: Browser, office: Office) -> None:
    first, second = new_case(office), new_case(office)
    for login in ("ingrid", "hilde"):
        client = browser(login)
        case_page(client, first)
    case_page(client, second)

    assert [event for event, _ in told(office, first)] == ["case_opened"] * 2
    assert [event for event, _ in told(office, second)] == ["case_opened"]


def test_what_a_person_cannot_open_is_no_opening(browser: Browser, office: Office) -> None:
    case_id, client = new_case(office), browser("igor")

    for wrong in (case_id, "0" * 32, "z" * 32):
        assert client.get(f"/en/case/{wrong}").status == 404

    assert told(office, case_id) == []


def test_opening_a_file_is_told(browser: Browser, office: Office) -> None:
    case_id, client = case_with_files(office, {"photo.txt": b"words"}), browser("ingrid")
    page = case_page(client, case_id)
    links = {str(link.get("href")) for link in page.document.iter("a")}
    (address,) = {link for link in links if "/file/" in link and link.endswith("/view")}

    client.get(address)
    client.get(address)

    assert told(office, case_id) == [("case_opened", "ingrid"), ("file_opened", "ingrid")]


def test_signing_out_is_told_of_whoever_was_signed_in(browser: Browser, office: Office) -> None:
    client = browser("ingrid")
    page = client.get("/en/")
    client.submit(page, "/sign-out")
    client.submit(page, "/sign-out")

    assert [each for each in told(office) if each[0] == "signed_out"] == [("signed_out", "ingrid")]


def test_the_team_of_a_case_sees_its_trail(browser: Browser, office: Office) -> None:
    case_id, client = new_case(office), browser("ingrid")

    page = client.get(f"/en/case/{case_id}/trail")

    assert "Case opened Ingrid Intake" in page.text
    assert "Case received" in page.text
    assert browser("igor").get(f"/en/case/{case_id}/trail").status == 404


@on_both_databases
def test_an_auditor_reads_the_whole_trail_and_opens_no_case(
    browser: Browser, office: Office, clock: FixedClock
) -> None:
    case_id = new_case(office)
    case_page(browser("ingrid"), case_id)
    auditor = browser("anna")

    page = auditor.get("/en/trail")

    assert f"Case opened Ingrid Intake {case_id[:8]}…" in page.text
    assert f"23 Nov 2026 Case received {NOBODY} {case_id[:8]}…" in page.text
    assert "Trail read Anna Auditor" in page.text
    assert auditor.get(f"/en/case/{case_id}").status == 404
    assert auditor.get("/en/").status == 404
    for login in ("ingrid", "hilde", "ada", "carla"):
        assert browser(login).get("/en/trail").status == 404
        assert browser(login).get("/en/trail.csv").status == 404


def test_an_auditor_finds_what_she_looks_for(
    browser: Browser, office: Office, clock: FixedClock
) -> None:
    case_id, other = new_case(office), new_case(office)
    for each in (case_id, other):
        case_page(browser("ingrid"), each)
    auditor = browser("anna")
    person = office.signed_in("ingrid").member.id.hex()

    def rows(**looked_for: str) -> list[dict[str, str]]:
        asked = "&".join(f"{name}={value}" for name, value in looked_for.items())
        answer = auditor.get(f"/en/trail.csv?{asked}")
        return list(csv.DictReader(io.StringIO(answer.source)))

    assert {row["case"] for row in rows(case=case_id)} == {case_id}
    assert {row["event"] for row in rows(event="case_opened")} == {"case_opened"}
    assert {row["who"] for row in rows(person=person)} == {"Ingrid Intake"}
    assert rows(**{"from": "2026-11-24"}) == []
    assert len(rows(to="2026-11-23")) == len(rows()) > 8
    assert "cannot be read" in auditor.get("/en/trail?from=yesterday").text
    assert auditor.get("/en/trail.csv?case=12").status == 404


def test_a_long_trail_goes_on_on_the_next_page(
    browser: Browser, office: Office, clock: FixedClock
) -> None:
    for _ in range(60):
        new_case(office)
    clock.advance(days=1)
    hilde = office.signed_in("hilde")
    with office.database.writing() as session:
        close_days(session, clock.now().date())
        sign_head(session, hilde, clock.now())
    auditor = browser("anna")

    first = auditor.get("/en/trail?event=case_received")
    following = next(a.get("href") for a in first.document.iter("a") if a.get("rel") == "next")
    second = auditor.get(str(following))

    assert first.text.count(f"Case received {NOBODY}") == 50
    assert second.text.count(f"Case received {NOBODY}") == 10
    assert "Signed on 24 November 2026" in first.text


def test_an_auditor_is_reminded_of_signing_every_day(
    browser: Browser, office: Office, clock: FixedClock
) -> None:
    reminder, hilde = "The trail is to be signed every day", office.signed_in("hilde")
    assert reminder in browser("anna").get("/en/trail").text
    with office.database.writing() as session:
        sign_head(session, hilde, clock.now())
    clock.advance(hours=25)
    assert reminder not in browser("anna").get("/en/trail").text
    clock.advance(hours=10)

    assert reminder in browser("anna").get("/en/trail").text


def test_an_auditor_reads_to_whom_something_was_done(browser: Browser, office: Office) -> None:
    browser("igor")
    hilde, anna = browser("hilde"), browser("anna")
    hilde.submit(hilde.get("/en/people"), "/people/igor/suspend")

    ids = _id_of(office, "hilde"), _id_of(office, "igor")
    both = [anna.get(f"/en/trail?event=person_suspended&person={who}").text for who in ids]
    (row,) = csv.DictReader(io.StringIO(anna.get("/en/trail.csv?event=person_suspended").source))

    # Whether one asks for who did it or for whom it was done to.
    assert all("Person suspended: Igor Investigator" in text for text in both)
    assert (row["who"], row["to"], row["to_person"]) == ("Hilde Head", "Igor Investigator", ids[1])


def _id_of(office: Office, login: str) -> str:
    with office.database.reading() as session:
        row = staff_by_login(session, login)
    assert row is not None
    return row.id.hex()
