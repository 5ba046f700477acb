"""Terms: how long each clock runs.

Directive (EU) 2019/1937, article 11(2): a report is acknowledged within seven days and gets
feedback within three months; calendar days, weekends and holidays do not lengthen them. The
terms for complaints are the office's own promises.
"""

import calendar
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cases.domain.flows import ClockKind as ClockKind
from cases.domain.flows import Flow


class Unit(StrEnum):
    """What a period counts."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


@dataclass(frozen=True)
class Period:
    """A length of time in days, working days or calendar months."""

    length: int
    unit: Unit


PERIODS: dict[tuple[Flow, ClockKind], Period] = {
    (Flow.REPORT, ClockKind.ACKNOWLEDGEMENT): Period(7, Unit.DAYS),
    (Flow.REPORT, ClockKind.FEEDBACK): Period(3, Unit.MONTHS),
    (Flow.COMPLAINT, ClockKind.ACKNOWLEDGEMENT): Period(5, Unit.WORKING_DAYS),
    (Flow.COMPLAINT, ClockKind.ADMISSIBILITY): Period(14, Unit.DAYS),
    (Flow.COMPLAINT, ClockKind.NEWS): Period(30, Unit.DAYS),
}


def due_on(flow: Flow, kind: ClockKind, started: date, holidays: Container[date]) -> date:
    """The last day of the term.

    Args:
        flow: which flow's term.
        kind: which clock; KeyError when the flow has no such clock.
        started: the day the clock starts; it does not count itself.
        holidays: public holidays, which are no working days.
    """
    period = PERIODS[flow, kind]
    if period.unit is Unit.MONTHS:
        return _months_later(started, period.length)
    if period.unit is Unit.DAYS:
        return started + timedelta(days=period.length)
    return _working_days_later(started, period.length, holidays)


def _months_later(day: date, months: int) -> date:
    # 30 November plus three months is the last day of February.
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(day.day, last))


def _working_days_later(day: date, count: int, holidays: Container[date]) -> date:
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            count -= 1
    return day
