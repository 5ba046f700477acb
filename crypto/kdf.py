"""Argon2id (RFC 9106): what makes each guess at a receipt code or a passphrase expensive."""

from dataclasses import dataclass

from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw

from crypto.errors import Malformed

MASTER_SIZE = 32
SALT_SIZE = 16


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What one derivation costs.

    Attributes:
        memory_kib: memory in KiB, 8 per lane to 1 GiB.
        iterations: passes over it, 1 to 16.
        lanes: how much can run in parallel, 1 to 16.

    Raises:
        Malformed: out of those bounds. They keep a forged record from asking for all memory.
    """

    memory_kib: int
    iterations: int
    lanes: int

    def __post_init__(self) -> None:
        if not (1 <= self.iterations <= 16 and 1 <= self.lanes <= 16):
            raise Malformed("cost out of bounds")
        if not 8 * self.lanes <= self.memory_kib <= 1024 * 1024:
            raise Malformed("cost out of bounds")


RECEIPT_COST = KdfCost(19_456, 2, 1)
"""OWASP's minimum; a code of 129 bits needs no more. See docs/explanation/keys.md."""

PASSPHRASE_COST = KdfCost(65_536, 3, 4)
"""RFC 9106, section 4, second recommended option."""


def argon2id(secret: bytes, salt: bytes, cost: KdfCost) -> bytes:
    """32 bytes from a secret that people can type.

    Args:
        secret: the normalised code or passphrase.
        salt: 16 bytes.
        cost: see `KdfCost`; the caller bounds how many run at once.
    """
    return hash_secret_raw(
        secret=secret,
        salt=salt,
        time_cost=cost.iterations,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=MASTER_SIZE,
        type=Type.ID,
        version=ARGON2_VERSION,
    )
