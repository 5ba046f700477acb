"""Every code that the command line prints has words."""

from enum import StrEnum

import pytest

from cases.domain.trail_chain import ChainFault
from reviewer.commands.audit import WORDS
from reviewer.commands.words import TABLES, words_of


@pytest.mark.parametrize("codes", TABLES, ids=lambda codes: codes.__name__)
def test_every_code_has_words(codes: type[StrEnum]) -> None:
    assert all(words_of(code) for code in codes)
    assert set(TABLES[codes]) == set(codes)


def test_every_fault_of_the_trail_has_words() -> None:
    assert set(WORDS) == set(ChainFault)
