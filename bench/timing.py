"""Timing of pieces of work against each other, fairly."""

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter

Work = Callable[[], object]


def rates(works: Mapping[str, Work], *, rounds: int, seconds: float) -> dict[str, float]:
    """How often each piece of work is done per second.

    The pieces take turns, so that a busy moment of the machine hits them alike; of the rounds the
    median counts.

    Args:
        works: by name.
        rounds: turns of each.
        seconds: about how long one turn takes.
    """
    for work in works.values():
        work()
    turns: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            turns[name].append(_rate(work, seconds))
    return {name: median(measured) for name, measured in turns.items()}


def milliseconds(work: Work, *, times: int) -> float:
    """The median duration of one piece of work."""
    work()
    durations = []
    for _ in range(times):
        start = perf_counter()
        work()
        durations.append(perf_counter() - start)
    return median(durations) * 1000


def _rate(work: Work, seconds: float) -> float:
    count, start = 0, perf_counter()
    while (passed := perf_counter() - start) < seconds:
        work()
        count += 1
    return count / passed
