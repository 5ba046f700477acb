"""Every list of reference data and every column of it has words for the people of the office."""

import pytest

from cases.domain.reference import KINDS
from reviewer import reference_words as words


def test_every_kind_has_words_and_no_other() -> None:
    assert set(words.KINDS) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_has_words(kind: str) -> None:
    assert {column.stem for column in KINDS[kind].columns} <= set(words.COLUMNS)


def test_no_words_are_left_over() -> None:
    stems = {column.stem for kind in KINDS.values() for column in kind.columns}

    assert set(words.COLUMNS) == stems
    assert set(words.HINTS) <= stems
