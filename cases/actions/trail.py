"""Writing the trail, in the transaction of what it records.

An entry that names a moment joins the chain when that transaction commits; one by day, after the
day (`chain`).
"""

from datetime import date, datetime

from sqlalchemy.orm import Session

from cases.actions.chain import link_at_commit
from cases.domain.trail import TrailEvent
from cases.models import TrailEntry


def record_staff(
    session: Session,
    event: TrailEvent,
    now: datetime,
    actor_id: bytes | None,
    case_id: bytes | None = None,
    subject_id: bytes | None = None,
) -> None:
    """What a person of the office did, to the second.

    `actor_id` is None when nobody proved who; `subject_id` says to which colleague it was done.
    """
    entry = TrailEntry(
        day=now.date(),
        at=now,
        actor_id=actor_id,
        event=event,
        case_id=case_id,
        subject_id=subject_id,
    )
    session.add(entry)
    link_at_commit(session, entry)


def record_day(
    session: Session, event: TrailEvent, day: date, case_id: bytes | None = None
) -> None:
    """What happened on a day: all that is known of what a reporter does, never a time."""
    session.add(TrailEntry(day=day, event=event, case_id=case_id))
