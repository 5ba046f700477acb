"""A seed wrapped under a passphrase."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.errors import Malformed, OpeningFailed
from crypto.kdf import PASSPHRASE_COST, KdfCost
from crypto.passphrase import unwrap_seed, wrap_seed
from tests.unit.crypto.builders import (
    WEAK,
    assert_shut,
    every_byte_spoilt,
    every_length_but,
    properties,
    seed,
)

OWNER = b"\x01" * 16
WRAPPED = wrap_seed(seed("a"), "passphrase", OWNER, WEAK)


@properties
@given(st.text(max_size=80), st.binary(max_size=20))
def test_the_passphrase_gives_the_seed_back(passphrase: str, owner: bytes) -> None:
    wrapped = wrap_seed(seed("a"), passphrase, owner, WEAK)

    assert unwrap_seed(wrapped, passphrase, owner) == seed("a")
    assert len(wrapped) == 95


def test_the_office_pays_the_full_cost_unless_told_otherwise() -> None:
    wrapped = wrap_seed(seed("a"), "passphrase", OWNER)

    assert wrapped[1:7] == (65_536).to_bytes(4, "big") + bytes([3, 4])
    assert unwrap_seed(wrapped, "passphrase", OWNER) == seed("a")
    assert PASSPHRASE_COST.memory_kib == 65_536


def test_two_wrappings_share_nothing() -> None:
    again = wrap_seed(seed("a"), "passphrase", OWNER, WEAK)

    assert again[7:23] != WRAPPED[7:23]
    assert again[23:] != WRAPPED[23:]


@pytest.mark.parametrize("typed", ["cafe\u0301", "café", "ｃａｆé"])
def test_a_passphrase_is_the_same_from_every_keyboard(typed: str) -> None:
    wrapped = wrap_seed(seed("a"), "café", OWNER, WEAK)

    assert unwrap_seed(wrapped, typed, OWNER) == seed("a")


@pytest.mark.parametrize("typed", ["", "Passphrase", "passphrase ", "passphras", "\udc80"])
def test_another_passphrase_keeps_it_shut(typed: str) -> None:
    with pytest.raises(OpeningFailed):
        unwrap_seed(WRAPPED, typed, OWNER)


def test_another_owner_keeps_it_shut() -> None:
    with pytest.raises(OpeningFailed):
        unwrap_seed(WRAPPED, "passphrase", b"\x02" * 16)


def test_a_flipped_bit_after_the_cost_keeps_it_shut() -> None:
    for changed in every_byte_spoilt(WRAPPED, start=7):
        assert_shut(lambda changed=changed: unwrap_seed(changed, "passphrase", OWNER))  # type: ignore[misc]


@pytest.mark.parametrize("cost", [KdfCost(9, 1, 1), KdfCost(8, 2, 1), KdfCost(16, 1, 2)])
def test_another_cost_keeps_it_shut(cost: KdfCost) -> None:
    encoded = cost.memory_kib.to_bytes(4, "big") + bytes([cost.iterations, cost.lanes])

    with pytest.raises(OpeningFailed):
        unwrap_seed(WRAPPED[:1] + encoded + WRAPPED[7:], "passphrase", OWNER)


@pytest.mark.parametrize("encoded", [b"\xff\xff\xff\xff\x01\x01", bytes(6), b"\0\0\0\x08\xff\x01"])
def test_a_cost_out_of_bounds_is_refused_before_it_is_paid(encoded: bytes) -> None:
    with pytest.raises(Malformed):
        unwrap_seed(WRAPPED[:1] + encoded + WRAPPED[7:], "passphrase", OWNER)


def test_any_other_length_is_malformed() -> None:
    for changed in every_length_but(WRAPPED):
        with pytest.raises(Malformed):
            unwrap_seed(changed, "passphrase", OWNER)


def test_an_unknown_version_is_malformed() -> None:
    with pytest.raises(Malformed):
        unwrap_seed(b"\x02" + WRAPPED[1:], "passphrase", OWNER)
