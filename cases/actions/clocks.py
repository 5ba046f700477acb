"""Starting and stopping the clocks of a case, and keeping its earliest due day."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from cases.domain.clocks import ClockKind, due_on
from cases.domain.flows import RESTARTED_BY_MESSAGE, Flow
from cases.domain.holidays import public_holidays
from cases.models import Case, Clock
from cases.queries.cases import running_clocks


def move_clocks(
    session: Session,
    case: Case,
    today: date,
    *,
    starts: Collection[ClockKind] = (),
    stops: Collection[ClockKind] = (),
) -> None:
    """Stop what runs and is named, start what is named, and note the earliest due day."""
    running = running_clocks(session, case.id)
    for kind in {*stops, *starts} & running.keys():
        running.pop(kind).stopped_on = today
    for kind in starts:
        running[kind] = _clock(case, kind, today)
        session.add(running[kind])
    case.due_on = min((clock.due_on for clock in running.values()), default=None)


def restart_after_message(session: Session, case: Case, today: date) -> None:
    """A message from the office starts anew the clocks that promise news."""
    running = running_clocks(session, case.id).keys()
    move_clocks(session, case, today, starts=RESTARTED_BY_MESSAGE & running)


def _clock(case: Case, kind: ClockKind, today: date) -> Clock:
    due = due_on(Flow(case.flow), kind, today, public_holidays(today.year))
    return Clock(case_id=case.id, kind=kind, started_on=today, due_on=due)
