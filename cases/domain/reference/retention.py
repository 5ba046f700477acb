"""How long the file of a closed case is kept, by flow, outcome and the day of closing."""

from dataclasses import dataclass
from datetime import date

from cases.domain.flows import Flow, State
from cases.domain.reference.languages import Certainty


@dataclass(frozen=True)
class RetentionRow:
    """The months that a file is kept from its closing; `outcome` is None for every other outcome.

    It holds for cases that are closed from `valid_from` to `valid_until`.
    """

    flow: Flow
    outcome: State | None
    months: int
    source: str
    certainty: Certainty
    valid_from: date = date.min
    valid_until: date | None = None
