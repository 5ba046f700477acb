"""Small secrets sealed to a key."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.errors import Malformed, OpeningFailed
from crypto.hybrid import X25519_SIZE
from crypto.keys import CasePrivateKey, IntakePrivateKey, MailboxPrivateKey, PrivateKey
from crypto.labels import Context, Purpose
from crypto.sealed_box import OVERHEAD, open_sealed, seal
from tests.unit.crypto.builders import (
    assert_shut,
    every_byte_spoilt,
    every_length_but,
    properties,
    seed,
    spoilt,
)

KEY = CasePrivateKey(seed("case"))
CONTEXT = Context(Purpose.NOTE, (b"case", b"1"))
BOX = seal(b"secret", KEY.public, CONTEXT)


@properties
@given(st.binary(max_size=200))
def test_what_is_sealed_opens_again(secret: bytes) -> None:
    box = seal(secret, KEY.public, CONTEXT)

    assert open_sealed(box, KEY, CONTEXT) == secret
    assert len(box) == len(secret) + OVERHEAD


def test_a_seed_takes_1185_bytes() -> None:
    assert len(seal(bytes(32), KEY.public, CONTEXT)) == 1185


def test_the_same_secret_never_gives_the_same_box() -> None:
    assert seal(b"secret", KEY.public, CONTEXT) != BOX


def test_a_flipped_bit_in_any_byte_keeps_it_shut() -> None:
    for changed in every_byte_spoilt(BOX):
        assert_shut(lambda changed=changed: open_sealed(changed, KEY, CONTEXT))  # type: ignore[misc]


def test_any_other_length_keeps_it_shut() -> None:
    for changed in every_length_but(BOX):
        assert_shut(lambda changed=changed: open_sealed(changed, KEY, CONTEXT))  # type: ignore[misc]


@properties
@given(spoilt(BOX))
def test_spoilt_bytes_stay_shut(changed: bytes) -> None:
    assert_shut(lambda: open_sealed(changed, KEY, CONTEXT))


@properties
@given(st.binary(max_size=2000))
def test_any_bytes_at_all_stay_shut(stray: bytes) -> None:
    assert_shut(lambda: open_sealed(stray, KEY, CONTEXT))
    assert_shut(lambda: open_sealed(b"\x01" + stray, KEY, CONTEXT))


@pytest.mark.parametrize(
    "other",
    [
        Context(Purpose.SHEET, (b"case", b"1")),
        Context(Purpose.NOTE, (b"case", b"2")),
        Context(Purpose.NOTE, (b"case1",)),
        Context(Purpose.NOTE, (b"case", b"1", b"")),
        Context(Purpose.NOTE),
    ],
)
def test_another_context_keeps_it_shut(other: Context) -> None:
    with pytest.raises(OpeningFailed):
        open_sealed(BOX, KEY, other)


@pytest.mark.parametrize(
    "key",
    [
        CasePrivateKey(seed("other")),
        IntakePrivateKey(seed("case")),
        MailboxPrivateKey(seed("case")),
    ],
)
def test_another_recipient_or_kind_keeps_it_shut(key: PrivateKey) -> None:
    with pytest.raises(OpeningFailed):
        open_sealed(BOX, key, CONTEXT)


def test_either_half_alone_does_not_open_it() -> None:
    other = CasePrivateKey(seed("other")).public
    for mixed in (
        replace(KEY.public, raw=other.raw[:X25519_SIZE] + KEY.public.raw[X25519_SIZE:]),
        replace(KEY.public, raw=KEY.public.raw[:X25519_SIZE] + other.raw[X25519_SIZE:]),
    ):
        box = seal(b"secret", mixed, CONTEXT)

        with pytest.raises(OpeningFailed):
            open_sealed(box, KEY, CONTEXT)


def test_the_kind_is_bound_even_where_two_kinds_had_the_same_halves() -> None:
    disguised = IntakePrivateKey(seed("case"))
    object.__setattr__(disguised, "opener", KEY.opener)

    with pytest.raises(OpeningFailed):
        open_sealed(BOX, disguised, CONTEXT)


def test_an_unknown_version_is_malformed() -> None:
    for version in (0, 2, 255):
        with pytest.raises(Malformed):
            open_sealed(bytes([version]) + BOX[1:], KEY, CONTEXT)
