"""Padding to buckets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.errors import Malformed
from crypto.padding import LARGEST_BUCKET, is_bucket, pad, padded_length, unpad
from tests.unit.crypto.builders import properties, spoilt

LONGEST = LARGEST_BUCKET - 4


@properties
@given(st.binary(max_size=5000))
def test_the_payload_comes_back(payload: bytes) -> None:
    assert unpad(pad(payload)) == payload


@properties
@given(st.integers(0, LONGEST))
def test_every_length_falls_in_the_smallest_bucket_that_holds_it(length: int) -> None:
    bucket = padded_length(length)

    assert is_bucket(bucket)
    assert length + 4 <= bucket
    assert bucket == 1024 or length + 4 > bucket // 2


@properties
@given(st.integers(0, 14), st.data())
def test_the_padded_length_tells_nothing_but_the_bucket(
    doublings: int, data: st.DataObject
) -> None:
    bucket = 1024 << doublings
    shortest = 0 if doublings == 0 else bucket // 2 - 3

    length = data.draw(st.integers(shortest, bucket - 4))

    assert padded_length(length) == bucket


@pytest.mark.parametrize("length", [-1, LONGEST + 1])
def test_what_fits_no_bucket_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="16 MiB"):
        padded_length(length)


@pytest.mark.parametrize("length", [0, 1, 1023, 1025, 3072, LARGEST_BUCKET * 2])
def test_another_length_is_no_bucket(length: int) -> None:
    assert not is_bucket(length)
    with pytest.raises(Malformed):
        unpad(bytes(length))


@pytest.mark.parametrize("at", [5, 500, 1023])
def test_filling_that_is_not_zero_is_refused(at: int) -> None:
    padded = bytearray(pad(b""))
    padded[at] = 1

    with pytest.raises(Malformed):
        unpad(bytes(padded))


def test_a_bucket_larger_than_needed_is_refused() -> None:
    with pytest.raises(Malformed):
        unpad(pad(b"payload") + bytes(1024))


@properties
@given(spoilt(pad(bytes(1020))))
def test_spoilt_padding_never_gives_the_same_payload(changed: bytes) -> None:
    try:
        assert unpad(changed) != bytes(1020)
    except Malformed:
        return
