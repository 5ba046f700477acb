"""A small secret sealed to a hybrid key: an attacker must break X25519 and ML-KEM-768 both.

A NaCl sealed box to the X25519 half, inside an HPKE message (RFC 9180, base mode) to the
ML-KEM-768 half. The context and the kind of the recipient's key are the HPKE ``info``: a box
moved elsewhere does not open. Anyone can seal; a box says nothing about who did.
"""

import nacl.exceptions
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from nacl.public import PublicKey, SealedBox

from crypto.errors import Malformed, OpeningFailed
from crypto.keys import HybridPrivateKey, HybridPublicKey, KeyKind
from crypto.labels import Context
from crypto.versions import V1, strip_version

_SUITE = Suite(KEM.MLKEM768, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_KEM_SIZE, _HPKE_TAG_SIZE, _NACL_SIZE = 1088, 16, 48

OVERHEAD = 1 + _KEM_SIZE + _HPKE_TAG_SIZE + _NACL_SIZE


def seal(secret: bytes, to: HybridPublicKey, context: Context) -> bytes:
    """Seal a small secret.

    Args:
        secret: any length; its length shows.
        to: the recipient's key.
        context: what the secret is for and belongs to; needed again to open.

    Returns:
        ``len(secret) + 1153`` bytes.
    """
    inner = SealedBox(PublicKey(to.x25519)).encrypt(secret)
    outer_key = MLKEM768PublicKey.from_public_bytes(to.mlkem768)
    return V1 + _SUITE.encrypt(inner, outer_key, info=_info(context, to.KIND))


def open_sealed(box: bytes, key: HybridPrivateKey, context: Context) -> bytes:
    """The secret that `seal` sealed.

    Raises:
        Malformed: not a box, or of an unknown version.
        OpeningFailed: the key or the context is another, or the box was altered.
    """
    message = strip_version(box)
    if len(box) < OVERHEAD:
        raise Malformed("too short for a sealed box")
    try:
        inner = _SUITE.decrypt(message, key.mlkem768_half, info=_info(context, key.KIND))
        return SealedBox(key.x25519_half).decrypt(inner)
    except (InvalidTag, nacl.exceptions.CryptoError):
        raise OpeningFailed from None


def _info(context: Context, kind: KeyKind) -> bytes:
    return context.encode() + bytes([kind])
