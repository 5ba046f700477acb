"""The list of erased cases as text: what was written comes back, and nothing else is believed."""

from datetime import date

import pytest

from cases.domain.tombstones import HEADER, Tombstone, from_text, merged, to_text
from cases.errors import TombstonesUnusable

EARLY, LATE = date(2036, 11, 24), date(2037, 1, 2)
ONE, TWO = Tombstone(LATE, bytes(16)), Tombstone(EARLY, b"\xab" * 16)
TEXT = f"{HEADER}\n{'ab' * 16} 2036-11-24\n{'00' * 16} 2037-01-02\n"


def test_a_list_comes_back_in_the_order_of_days() -> None:
    assert to_text([ONE, TWO]) == TEXT
    assert from_text(TEXT) == (TWO, ONE)


def test_an_empty_list_is_a_list() -> None:
    assert from_text(to_text([])) == ()


def test_of_a_case_that_is_named_twice_the_first_day_counts() -> None:
    again = Tombstone(LATE, TWO.case_id)

    assert merged([again, TWO]) == (TWO,)
    assert merged([TWO, again]) == (TWO,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        HEADER,
        TEXT[:-1],
        TEXT[:-20],
        TEXT.replace("1\n", "2\n", 1),
        TEXT.replace("ab", "AB"),
        TEXT.replace("2036-11-24", "2036-11-31"),
        TEXT.replace("2036-11-24", "2036-11-24 23:10"),
        TEXT.replace("\n", "\r\n"),
        TEXT + "\n",
    ],
)
def test_a_list_that_was_cut_or_altered_is_refused(text: str) -> None:
    with pytest.raises(TombstonesUnusable):
        from_text(text)
