"""How long a file is kept, and on which day it is to be erased."""

from collections.abc import Sequence
from datetime import date

from cases.domain.clocks import months_later
from cases.domain.details import Retention
from cases.domain.flows import FINAL_STATE, State
from cases.domain.reference import RetentionRow


def by_the_rule(row: RetentionRow) -> Retention:
    """The period of a rule, and no other."""
    return Retention(row.months, row.months, row.source)


def erase_on(closed_on: date, retention: Retention) -> date:
    """The first day on which the file need not be kept any more."""
    return months_later(closed_on, retention.months)


def outcome_of(states: Sequence[State]) -> State:
    """How a case ended, from the states that its steps led to: the last one before it was closed.

    Raises:
        ValueError: no state but the final one is among them.
    """
    before = [state for state in states if state is not FINAL_STATE]
    if not before:
        raise ValueError("a case is closed from an outcome")
    return before[-1]
