"""What reached the office by phone, at the counter or on paper, typed in by staff."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import MetaData, select

from cases.domain.facts import ComplaintFacts, IntakeWay, ProtectionFacts, ReportFacts
from cases.domain.trail import TrailEvent
from cases.models import Case, Clock, TrailEntry
from crypto.words import words_for
from portal.application import create_portal
from tests.support.databases import on_both_databases
from tests.support.html import Client, Page, Value
from tests.support.office import FixedClock, Office
from tests.support.portal_steps import code_on, open_mailbox
from web.settings import Audience

Browser = Callable[[str], Client]
TODAY = {"received_on-day": "23", "received_on-month": "11", "received_on-year": "2026"}
CANARY = "kanarie-7391"


def typed_in(client: Client, flow: str = "report", **answers: Value) -> Page:
    """Fill in one of the forms and send it."""
    story = "problem" if flow == "complaint" else "what"
    page = client.get(f"/en/typed-in/{flow}")
    return client.submit(
        page, f"/typed-in/{flow}", {story: "Paper clips vanish.", "way": "phone", **answers}
    )


def as_received(day: date) -> dict[str, str]:
    return {
        "received_on-day": str(day.day),
        "received_on-month": str(day.month),
        "received_on-year": str(day.year),
    }


def cells(office: Office) -> str:
    tables = MetaData()
    tables.reflect(office.database.engine)
    with office.database.reading() as session:
        return repr(
            [row for table in tables.sorted_tables for row in session.execute(table.select())]
        )


@on_both_databases
def test_a_report_by_phone_becomes_a_case_whose_code_opens_the_mailbox(
    browser: Browser, office: Office
) -> None:
    page = typed_in(browser("ingrid"), authority="unknown")

    mailbox = open_mailbox(Client(create_portal(office.services(Audience.PORTAL))), code_on(page))

    assert "Paper clips vanish." in mailbox.text
    (facts,) = office.facts()
    assert isinstance(facts, ReportFacts)
    assert facts.taken_by is IntakeWay.PHONE
    assert facts.anonymous


@pytest.mark.parametrize(
    ("flow", "kind"), [("complaint", ComplaintFacts), ("protection", ProtectionFacts)]
)
def test_a_letter_that_says_little_is_a_case_all_the_same(
    browser: Browser, office: Office, flow: str, kind: type
) -> None:
    page = typed_in(browser("ingrid"), flow, way="letter")

    assert code_on(page)
    (facts,) = office.facts()
    assert isinstance(facts, kind)
    assert facts.taken_by is IntakeWay.LETTER


def test_the_code_is_made_of_words_of_the_persons_language(browser: Browser) -> None:
    client = browser("ingrid")

    first = code_on(typed_in(client, language="fr")).split()
    second = code_on(typed_in(client, language="de")).split()

    assert set(first) <= set(words_for("fr"))
    assert set(second) <= set(words_for("de"))


def test_the_terms_run_from_the_day_on_which_it_reached_the_office(
    browser: Browser, office: Office
) -> None:
    typed_in(browser("ingrid"), way="letter", **as_received(date(2026, 11, 16)))

    with office.database.reading() as session:
        assert session.scalars(select(Case.received_on)).one() == date(2026, 11, 16)
        assert set(session.scalars(select(Clock.started_on))) == {date(2026, 11, 16)}


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2026, 10, 23), None])
def test_a_day_to_come_too_long_ago_or_left_out_is_refused(
    browser: Browser, office: Office, day: date | None
) -> None:
    answers = as_received(day) if day else dict.fromkeys(TODAY, "")

    page = typed_in(browser("ingrid"), **answers)

    assert page.status == 422
    assert list(page.errors()) == ["received_on"]
    assert office.facts() == []


def test_the_way_must_be_said_and_the_portal_is_none(browser: Browser, office: Office) -> None:
    client = browser("ingrid")
    form = client.get("/en/typed-in/report")

    missing = client.submit(form, "/typed-in/report", what="Something")
    wrong = client.submit(form, "/typed-in/report", what="X", tampered={"way": "portal"})

    assert list(missing.errors()) == ["way"]
    assert list(wrong.errors()) == ["way"]
    assert office.facts() == []


@on_both_databases
def test_the_trail_knows_who_typed_it_and_the_minutes_say_so(
    browser: Browser, office: Office
) -> None:
    client = browser("ingrid")
    page = typed_in(client)
    page = client.submit(page, "/handed-over", handed_over="y")

    with office.database.reading() as session:
        entry = session.scalars(
            select(TrailEntry).where(TrailEntry.event == TrailEvent.CASE_TYPED_IN.value)
        ).one()
        case = session.scalars(select(Case)).one()
    assert (entry.actor_id, entry.case_id) == (office.signed_in("ingrid").member.id, case.id)
    shown = client.get(f"/en/case/{case.id.hex()}")
    assert "typed in by Ingrid Intake" in shown.text
    minutes = client.get(f"/en/case/{case.id.hex()}/minutes")
    assert "written down by Ingrid Intake" in minutes.text
    assert "Paper clips vanish." in minutes.text


@on_both_databases
def test_the_same_page_sent_again_shows_the_same_code_and_makes_no_second_case(
    browser: Browser, office: Office
) -> None:
    client = browser("ingrid")
    form = client.get("/en/typed-in/report").form("/typed-in/report")
    answers = form.filled({"what": "Once", "way": "visit"}).to_dict()

    first = client.post(form.action, answers)
    second = client.post(form.action, answers)
    changed = client.post(form.action, {**answers, "what": "In other words"})

    assert code_on(first) == code_on(second) == code_on(changed)
    assert "You had already sent this" in second.text
    assert "In other words" in changed.text
    assert [facts.what for facts in office.facts()] == ["Once"]  # type: ignore[union-attr]
    with office.database.reading() as session:
        events = session.scalars(select(TrailEntry.event)).all()
    assert events.count(TrailEvent.CASE_TYPED_IN.value) == 1


def test_going_on_without_confirming_shows_the_code_again(browser: Browser) -> None:
    client = browser("ingrid")
    page = typed_in(client)

    again = client.submit(page, "/handed-over")

    assert again.status == 422
    assert list(again.errors()) == ["handed_over"]
    assert code_on(again) == code_on(page)


def test_a_confirmation_from_an_outdated_page_still_shows_the_code(browser: Browser) -> None:
    client = browser("ingrid")
    page = typed_in(client)

    again = client.submit(page, "/handed-over", tampered={"csrf_token": "old"})

    assert again.status == 400
    assert code_on(page) in again.text


@pytest.mark.parametrize("code", ["", "one two three", "x " * 10, "<b>"])
def test_a_confirmation_without_a_code_of_ours_is_refused(browser: Browser, code: str) -> None:
    client = browser("ingrid")

    answer = client.submit(typed_in(client), "/handed-over", tampered={"code": code})

    assert answer.status == 400


def test_an_outdated_page_keeps_every_answer(browser: Browser, office: Office) -> None:
    client = browser("ingrid")
    page = client.get("/en/typed-in/report")

    again = client.submit(
        page, "/typed-in/report", what="Typed", way="visit", tampered={"csrf_token": "old"}
    )

    assert again.status == 400
    assert "Typed" in again.text
    assert code_on(client.submit(again, "/typed-in/report"))
    assert len(office.facts()) == 1


def test_staying_signed_in_sends_nothing_and_keeps_every_answer(
    browser: Browser, office: Office
) -> None:
    client = browser("ingrid")
    page = client.get("/en/typed-in/report")

    page = client.submit(page, "/typed-in/report", what="Half a", tampered={"stay": "yes"})

    assert page.status == 200
    assert "Half a" in page.text
    assert page.all("role", "alert") == []
    assert office.facts() == []


def test_whoever_was_signed_out_meanwhile_gets_the_words_back(
    browser: Browser, clock: FixedClock
) -> None:
    client = browser("ingrid")
    page = client.get("/en/typed-in/complaint")
    clock.advance(minutes=16)

    locked = client.submit(
        page, "/typed-in/complaint", problem="A long story", hopes="a lot", way="phone"
    )

    assert locked.status == 403
    assert "A long story" in locked.text
    assert "a lot" in locked.text


def test_an_investigator_without_the_intake_key_types_in_and_cannot_open_it(
    browser: Browser,
) -> None:
    client = browser("igor")

    page = client.submit(typed_in(client), "/handed-over", handed_over="y")

    assert "Your keys do not open the intake pool" in page.text
    assert "/case/" not in page.source


def test_nobody_who_does_not_work_on_cases_types_one_in(browser: Browser) -> None:
    client = browser("carla")

    assert client.get("/en/typed-in").status == 404
    assert "Type in a case" not in client.get("/en/account").text


def test_a_name_given_in_confidence_is_in_no_minutes_and_no_fact(
    browser: Browser, office: Office
) -> None:
    client = browser("ingrid")
    page = typed_in(client, identity="in_confidence", name=CANARY, contact=f"{CANARY}-2")
    client.submit(page, "/handed-over", handed_over="y")
    with office.database.reading() as session:
        case_id = session.scalars(select(Case.id)).one().hex()

    pages = [client.get(f"/en/case/{case_id}{page}").source for page in ("", "/minutes")]

    assert CANARY not in "".join(pages)
    assert CANARY not in repr([vars(facts) for facts in office.facts()])


@on_both_databases
def test_neither_code_nor_answers_are_in_a_cell_a_header_an_address_or_the_log(
    browser: Browser, office: Office, capfd: pytest.CaptureFixture[str]
) -> None:
    client = browser("ingrid")
    page = typed_in(client, what=CANARY, when_where=f"{CANARY}-when")
    code = code_on(page)
    client.submit(page, "/handed-over")
    client.submit(page, "/handed-over", handed_over="y")

    out, err = capfd.readouterr()
    headers = "\n".join(str(answer.headers) for answer in client.answers)
    addresses = "\n".join(str(answer.request.url) for answer in client.answers)
    everything = cells(office) + out + err + headers + addresses
    for secret in (code, "-".join(code.split()), " ".join(code.split()[:3]), CANARY):
        assert secret not in everything
    shown = [answer for answer in client.answers if code in answer.text]
    assert len(shown) == 2


def test_the_office_takes_in_nothing_on_keys_it_cannot_verify(
    console: Flask, browser: Browser, office: Office
) -> None:
    client = browser("ingrid")
    for file in (office.home / "roster").iterdir():
        file.write_bytes(b"")

    assert client.get("/en/typed-in/report").status == 503


def test_scans_of_a_letter_become_files_of_its_case(browser: Browser, office: Office) -> None:
    client = browser("ingrid")
    form = client.get("/en/typed-in/report")
    scan = ("letter.pdf", b"scanned", "application/pdf")
    answers = {"what": "A letter.", "way": "letter", "language": "nl"}

    form = client.submit(form, "/typed-in/report", answers, files=[scan], tampered={"attach": "1"})
    assert (form.status, office.pending_files()) == (200, 1)
    shown = client.submit(form, "/typed-in/report")

    assert code_on(shown)
    assert (office.files(), office.pending_files()) == ({"letter.pdf": b"scanned"}, 0)
    case_id = shown.value("case_id")
    assert "letter.pdf" in client.get(f"/en/case/{case_id}/minutes").text
