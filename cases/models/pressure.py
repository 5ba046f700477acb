"""How often visitors had to wait or were cut off, by day; nothing else is kept of a crowd."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cases.domain.pressure import Pressure
from cases.models.base import WITHOUT_ROWID, Base, Day, Name, one_of


class PressureCount(Base):
    """One count of one day, for the portal and the console together."""

    __tablename__ = "pressure_count"
    __table_args__ = (
        one_of("kind", Pressure),
        CheckConstraint("times >= 1", name="times_count"),
        WITHOUT_ROWID,
    )

    day: Mapped[Day] = mapped_column(primary_key=True)
    kind: Mapped[Name] = mapped_column(primary_key=True)
    times: Mapped[int]
