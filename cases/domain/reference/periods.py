"""Terms: how long each clock runs, and when it warns."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.domain.flows import ClockKind, Flow
from cases.domain.reference.languages import Certainty


class Unit(StrEnum):
    """What a period counts."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


@dataclass(frozen=True)
class Period:
    """A length of time in days, working days or calendar months.

    `alarms` are days counted from the due day (-2 is two days before it, 15 is fifteen after), in
    order. `extended` is the length, from the same first day, that an extension gives; None where
    the term cannot be extended.
    """

    length: int
    unit: Unit
    alarms: tuple[int, ...] = ()
    extended: tuple[int, Unit] | None = None
    source: str = ""
    certainty: Certainty = Certainty.UNCERTAIN


@dataclass(frozen=True)
class PeriodRow:
    """The period of one clock of a flow, for clocks that start from a day to a day."""

    flow: Flow
    clock: ClockKind
    period: Period
    valid_from: date = date.min
    valid_until: date | None = None
