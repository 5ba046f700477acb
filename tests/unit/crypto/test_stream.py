"""Files of any size, sealed piece by piece."""

import tracemalloc
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.errors import Malformed, OpeningFailed
from crypto.labels import Context, Purpose
from crypto.stream import (
    HEADER_SIZE,
    PIECE_OVERHEAD,
    PIECE_SIZE,
    Sealer,
    StreamKey,
    opened,
    padded_size,
    sealed_size,
)
from tests.unit.crypto.builders import (
    assert_shut,
    every_byte_spoilt,
    every_length_but,
    properties,
    seed,
    spoilt,
)

KEY = StreamKey(seed("file").raw)
CONTEXT = Context(Purpose.EVIDENCE, (b"id",))
SEALED_PIECE = PIECE_SIZE + PIECE_OVERHEAD
TEXT = b"payload"


def _sealed(*pushed: bytes, key: StreamKey = KEY, context: Context = CONTEXT) -> bytes:
    sealer = Sealer(key, context)
    parts = [sealer.header, *(sealer.push(each) for each in pushed), *sealer.finish()]
    return b"".join(parts)


def _opened(sealed: bytes, size: int, key: StreamKey = KEY, context: Context = CONTEXT) -> bytes:
    return b"".join(opened([sealed], key, context, size))


SHORT = _sealed(TEXT)
LONG_TEXT = bytes(range(256)) * 1024  # four whole pieces
LONG = _sealed(LONG_TEXT)


def _cut(sealed: bytes) -> list[bytes]:
    """The header and the pieces."""
    rest = sealed[HEADER_SIZE:]
    pieces = [rest[at : at + SEALED_PIECE] for at in range(0, len(rest), SEALED_PIECE)]
    return [sealed[:HEADER_SIZE], *pieces]


@properties
@given(st.lists(st.binary(max_size=3000), max_size=5), st.integers(1, 4000))
def test_what_was_pushed_comes_back_however_it_was_cut(pushed: list[bytes], step: int) -> None:
    text, sealed = b"".join(pushed), _sealed(*pushed)

    chunks = [sealed[at : at + step] for at in range(0, len(sealed), step)]

    assert b"".join(opened(chunks, KEY, CONTEXT, len(text))) == text
    assert len(sealed) == sealed_size(len(text))


@pytest.mark.parametrize(
    "size",
    [n * PIECE_SIZE + more for n in (1, 2, 17) for more in (-1, 0, 1)] + [0, 1, 1024, 5_000_000],
)
def test_sizes_around_the_edges_of_pieces_come_back(size: int) -> None:
    text = (b"0123456789abcde" * (size // 15 + 1))[:size]

    sealed = _sealed(text)

    assert len(sealed) == sealed_size(size)
    assert _opened(sealed, size) == text


@properties
@given(st.integers(0, 2**42))
def test_padding_adds_little_and_leaves_few_lengths(size: int) -> None:
    padded = padded_size(size)

    assert size <= padded <= max(1024, size + size * 12 // 100)
    assert padded_size(padded) == padded
    exponent = padded.bit_length() - 1
    assert padded % (1 << (exponent - exponent.bit_length())) == 0


def test_two_files_of_about_the_same_size_look_alike() -> None:
    assert sealed_size(0) == sealed_size(1024)
    assert sealed_size(1_000_000) == sealed_size(1_010_000)
    with pytest.raises(ValueError, match="negative"):
        padded_size(-1)


def test_a_flipped_bit_in_any_byte_keeps_it_shut() -> None:
    for sealed in every_byte_spoilt(SHORT):
        assert_shut(lambda sealed=sealed: _opened(sealed, len(TEXT)))  # type: ignore[misc]


def test_any_other_length_keeps_it_shut() -> None:
    for sealed in every_length_but(SHORT):
        assert_shut(lambda sealed=sealed: _opened(sealed, len(TEXT)))  # type: ignore[misc]


@properties
@given(spoilt(LONG))
def test_spoilt_bytes_stay_shut(sealed: bytes) -> None:
    assert_shut(lambda: _opened(sealed, len(LONG_TEXT)))


@properties
@given(spoilt(LONG), st.lists(st.integers(0, 70_000), max_size=5))
def test_spoilt_bytes_stay_shut_however_they_are_cut(sealed: bytes, cuts: list[int]) -> None:
    edges = sorted({0, len(sealed), *(min(cut, len(sealed)) for cut in cuts)})
    chunks = [sealed[start:end] for start, end in pairwise(edges)]
    came: list[bytes] = []

    assert_shut(lambda: came.extend(opened([*chunks, b""], KEY, CONTEXT, len(LONG_TEXT))))

    assert LONG_TEXT.startswith(b"".join(came))


@properties
@given(st.binary(max_size=3000), st.integers(0, 2**42))
def test_bytes_that_nobody_sealed_stay_shut(made_up: bytes, size: int) -> None:
    assert_shut(lambda: _opened(made_up, size))
    assert_shut(lambda: _opened(SHORT[:HEADER_SIZE] + made_up, size))


@properties
@given(st.integers(0, 2**42).filter(lambda size: padded_size(size) != padded_size(len(TEXT))))
def test_a_size_of_another_padding_keeps_it_shut(size: int) -> None:
    assert_shut(lambda: _opened(SHORT, size))


@properties
@given(st.lists(st.integers(0, 4), max_size=7).filter(lambda order: order != [0, 1, 2, 3, 4]))
def test_pieces_in_any_other_order_or_number_stay_shut(order: list[int]) -> None:
    pieces = _cut(LONG)

    assert_shut(lambda: _opened(b"".join(pieces[at] for at in order), len(LONG_TEXT)))


def test_a_stream_cut_between_pieces_never_passes_for_a_shorter_one() -> None:
    pieces = _cut(LONG)

    with pytest.raises(OpeningFailed):
        _opened(b"".join(pieces[:3]), 2 * PIECE_SIZE)


def test_a_piece_of_another_stream_under_the_same_key_does_not_fit() -> None:
    ours, other = _cut(LONG), _cut(_sealed(LONG_TEXT))

    with pytest.raises(OpeningFailed):
        _opened(b"".join([*ours[:2], other[2], *ours[3:]]), len(LONG_TEXT))


@pytest.mark.parametrize(
    "other", [Context(Purpose.EVIDENCE, (b"other",)), Context(Purpose.MESSAGE, (b"id",))]
)
def test_another_context_keeps_it_shut(other: Context) -> None:
    with pytest.raises(OpeningFailed):
        _opened(SHORT, len(TEXT), context=other)


def test_another_key_keeps_it_shut() -> None:
    with pytest.raises(OpeningFailed):
        _opened(SHORT, len(TEXT), key=StreamKey.generate())


def test_a_smaller_size_than_was_pushed_keeps_it_shut() -> None:
    with pytest.raises(OpeningFailed):
        _opened(SHORT, len(TEXT) - 1)


def test_an_unknown_version_is_malformed() -> None:
    with pytest.raises(Malformed):
        _opened(b"\x02" + SHORT[1:], len(TEXT))


def test_what_comes_before_a_spoilt_piece_is_still_given() -> None:
    pieces = _cut(LONG)
    pieces[3] = bytes(len(pieces[3]))
    reading = opened(pieces, KEY, CONTEXT, len(LONG_TEXT))

    assert next(reading) + next(reading) == LONG_TEXT[: 2 * PIECE_SIZE]
    with pytest.raises(OpeningFailed):
        next(reading)


def test_a_stream_key_does_not_show_itself() -> None:
    assert KEY.raw.hex() not in repr(KEY)
    assert StreamKey.generate() != StreamKey.generate()


def _sealed_slowly(megabytes: int) -> Iterator[bytes]:
    sealer = Sealer(KEY, CONTEXT)
    yield sealer.header
    for _ in range(megabytes):
        yield sealer.push(bytes(1024 * 1024))
    yield from sealer.finish()


def test_memory_stays_the_same_whatever_the_size() -> None:
    """33 MiB: its padding alone is a megabyte."""
    size = 33 * 1024 * 1024
    tracemalloc.start()
    try:
        read = sum(len(piece) for piece in opened(_sealed_slowly(33), KEY, CONTEXT, size))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert read == size
    assert peak < 8 * 1024 * 1024
