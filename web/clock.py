"""The one place where the time comes in; tests bring their own."""

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

# A period of the law runs in the office's days, not in UTC's.
OFFICE_ZONE = ZoneInfo("Europe/Brussels")


class Clock(Protocol):
    """Anything that knows the time."""

    def now(self) -> datetime:
        """An aware datetime in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def office_day(moment: datetime) -> date:
    """The day on the office's calendar at an aware moment."""
    return moment.astimezone(OFFICE_ZONE).date()
