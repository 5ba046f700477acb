"""The office's own changes of the reference data, each kept.

Public facts (services, norms, grounds, periods, letters), readable by whoever reads the database.
"""

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.base import (
    ID_SIZE,
    WITHOUT_ROWID,
    Base,
    Day,
    Id,
    Moment,
    Name,
    new_id,
    sized,
)


class ReferenceEdit(Base):
    """One change of one row of reference data; the newest position of a key is what holds."""

    __tablename__ = "reference_edit"
    __table_args__ = (
        sized("id", ID_SIZE),
        sized("actor_id", ID_SIZE),
        UniqueConstraint("kind", "key", "position"),
        CheckConstraint("position >= 1", name="position_counts"),
        WITHOUT_ROWID,
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[Name]
    key: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
    day: Mapped[Day]
    at: Mapped[Moment]
    # Null for a change made on the command line.
    actor_id: Mapped[Id | None]
    # JSON; null withdraws the row.
    body: Mapped[str | None] = mapped_column(Text)
