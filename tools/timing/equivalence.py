"""Whether two kinds of tries can be told apart by their time.

Not "no difference was found", which too few tries always give, but "any difference is smaller than
this": the whole 95 % interval of the difference of medians lies within 5 % (two one-sided tests,
Schuirmann 1987, with a bootstrap), and one try says next to nothing of its kind (area under the ROC
curve, Mann and Whitney 1947).
"""

import random
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

TOLERANCE = 0.05
AREA = (0.45, 0.55)
_RESAMPLES = 1000
_SAME_EVERY_TIME = 20261124


@dataclass(frozen=True)
class Verdict:
    """What two kinds of tries look like.

    Attributes:
        medians: of both, in milliseconds.
        interval: 95 % of the difference of medians, in milliseconds.
        area: the chance that a try of the first kind took longer than one of the second.
    """

    medians: tuple[float, float]
    interval: tuple[float, float]
    area: float

    @property
    def equivalent(self) -> bool:
        """Whether nobody tells them apart by time."""
        bound = TOLERANCE * self.medians[1]
        within = -bound < self.interval[0] and self.interval[1] < bound
        return within and AREA[0] <= self.area <= AREA[1]


def compare(first: Sequence[float], second: Sequence[float]) -> Verdict:
    """Compare the milliseconds of two kinds of tries, taken in turn."""
    return Verdict((median(first), median(second)), _interval(first, second), area(first, second))


def area(first: Sequence[float], second: Sequence[float]) -> float:
    """How often one of `first` exceeds one of `second`, ties counted half."""
    ordered = sorted(second)
    below = sum(bisect_left(ordered, each) + bisect_right(ordered, each) for each in first)
    return below / (2 * len(first) * len(second))


def _interval(first: Sequence[float], second: Sequence[float]) -> tuple[float, float]:
    draw = random.Random(_SAME_EVERY_TIME)  # noqa: S311 - no secret
    differences = sorted(
        median(draw.choices(first, k=len(first))) - median(draw.choices(second, k=len(second)))
        for _ in range(_RESAMPLES)
    )
    cut = _RESAMPLES // 40
    return differences[cut], differences[-cut - 1]
