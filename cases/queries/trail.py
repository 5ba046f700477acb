"""Reading the trail."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from cases.domain.trail import TrailEvent
from cases.models import TrailEntry


def typist(session: Session, case_id: bytes) -> bytes | None:
    """The id of who typed the case in; None where it came through the portal."""
    typed_in = select(TrailEntry.actor_id).where(
        TrailEntry.case_id == case_id, TrailEntry.event == TrailEvent.CASE_TYPED_IN.value
    )
    return session.scalar(typed_in.limit(1))


def of_case(session: Session, case_id: bytes) -> Sequence[TrailEntry]:
    """Every row about one case, by day; within a day first what is known by its day only."""
    ordered = (TrailEntry.day, TrailEntry.at.nulls_first(), TrailEntry.event, TrailEntry.id)
    rows = select(TrailEntry).where(TrailEntry.case_id == case_id)
    return session.scalars(rows.order_by(*ordered)).all()
