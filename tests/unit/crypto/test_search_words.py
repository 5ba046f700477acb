"""The words of a case, sealed beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.errors import Malformed, OpeningFailed
from crypto.padding import padded_length
from crypto.search_words import open_words, seal_words
from tests.unit.crypto.builders import (
    assert_shut,
    every_byte_spoilt,
    every_length_but,
    properties,
    seed,
)

CASE, OTHER, EXTENT = b"c" * 16, b"o" * 16, b"\x00\x00\x00\x01"
SEALED = seal_words(b"a tender was opened", seed("a"), CASE, EXTENT)


@properties
@given(st.binary(max_size=3000))
def test_what_is_sealed_opens_again(words: bytes) -> None:
    sealed = seal_words(words, seed("a"), CASE, EXTENT)

    assert open_words(sealed, seed("a"), CASE, EXTENT) == words
    assert len(sealed) - padded_length(len(words)) == 1 + 24 + 16 + 32


def test_another_seed_case_or_extent_keeps_them_shut() -> None:
    for of, case_id, extent in (
        (seed("b"), CASE, EXTENT),
        (seed("a"), OTHER, EXTENT),
        (seed("a"), CASE, b"\x00\x00\x00\x02"),
    ):
        with pytest.raises(OpeningFailed):
            open_words(SEALED, of, case_id, extent)


def test_spoilt_bytes_stay_shut() -> None:
    for changed in [*every_byte_spoilt(SEALED), *every_length_but(SEALED)]:
        assert_shut(lambda changed=changed: open_words(changed, seed("a"), CASE, EXTENT))  # type: ignore[misc]


def test_another_version_is_malformed() -> None:
    with pytest.raises(Malformed):
        open_words(b"\x02" + SEALED[1:], seed("a"), CASE, EXTENT)
