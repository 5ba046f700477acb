"""Reading what runs and what reminds: the clocks that could, the reminders that do, and for whom.

A reminder counts while its clock runs: one whose clock stopped or is suspended is passed over
everywhere, whether or not its row is still there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Subquery, and_, exists, or_, select
from sqlalchemy.orm import Session

from cases.domain.flows import ClockKind, Flow, State
from cases.domain.grants import HolderKind
from cases.domain.reminders import has_come
from cases.domain.roles import StaffState
from cases.models import Case, CaseGrant, Clock, IntakeGrant, Reminder, ReminderMail, Staff
from cases.queries.cases import Holder

REMINDER_LIMIT = 100  # "100 or more" is all that a page needs


@dataclass(frozen=True)
class RunningClock:
    """A clock that nothing has stopped or suspended, and what its alarms depend on."""

    clock_id: bytes
    flow: Flow
    kind: ClockKind
    started_on: date
    due_on: date


@dataclass(frozen=True)
class RaisedReminder:
    """A row of reminders with the day that its clock has now: an extension may have moved it."""

    reminder_id: bytes
    clock_id: bytes
    stage: int
    due_on: date


@dataclass(frozen=True)
class ReminderRow:
    """A reminder as the console shows it."""

    case_id: bytes
    reference: str | None
    flow: Flow
    received_on: date
    clock_id: bytes
    kind: ClockKind
    started_on: date
    due_on: date
    stage: int


@dataclass(frozen=True)
class AddressedReminder:
    """A reminder with one of those who should read mail about it. `mailed` says she got it."""

    staff_id: bytes
    login: str
    email: str
    reminder_id: bytes
    clock_id: bytes
    stage: int
    due_on: date
    mailed: bool


def counting(session: Session) -> list[RunningClock]:
    """Every clock that runs."""
    found = session.execute(
        select(Clock.id, Case.flow, Clock.kind, Clock.started_on, Clock.due_on)
        .join(Case, Case.id == Clock.case_id)
        .where(*_runs())
        .order_by(Clock.due_on, Clock.id)
    )
    return [
        RunningClock(clock_id, Flow(flow), ClockKind(kind), started_on, due_on)
        for clock_id, flow, kind, started_on, due_on in found
    ]


def raised(session: Session) -> list[RaisedReminder]:
    """Every reminder of a clock that runs."""
    found = session.execute(
        select(Reminder.id, Reminder.clock_id, Reminder.stage, Clock.due_on)
        .join(Clock, Clock.id == Reminder.clock_id)
        .where(*_runs())
    )
    return [RaisedReminder(*row) for row in found]


def reminders(session: Session, holder: Holder, today: date) -> list[ReminderRow]:
    """What waits in the cases that this person can open, the most urgent first; one statement.

    One row for each clock, however often it reminded: the newest alarm is the one that counts. The
    list ends at `REMINDER_LIMIT`.
    """
    newest = {
        row.clock_id: row
        for row in _reminder_rows(session, holder)
        if has_come(row.due_on, row.stage, today)
    }
    return list(newest.values())


def addressed_reminders(session: Session) -> list[AddressedReminder]:
    """Each reminder with everyone who should get mail about it and has an address.

    That is the handler of the case; of a case that nobody handles, whoever holds the intake key.
    """
    mail = and_(ReminderMail.reminder_id == Reminder.id, ReminderMail.staff_id == Staff.id)
    found = session.execute(
        select(
            Staff.id,
            Staff.login,
            Staff.email,
            Reminder.id,
            Clock.id,
            Reminder.stage,
            Clock.due_on,
            ReminderMail.staff_id.is_not(None),
        )
        .select_from(Reminder)
        .join(Clock, Clock.id == Reminder.clock_id)
        .join(Case, Case.id == Clock.case_id)
        .join(Staff, _concerns())
        .outerjoin(ReminderMail, mail)
        .where(*_runs(), Staff.state == StaffState.ACTIVE.value, Staff.email.is_not(None))
        .order_by(Staff.login, Clock.due_on, Reminder.id)
    )
    return [
        AddressedReminder(staff_id, login, email or "", reminder_id, clock_id, stage, due, mailed)
        for staff_id, login, email, reminder_id, clock_id, stage, due, mailed in found
    ]


def overdue_waits(session: Session, today: date) -> Sequence[Case]:
    """Complaints whose time for going to the service first is over, locked until commit."""
    late = exists().where(
        Clock.case_id == Case.id,
        Clock.kind == ClockKind.SERVICE_FIRST.value,
        Clock.due_on < today,
        *_runs(),
    )
    waiting = (
        select(Case)
        .where(Case.state == State.WAITING_FOR_SERVICE.value, late)
        .order_by(Case.id)
        # What a colleague decides at this moment comes first: its lock is waited for, then the
        # state is read again.
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return session.scalars(waiting).all()


def _reminder_rows(session: Session, holder: Holder) -> list[ReminderRow]:
    urgent = _urgent(holder)
    found = session.execute(
        select(
            Case.id,
            Case.reference,
            Case.flow,
            Case.received_on,
            Clock.id,
            Clock.kind,
            Clock.started_on,
            Clock.due_on,
            Reminder.stage,
        )
        .select_from(urgent)
        .join(Clock, Clock.id == urgent.c.id)
        .join(Reminder, Reminder.clock_id == Clock.id)
        .join(Case, Case.id == Clock.case_id)
        .order_by(Clock.due_on, Clock.id, Reminder.stage)
    )
    return [_row(*row) for row in found]


def _urgent(holder: Holder) -> Subquery:
    """The clocks, found without reading a case: what cannot be opened is passed over cheaply."""
    keys = [holder.personal_key, *holder.pool_keys]
    can_open = (
        select(CaseGrant.case_id)
        .where(CaseGrant.case_id == Clock.case_id, CaseGrant.key_id.in_(keys))
        # SQLite would rather look into the table, whose rows are large.
        .with_hint(CaseGrant, "INDEXED BY ix_case_grant_key_id_case_id", "sqlite")
        .exists()
    )
    reminds = exists().where(Reminder.clock_id == Clock.id)
    ordered = select(Clock.id).where(*_runs(), reminds, can_open).order_by(Clock.due_on, Clock.id)
    return ordered.limit(REMINDER_LIMIT).subquery()


def _runs() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Clock.stopped_on.is_(None), Clock.suspended_on.is_(None)


def _concerns() -> ColumnElement[bool]:
    in_pool = exists().where(
        CaseGrant.case_id == Case.id, CaseGrant.holder_kind == HolderKind.INTAKE.value
    )
    holds_intake_key = exists().where(IntakeGrant.staff_id == Staff.id)
    waits_for_her = or_(and_(in_pool, holds_intake_key), _holds_as_one_of_the_pool())
    return or_(Case.handler_id == Staff.id, and_(Case.handler_id.is_(None), waits_for_her))


def _holds_as_one_of_the_pool() -> ColumnElement[bool]:
    """A case without a colleague in the pool: the others hold it by their own keys."""
    return exists().where(
        IntakeGrant.staff_id == Staff.id,
        CaseGrant.case_id == Case.id,
        CaseGrant.key_id == IntakeGrant.key_id,
        CaseGrant.holder_kind == HolderKind.POOL_MEMBER.value,
    )


def _row(
    case_id: bytes,
    reference: str | None,
    flow: str,
    received_on: date,
    clock_id: bytes,
    kind: str,
    started_on: date,
    due_on: date,
    stage: int,
) -> ReminderRow:
    return ReminderRow(
        case_id=case_id,
        reference=reference,
        flow=Flow(flow),
        received_on=received_on,
        clock_id=clock_id,
        kind=ClockKind(kind),
        started_on=started_on,
        due_on=due_on,
        stage=stage,
    )
