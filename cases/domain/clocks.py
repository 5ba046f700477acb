"""Counting days: when a term ends, when it is extended, when it was suspended meanwhile.

The lengths are reference data with dates and sources; here is only how they are counted. Calendar
days and months are never moved by weekends or holidays (directive, article 11(2); Regulation
1182/71 counts the first day as nought); only a term in working days passes them over.
"""

import calendar
from collections.abc import Container
from datetime import date, timedelta

from cases.domain.reference.periods import Period, Unit

_FRIDAY = 4


def due_on(period: Period, started: date, holidays: Container[date]) -> date:
    """The last day of the term.

    Args:
        period: its length.
        started: the day the clock starts; it does not count itself.
        holidays: public holidays, which are no working days.
    """
    return _later(started, period.length, period.unit, holidays)


def extended_to(period: Period, started: date, holidays: Container[date]) -> date:
    """The last day of the extended term, from the same first day.

    Raises:
        ValueError: the term cannot be extended.
    """
    if period.extended is None:
        raise ValueError("this term cannot be extended")
    length, unit = period.extended
    return _later(started, length, unit, holidays)


def resumed_on(due: date, suspended: date, today: date) -> date:
    """The last day of a term that stood still from `suspended` until today."""
    return due + (today - suspended)


def years_later(day: date, years: int) -> date:
    """The day on which something is so many calendar years old.

    What happened on 29 February is a year older on 1 March where that year has no 29th: on the
    28th the year is not yet over, and a doubt does not cost a person the complaint.
    """
    if (day.month, day.day) == (2, 29) and not calendar.isleap(day.year + years):
        return date(day.year + years, 3, 1)
    return day.replace(year=day.year + years)


def _later(day: date, length: int, unit: Unit, holidays: Container[date]) -> date:
    if unit is Unit.MONTHS:
        return months_later(day, length)
    if unit is Unit.DAYS:
        return day + timedelta(days=length)
    return _working_days_later(day, length, holidays)


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last of that month."""
    # 30 November plus three months is the last day of February.
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(day.day, last))


def _working_days_later(day: date, count: int, holidays: Container[date]) -> date:
    while count:
        day += timedelta(days=1)
        if day.weekday() <= _FRIDAY and day not in holidays:
            count -= 1
    return day
