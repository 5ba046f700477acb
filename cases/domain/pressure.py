"""What an office is told of a crowd: how often on which day, and nothing of who it was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Pressure(StrEnum):
    """What happened to a visitor because there were too many."""

    ASKED_TO_WAIT = "asked_to_wait"
    CUT_OFF = "cut_off"


# How far back the office is told, and from how many on: fewer are an ordinary morning.
TOLD_FOR = timedelta(days=7)
WORTH_TELLING = 20


@dataclass(frozen=True, slots=True)
class PressureOfDay:
    """How often one thing happened on one day."""

    day: date
    kind: Pressure
    times: int


def worth_telling(counts: Iterable[PressureOfDay], today: date) -> tuple[PressureOfDay, ...]:
    """What a head or an administrator should know of, the newest day first."""
    told = [each for each in counts if today - each.day < TOLD_FOR and each.times >= WORTH_TELLING]
    return tuple(sorted(told, key=lambda each: (each.day, each.kind), reverse=True))
