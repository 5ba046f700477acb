"""Reading which sessions of the console are open: of one person, and how many of each."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cases.models import StaffSession


def open_sessions(
    session: Session, staff_id: bytes, opened_since: datetime, seen_since: datetime
) -> Sequence[StaffSession]:
    """A person's sessions that have not ended, the newest first."""
    rows = select(StaffSession).where(
        StaffSession.staff_id == staff_id,
        StaffSession.opened_at >= opened_since,
        StaffSession.seen_at >= seen_since,
    )
    newest_first = rows.order_by(StaffSession.opened_at.desc(), StaffSession.id)
    return session.scalars(newest_first.execution_options(populate_existing=True)).all()


def open_session_counts(
    session: Session, opened_since: datetime, seen_since: datetime
) -> dict[bytes, int]:
    """How many sessions are open, by person; nobody without one."""
    counted = (
        select(StaffSession.staff_id, func.count())
        .where(StaffSession.opened_at >= opened_since, StaffSession.seen_at >= seen_since)
        .group_by(StaffSession.staff_id)
    )
    return {staff_id: count for staff_id, count in session.execute(counted)}
