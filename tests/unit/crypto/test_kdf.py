"""The cost of a guess."""

import inspect

import pytest

from crypto import passphrase, receipt
from crypto.errors import Malformed
from crypto.kdf import PASSPHRASE_COST, RECEIPT_COST, KdfCost, argon2id
from tests.unit.crypto.builders import WEAK


def test_production_uses_the_strong_costs() -> None:
    assert KdfCost(memory_kib=19_456, iterations=2, lanes=1) == RECEIPT_COST  # OWASP
    assert KdfCost(memory_kib=65_536, iterations=3, lanes=4) == PASSPHRASE_COST  # RFC 9106

    assert inspect.signature(receipt.derive).parameters["cost"].default is RECEIPT_COST
    assert inspect.signature(passphrase.wrap_seed).parameters["cost"].default is PASSPHRASE_COST
    assert WEAK not in (RECEIPT_COST, PASSPHRASE_COST)


def test_every_part_of_the_cost_counts() -> None:
    costs = [WEAK, KdfCost(16, 1, 1), KdfCost(16, 2, 1), KdfCost(16, 1, 2)]

    assert len({argon2id(b"secret", bytes(16), cost) for cost in costs}) == 4


def test_the_secret_and_the_salt_count() -> None:
    results = {
        argon2id(secret, salt, WEAK)
        for secret in (b"", b"secret")
        for salt in (bytes(16), b"\x01" * 16)
    }

    assert len(results) == 4
    assert all(len(result) == 32 for result in results)


@pytest.mark.parametrize(
    "cost",
    [
        (7, 1, 1),
        (8, 1, 2),
        (8, 0, 1),
        (8, 17, 1),
        (8, 1, 0),
        (200, 1, 17),
        (1024 * 1024 + 1, 1, 1),
    ],
)
def test_a_cost_out_of_bounds_is_refused(cost: tuple[int, int, int]) -> None:
    with pytest.raises(Malformed):
        KdfCost(*cost)
