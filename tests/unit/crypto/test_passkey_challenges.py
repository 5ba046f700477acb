"""A challenge says when it was made, to whom made it, for one use in one browser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.errors import OpeningFailed
from crypto.passkey_challenges import make_challenge, read_challenge
from tests.unit.crypto.builders import (
    assert_shut,
    every_byte_spoilt,
    every_length_but,
    properties,
)

SECRET, BROWSER = b"s" * 32, b"b" * 32
MADE = make_challenge(1_795_000_000_000, SECRET, b"sign-in", BROWSER)


@properties
@given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_the_moment_comes_back(moment: int, secret: bytes) -> None:
    challenge = make_challenge(moment, secret, b"add", BROWSER)

    assert read_challenge(challenge, secret, b"add", BROWSER) == moment
    assert len(challenge) == 49


@pytest.mark.parametrize(
    ("secret", "use", "browser"),
    [
        (b"t" * 32, b"sign-in", BROWSER),
        (SECRET, b"add", BROWSER),
        (SECRET, b"sign-in", b"c" * 32),
        (SECRET, b"sign-inb", BROWSER[1:]),
    ],
    ids=["another secret", "another use", "another browser", "the same bytes, cut elsewhere"],
)
def test_it_opens_for_nothing_else(secret: bytes, use: bytes, browser: bytes) -> None:
    with pytest.raises(OpeningFailed):
        read_challenge(MADE, secret, use, browser)


def test_no_two_are_alike() -> None:
    made = {make_challenge(1, SECRET, b"sign-in", BROWSER) for _ in range(50)}

    assert len(made) == 50


def test_spoilt_bytes_stay_shut() -> None:
    for changed in [*every_byte_spoilt(MADE), *every_length_but(MADE)]:
        assert_shut(lambda changed=changed: read_challenge(changed, SECRET, b"sign-in", BROWSER))  # type: ignore[misc]
