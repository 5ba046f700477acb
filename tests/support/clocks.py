"""Clocks of a case for tests: exactly the one that a test is about runs."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, update

from cases.database import Database
from cases.domain.facts import Facts
from cases.domain.flows import ClockKind
from cases.models import Case, CaseGrant, Clock, Staff
from cases.models.base import new_id
from tests.support.office import Office
from tests.support.submissions import REPORT, submit
from web.clock import office_day


def case_with_clock(
    office: Office, kind: ClockKind, due_on: date, facts: Facts = REPORT, **columns: Any
) -> tuple[bytes, bytes]:
    """A case in which only this clock runs; gives the ids of both."""
    excluded = columns.pop("excluded", frozenset())
    started, clock_id = due_on - timedelta(days=columns.pop("runs", 90)), new_id()
    with office.database.writing() as session:
        today = office_day(office.clock.now())
        received, _ = submit(session, office.roster(), today, facts, excluded=excluded)
        case_id = received.case_id
        session.execute(delete(Clock).where(Clock.case_id == case_id))
        session.add(
            Clock(
                id=clock_id,
                case_id=case_id,
                kind=kind,
                started_on=started,
                due_on=due_on,
                **columns,
            )
        )
    return case_id, clock_id


def change_clock(database: Database, clock_id: bytes, **columns: Any) -> None:
    """Stop, suspend, resume or extend a clock."""
    with database.writing() as session:
        session.execute(update(Clock).where(Clock.id == clock_id).values(**columns))


def hand_over(office: Office, case_id: bytes, login: str) -> None:
    """Take the case out of the pool, in this person's name."""
    handler = office.signed_in(login).member.id
    with office.database.writing() as session:
        session.execute(
            delete(CaseGrant).where(CaseGrant.case_id == case_id, CaseGrant.holder_kind == "intake")
        )
        session.execute(update(Case).where(Case.id == case_id).values(handler_id=handler))


def give_address(office: Office, login: str) -> str:
    """Let a person get mail; gives the address."""
    address = f"{login}@office.example"
    staff_id = office.signed_in(login).member.id
    with office.database.writing() as session:
        session.execute(update(Staff).where(Staff.id == staff_id).values(email=address))
    return address
