"""When a running clock asks for attention: the alarms of its period, counted from the due day."""

from collections.abc import Collection
from datetime import date, timedelta


def has_come(due_on: date, stage: int, today: date) -> bool:
    """Whether the day of an alarm is here or past.

    Args:
        due_on: the last day of the term; a term that was extended has a later one.
        stage: days from it, negative before it.
        today: the office's day.
    """
    return due_on + timedelta(days=stage) <= today


def stages_come(due_on: date, alarms: Collection[int], today: date) -> tuple[int, ...]:
    """The alarms of a clock whose day is here or past, the earliest first."""
    return tuple(stage for stage in sorted(set(alarms)) if has_come(due_on, stage, today))


def is_past(due_on: date, today: date) -> bool:
    """Whether a term is over: its last day still belongs to it."""
    return due_on < today
