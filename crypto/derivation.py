"""Labelled keys from a key: HKDF-SHA256 (RFC 5869)."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from crypto.labels import Context


def expand(secret: bytes, context: Context, length: int = 32) -> bytes:
    """A key for one purpose from a secret that is already uniform (HKDF-Expand).

    Args:
        secret: at least 32 uniform bytes.
        context: the purpose and what else the key is bound to.
        length: bytes wanted, at most 8160.
    """
    return HKDFExpand(SHA256(), length, context.encode()).derive(secret)


def extract_and_expand(secret: bytes, salt: bytes, context: Context, length: int) -> bytes:
    """As `expand`, for a secret that must be mixed with a second one (HKDF-Extract first)."""
    return HKDF(SHA256(), length, salt, context.encode()).derive(secret)
