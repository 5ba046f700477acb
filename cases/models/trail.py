"""The trail: what happened, written in the same transaction as what it records."""

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from cases.domain.trail import PORTAL_EVENTS, TrailEvent
from cases.models.base import (
    ID_SIZE,
    WITHOUT_ROWID,
    Base,
    Day,
    Id,
    Moment,
    Name,
    listed,
    new_id,
    one_of,
    sized,
)


class TrailEntry(Base):
    """One event. No foreign keys: an entry outlives the case and the person it names."""

    __tablename__ = "trail"
    __table_args__ = (
        sized("id", ID_SIZE),
        one_of("event", TrailEvent),
        # What a reporter does is known by day: never a time, never a person.
        CheckConstraint(
            f"event NOT IN ({listed(PORTAL_EVENTS)})"
            " OR (at IS NULL AND actor_id IS NULL AND subject_id IS NULL)",
            name="portal_by_day",
        ),
        sized("subject_id", ID_SIZE),
        Index(None, "case_id", "day"),
        Index(None, "day"),
        WITHOUT_ROWID,
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    day: Mapped[Day]
    at: Mapped[Moment | None]
    actor_id: Mapped[Id | None]
    event: Mapped[Name]
    case_id: Mapped[Id | None]
    # To whom of the office it was done, where that is somebody else than who did it.
    subject_id: Mapped[Id | None]
