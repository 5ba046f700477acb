"""A personal seed wrapped under its owner's passphrase, or under an invitation code."""

import unicodedata

from nacl.utils import random

from crypto import aead
from crypto.errors import Malformed
from crypto.kdf import PASSPHRASE_COST, SALT_SIZE, KdfCost, argon2id
from crypto.keys import Seed
from crypto.labels import Context, Purpose
from crypto.versions import V1, strip_version

_COST_SIZE = 4 + 1 + 1
_HEADER_SIZE = 1 + _COST_SIZE + SALT_SIZE
_WRAPPED_SIZES = frozenset(_HEADER_SIZE + aead.OVERHEAD + size for size in Seed.SIZES)


def wrap_seed(seed: Seed, passphrase: str, owner: bytes, cost: KdfCost = PASSPHRASE_COST) -> bytes:
    """Wrap a seed so that only the passphrase gives it back.

    Args:
        seed: the personal seed.
        passphrase: as typed; NFKC makes the same of it on every keyboard.
        owner: the id of the person; another person's row does not open with it.
        cost: travels with the result, so that it can rise for new wrappings.

    Returns:
        Version, cost, salt, nonce, ciphertext: 95 bytes for a seed of suite 1.
    """
    header = V1 + _encode_cost(cost) + random(SALT_SIZE)
    key = argon2id(_normalised(passphrase), header[-SALT_SIZE:], cost)
    return header + aead.encrypt(key, seed.raw, _associated(owner, header))


def unwrap_seed(wrapped: bytes, passphrase: str, owner: bytes) -> Seed:
    """The seed that `wrap_seed` wrapped.

    Raises:
        Malformed: not a wrapped seed, an unknown version, or a cost out of bounds.
        OpeningFailed: another passphrase or owner, or altered bytes.
    """
    strip_version(wrapped)
    if len(wrapped) not in _WRAPPED_SIZES:
        raise Malformed("not a wrapped seed")
    header, sealed = wrapped[:_HEADER_SIZE], wrapped[_HEADER_SIZE:]
    cost = _decode_cost(header[1 : 1 + _COST_SIZE])
    key = argon2id(_normalised(passphrase), header[-SALT_SIZE:], cost)
    return Seed.from_bytes(aead.decrypt(key, sealed, _associated(owner, header)))


def _normalised(passphrase: str) -> bytes:
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")


def _encode_cost(cost: KdfCost) -> bytes:
    return cost.memory_kib.to_bytes(4, "big") + bytes([cost.iterations, cost.lanes])


def _decode_cost(encoded: bytes) -> KdfCost:
    return KdfCost(int.from_bytes(encoded[:4], "big"), encoded[4], encoded[5])


def _associated(owner: bytes, header: bytes) -> bytes:
    return Context(Purpose.WRAPPED_SEED, (owner, header)).encode()
