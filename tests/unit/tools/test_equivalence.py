"""The rule by which two kinds of tries count as the same: it sees what is there, and no more."""

import random

import pytest

from tools.timing.equivalence import area, compare


def tries(median: float, spread: float, seed: int, count: int = 600) -> list[float]:
    draw = random.Random(seed)  # noqa: S311 - no secret
    return [draw.gauss(median, spread) for _ in range(count)]


def test_tries_of_one_kind_are_the_same() -> None:
    assert compare(tries(20, 1, 1), tries(20, 1, 2)).equivalent


@pytest.mark.parametrize("other", [19.0, 21.5, 25.0])
def test_a_difference_of_a_twentieth_is_seen(other: float) -> None:
    assert not compare(tries(other, 0.5, 1), tries(20, 0.5, 2)).equivalent


def test_a_small_difference_that_every_try_shows_is_seen() -> None:
    """Half a per cent is within the tolerance of medians, and tells each single try apart."""
    assert not compare(tries(20.1, 0.02, 1), tries(20, 0.02, 2)).equivalent


def test_too_few_tries_prove_nothing() -> None:
    assert not compare(tries(20, 6, 1, count=12), tries(20, 6, 2, count=12)).equivalent


def test_the_area_is_the_chance_to_exceed() -> None:
    assert area([2, 3], [1, 1]) == 1
    assert area([1, 1], [2, 3]) == 0
    assert area([1, 2], [1, 2]) == 0.5
