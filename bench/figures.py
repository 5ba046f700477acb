"""A measured figure and what stands beside it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How to read what stands beside a figure."""

    SAME_RUN = "same run"  # measured seconds earlier or later, on this machine
    LIMIT = "at most"  # what the office's documents promise
    FLOOR = "at least"  # likewise
    ELSEWHERE = "elsewhere"  # another product, measured on a similar machine at another time


@dataclass(frozen=True, slots=True)
class Beside:
    """What a figure is compared with; in the same unit as the figure."""

    kind: Kind
    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value.

    Attributes:
        group: the heading it stands under.
        name: what was measured, complete without the heading.
        unit: such as "/s" or "ms".
    """

    group: str
    name: str
    value: float
    unit: str
    beside: tuple[Beside, ...] = ()

    @property
    def over(self) -> bool:
        """Whether a limit, of either kind, is not kept."""
        return any(map(self.breaks, self.beside))

    def breaks(self, beside: Beside) -> bool:
        """Whether the figure is on the wrong side of this one."""
        if beside.kind is Kind.FLOOR:
            return self.value < beside.value
        return beside.kind is Kind.LIMIT and self.value > beside.value


class BenchFailed(Exception):
    """Something that must hold at any speed did not: an error, or statements that grow."""
