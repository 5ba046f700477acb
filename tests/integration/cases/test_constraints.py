"""What the database can hold as a constraint, it does."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from cases.database import Database
from cases.models import (
    Base,
    Case,
    CaseGrant,
    Clock,
    IntakeGrant,
    Mailbox,
    Message,
    ReferenceCounter,
    Staff,
    TrailEntry,
    TransitionEntry,
)

DAY = date(2026, 11, 23)
ID = b"i" * 16


def _case(**changes: object) -> Case:
    usual: dict[str, object] = {
        "id": ID,
        "flow": "report",
        "state": "received",
        "received_on": DAY,
        "version": 1,
        "sheet_body": b"s",
        "sheet_key": b"k",
    }
    return Case(**{**usual, **changes})


def _message(**changes: object) -> Message:
    usual: dict[str, object] = {
        "case_id": ID,
        "position": 1,
        "day": DAY,
        "body": b"b",
        "case_key": b"k",
    }
    return Message(**{**usual, **changes})


def _staff(**changes: object) -> Staff:
    usual: dict[str, object] = {
        "login": "ann",
        "name": "Ann",
        "roles": "intake",
        "state": "invited",
        "wrapped_seed": b"w",
        "public_key": b"p",
        "invited_until": DAY,
    }
    return Staff(**{**usual, **changes})


def _grant(holder_kind: str) -> CaseGrant:
    return CaseGrant(case_id=ID, key_id=ID, holder_kind=holder_kind, received_on=DAY, box=b"b")


def _mailbox(**changes: object) -> Mailbox:
    usual: dict[str, object] = {
        "locator": ID,
        "token_hash": b"t" * 32,
        "case_id": ID,
        "record_body": b"r",
        "record_key": b"k",
    }
    return Mailbox(**{**usual, **changes})


@pytest.mark.parametrize(
    ("rows", "constraint"),
    [
        ([_case(state="examination")], "ck_case_state_of_its_flow"),
        ([_case(flow="petition")], "ck_case_state_of_its_flow"),
        ([_case(id=b"short")], "ck_case_id_size"),
        ([_case(version=0)], "ck_case_version_counts"),
        ([_case(handler_id=b"x")], "ck_case_handler_id_size"),
        ([_case(), _mailbox(token_hash=b"t" * 31)], "ck_mailbox_token_hash_size"),
        ([_case(), _mailbox(locator=b"l" * 15)], "ck_mailbox_locator_size"),
        ([_case(), _message(position=0)], "ck_message_position_counts"),
        (
            [
                _case(),
                _grant("friend"),
            ],
            "ck_case_grant_holder_kind_known",
        ),
        (
            [_case(), Clock(case_id=ID, kind="egg", started_on=DAY, due_on=DAY)],
            "ck_clock_kind_known",
        ),
        (
            [_case(), Clock(case_id=ID, kind="news", started_on=DAY, due_on=date(2026, 1, 1))],
            "ck_clock_due_after_start",
        ),
        (
            [
                _case(),
                TransitionEntry(
                    case_id=ID, position=1, day=DAY, to_state="lost", body=b"b", case_key=b"k"
                ),
            ],
            "ck_transition_to_state_known",
        ),
        ([ReferenceCounter(flow="report", year=2026, last=0)], "ck_reference_counter_last_counts"),
        ([_staff(invited_until=None)], "ck_staff_invitation_expires"),
        ([_staff(state="retired", totp_sealed=b"t")], "ck_staff_state_known"),
        (
            [_staff(id=ID), IntakeGrant(staff_id=ID, key_id=b"k" * 16, since=0, box=b"b")],
            "ck_intake_grant_since_counts",
        ),
        ([TrailEntry(day=DAY, event="rumour")], "ck_trail_event_known"),
        (
            [TrailEntry(day=DAY, event="case_received", at=datetime(2026, 11, 23, tzinfo=UTC))],
            "ck_trail_portal_by_day",
        ),
        ([TrailEntry(day=DAY, event="reporter_wrote", actor_id=ID)], "ck_trail_portal_by_day"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_row_that_breaks_a_rule_is_refused(
    database: Database, rows: Iterable[Base], constraint: str
) -> None:
    fresh = [type(row)(**_values(row)) for row in rows]

    with pytest.raises(IntegrityError, match=constraint):
        _insert(database, fresh)


def _insert(database: Database, rows: Iterable[Base]) -> None:
    with database.writing() as session:
        for row in rows:
            session.add(row)
            session.flush()


def _values(row: Base) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}


@pytest.mark.parametrize(
    "rows",
    [
        [_case(reference="SI.2026.0001"), _case(id=b"j" * 16, reference="SI.2026.0001")],
        [_case(), _message(), _message()],
        [_case(), _mailbox(), _mailbox(locator=b"m" * 16)],
        [_staff(), _staff()],
        [_message()],
        [_grant("person")],
    ],
    ids=["reference", "position", "mailbox", "login", "orphan message", "orphan grant"],
)
def test_doubles_and_orphans_are_refused(database: Database, rows: Iterable[Base]) -> None:
    fresh = [type(row)(**_values(row)) for row in rows]

    with pytest.raises(IntegrityError):
        _insert(database, fresh)


def test_deleting_a_case_deletes_what_hangs_on_it_but_not_the_trail(database: Database) -> None:
    with database.writing() as session:
        session.add(_case())
        session.flush()
        session.add_all((_message(), _mailbox()))
        session.add(_grant("person"))
        session.add(TrailEntry(day=DAY, event="case_received", case_id=ID))
    with database.writing() as session:
        session.delete(session.get_one(Case, ID))

    with database.reading() as session:
        counted = {
            model.__tablename__: session.query(model).count()
            for model in (Message, Mailbox, CaseGrant, TrailEntry)
        }
    assert counted == {"message": 0, "mailbox": 0, "case_grant": 0, "trail": 1}
