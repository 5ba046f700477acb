"""What a day does by itself: waits that end, reminders that rise, sessions that go.

Each function is one kind of work for a writing transaction of its own, and doing it twice does
nothing the second time. On PostgreSQL a lock lets one machine at a time do it; on SQLite a writing
transaction is alone already.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from cases.actions import mailboxes, staff
from cases.actions.automatic import act_by_time
from cases.actions.identity_ending import end_overdue
from cases.database import lock
from cases.domain.flows import Action
from cases.domain.reference import ReferenceData
from cases.domain.reminders import has_come, stages_come
from cases.models import Clock, Reminder
from cases.queries.reminders import RunningClock, counting, overdue_waits, raised

_LOCK = b"zegeljob"  # eight bytes that only this work uses


@dataclass(frozen=True)
class Reminded:
    """How many reminders rose, and how many went because their clock stopped or was extended."""

    raised: int
    gone: int


def alone(session: Session) -> None:
    """Until the end of the transaction, nobody else does a day's work."""
    lock(session, _LOCK)


def end_waits(session: Session, data: ReferenceData, today: date) -> int:
    """Take up complaints whose time for going to the service first is over; returns how many.

    Args:
        session: a writing session.
        data: the terms in force.
        today: the office's day; a wait ends on the day after its last.
    """
    alone(session)
    over = overdue_waits(session, today)
    for case in over:
        act_by_time(session, case.id, Action.SERVICE_DAY_PASSED, today, data)
    return len(over)


def remind(session: Session, data: ReferenceData, today: date) -> Reminded:
    """Raise each alarm whose day has come, once; forget those that no longer hold."""
    alone(session)
    gone = _forget(session, today)
    known = {(reminder.clock_id, reminder.stage) for reminder in raised(session)}
    new = [
        Reminder(clock_id=clock.clock_id, stage=stage, raised_on=today)
        for clock in counting(session)
        for stage in stages_come(clock.due_on, _alarms(data, clock), today)
        if (clock.clock_id, stage) not in known
    ]
    session.add_all(new)
    session.flush()
    return Reminded(len(new), gone)


def end_identity_requests(session: Session, now: datetime) -> int:
    """End the requests for reporters' names whose days are over; returns how many."""
    alone(session)
    return end_overdue(session, now)


def purge_sessions(session: Session, now: datetime) -> int:
    """Delete the sessions of mailboxes and staff that have ended; returns how many."""
    return mailboxes.purge_sessions(session, now.date()) + staff.purge_sessions(session, now)


def _alarms(data: ReferenceData, clock: RunningClock) -> tuple[int, ...]:
    try:
        return data.period(clock.flow, clock.kind, clock.started_on).alarms
    except KeyError:
        # The office withdrew the period while a clock of it runs: the last day still matters.
        return (0,)


def _forget(session: Session, today: date) -> int:
    stopped = select(Clock.id).where(Clock.stopped_on.is_not(None))
    # The term was extended or resumed since: the alarm sounds again when its new day comes.
    early = [
        reminder.reminder_id
        for reminder in raised(session)
        if not has_come(reminder.due_on, reminder.stage, today)
    ]
    return _delete(session, Reminder.clock_id.in_(stopped)) + _delete(
        session, Reminder.id.in_(early)
    )


def _delete(session: Session, which: ColumnElement[bool]) -> int:
    gone = session.scalars(
        delete(Reminder)
        .where(which)
        .returning(Reminder.id)
        .execution_options(synchronize_session=False)
    ).all()
    return len(gone)
