"""Starting, stopping, suspending, extending the clocks of a case, and keeping its earliest day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from cases.domain import clocks as counting
from cases.domain.flows import (
    RESTARTED_BY_MESSAGE,
    WITH_A_SUBJECT,
    ClockKind,
    Flow,
    Transition,
)
from cases.domain.holidays import public_holidays
from cases.domain.reference import ReferenceData
from cases.models import Case, Clock
from cases.queries.cases import running_clocks


@dataclass(frozen=True)
class Subject:
    """Which consultation or recommendation a clock belongs to, and its own day where it has one."""

    id: bytes | None = None
    due_on: date | None = None


def move_clocks(
    session: Session,
    case: Case,
    row: Transition,
    today: date,
    rules: ReferenceData,
    subject: Subject = Subject(),
) -> None:
    """Do to the clocks what a row of the flow's table says, and note the earliest due day."""
    running = running_clocks(session, case.id)
    for clock in _named(running, row.stops, subject):
        clock.stopped_on = today
    for clock in _named(running, row.suspends, subject):
        clock.suspended_on = clock.suspended_on or today
    for clock in _named(running, row.resumes, subject):
        _resume(clock, today)
    for clock in _named(running, row.extends, subject):
        _extend(case, clock, today, rules)
    start(session, case, row.starts, today, rules, subject)


def start(
    session: Session,
    case: Case,
    kinds: Iterable[ClockKind],
    today: date,
    rules: ReferenceData,
    subject: Subject = Subject(),
) -> None:
    """Start clocks; one that runs already for the same subject starts anew."""
    running = list(running_clocks(session, case.id))
    for kind in kinds:
        for clock in _named(running, (kind,), subject):
            clock.stopped_on = today
    _start(session, case, kinds, today, rules, subject, running)


def start_first(
    session: Session, case: Case, kinds: Iterable[ClockKind], today: date, rules: ReferenceData
) -> None:
    """Start the clocks of a case that is new: none can be running, so none is looked for."""
    _start(session, case, kinds, today, rules, Subject(), ())


def restart_after_message(session: Session, case: Case, today: date, rules: ReferenceData) -> None:
    """A message from the office starts anew the clocks that promise news."""
    running = {
        ClockKind(clock.kind)
        for clock in running_clocks(session, case.id)
        if clock.suspended_on is None and clock.started_on < today
    }
    start(session, case, RESTARTED_BY_MESSAGE & running, today, rules)


def _start(
    session: Session,
    case: Case,
    kinds: Iterable[ClockKind],
    today: date,
    rules: ReferenceData,
    subject: Subject,
    running: Iterable[Clock],
) -> None:
    started = [_clock(case, kind, today, rules, subject) for kind in kinds]
    session.add_all(started)
    _note_earliest(case, [*running, *started])


def _note_earliest(case: Case, clocks: Iterable[Clock]) -> None:
    """Repeat the earliest day of what runs in the case's row, for the inbox."""
    case.due_on = min(
        (
            clock.due_on
            for clock in clocks
            if clock.stopped_on is None and clock.suspended_on is None
        ),
        default=None,
    )


def _named(running: Iterable[Clock], kinds: Iterable[ClockKind], subject: Subject) -> list[Clock]:
    """Of a case that has several clocks of a kind, only the one of this subject is meant."""
    wanted = frozenset(kinds)
    return [
        clock
        for clock in running
        if clock.stopped_on is None
        and clock.kind in wanted
        and (
            clock.kind not in WITH_A_SUBJECT or subject.id is None or clock.subject_id == subject.id
        )
    ]


def _clock(
    case: Case, kind: ClockKind, today: date, rules: ReferenceData, subject: Subject
) -> Clock:
    of_its_own = kind in WITH_A_SUBJECT
    due = subject.due_on if of_its_own else None
    if due is None:
        period = rules.period(Flow(case.flow), kind, today)
        due = counting.due_on(period, today, public_holidays(today.year))
    return Clock(
        case_id=case.id,
        kind=kind,
        started_on=today,
        due_on=max(due, today),
        subject_id=subject.id if of_its_own else None,
    )


def _resume(clock: Clock, today: date) -> None:
    if clock.suspended_on is not None:
        clock.due_on = counting.resumed_on(clock.due_on, clock.suspended_on, today)
        clock.suspended_on = None


def _extend(case: Case, clock: Clock, today: date, rules: ReferenceData) -> None:
    started = clock.started_on
    period = rules.period(Flow(case.flow), ClockKind(clock.kind), started)
    clock.due_on = counting.extended_to(period, started, public_holidays(started.year))
    clock.extended_on = today
