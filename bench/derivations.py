"""Argon2id: what one sign-in costs the server, on purpose."""

import os
from collections.abc import Iterator

from bench.figures import Beside, Figure, Kind
from bench.scale import Scale
from bench.timing import milliseconds
from crypto.kdf import PASSPHRASE_COST, RECEIPT_COST, KdfCost, argon2id

GROUP = "Argon2id"
# A sign-in without scripts may cost the server about 100 ms of one core: docs/explanation/keys.md.
RECEIPT_LIMIT = 100.0
PASSPHRASE_LIMIT = 1000.0


def measure(scale: Scale) -> Iterator[Figure]:
    """Milliseconds of one derivation of each cost."""
    yield _figure("receipt code", RECEIPT_COST, RECEIPT_LIMIT, scale)
    yield _figure("passphrase", PASSPHRASE_COST, PASSPHRASE_LIMIT, scale)


def per_core(scale: Scale) -> float:
    """Derivations of a receipt code per second on one core."""
    return 1000 / _median(RECEIPT_COST, scale)


def _figure(name: str, cost: KdfCost, limit: float, scale: Scale) -> Figure:
    named = f"{name} ({cost.memory_kib // 1024} MiB, t={cost.iterations}, p={cost.lanes})"
    beside = Beside(Kind.LIMIT, "of our own choice", limit)
    return Figure(GROUP, named, _median(cost, scale), "ms", (beside,))


def _median(cost: KdfCost, scale: Scale) -> float:
    secret, salt = os.urandom(64), os.urandom(16)
    return milliseconds(lambda: argon2id(secret, salt, cost), times=scale.derivations)
