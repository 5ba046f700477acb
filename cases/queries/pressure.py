"""How often visitors had to wait or were cut off."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cases.domain.pressure import Pressure, PressureOfDay
from cases.models import PressureCount


def pressure_since(session: Session, day: date) -> tuple[PressureOfDay, ...]:
    """The counts of a day and all after it."""
    found = session.scalars(select(PressureCount).where(PressureCount.day >= day))
    return tuple(PressureOfDay(row.day, Pressure(row.kind), row.times) for row in found)
