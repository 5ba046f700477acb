"""Suite 1: X25519 and ML-KEM-768, of which an attacker must break both.

A NaCl sealed box to the X25519 half, inside an HPKE message (RFC 9180, base mode) to the
ML-KEM-768 half, with ``info`` as HPKE's.
"""

import nacl.exceptions
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM
from cryptography.hazmat.primitives.hpke import Suite as Hpke
from nacl.bindings import crypto_scalarmult
from nacl.public import PrivateKey, PublicKey, SealedBox

from crypto.derivation import expand
from crypto.errors import Malformed, OpeningFailed
from crypto.labels import Context, Purpose
from crypto.suite import Suite, SuiteKey

X25519_SIZE = 32
MLKEM768_SIZE = 1184
_MLKEM768_SEED_SIZE = 64
_KEM_SIZE, _HPKE_TAG_SIZE, _NACL_SIZE = 1088, 16, 48

_HPKE = Hpke(KEM.MLKEM768, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_ANY_SCALAR = b"\x40" * 32


class HybridKey(SuiteKey):
    """Both private halves, each from the seed under a label of its own."""

    def __init__(self, seed: bytes, kind: str) -> None:
        name = kind.encode("ascii")
        mlkem768 = expand(seed, Context(Purpose.KEY_MLKEM768, (name,)), _MLKEM768_SEED_SIZE)
        self._x25519 = PrivateKey(expand(seed, Context(Purpose.KEY_X25519, (name,))))
        self._mlkem768 = MLKEM768PrivateKey.from_seed_bytes(mlkem768)

    @property
    def public(self) -> bytes:
        """X25519 (32 bytes, RFC 7748), then ML-KEM-768 (1184 bytes, FIPS 203)."""
        return bytes(self._x25519.public_key) + self._mlkem768.public_key().public_bytes_raw()

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """The secret. Raises OpeningFailed."""
        try:
            inner = _HPKE.decrypt(sealed, self._mlkem768, info=info)
            return SealedBox(self._x25519).decrypt(inner)
        except (InvalidTag, nacl.exceptions.CryptoError):
            raise OpeningFailed from None


class Hybrid(Suite):
    """X25519 and ML-KEM-768 from one seed."""

    number = 1
    public_size = X25519_SIZE + MLKEM768_SIZE
    overhead = _KEM_SIZE + _HPKE_TAG_SIZE + _NACL_SIZE

    def key(self, seed: bytes, kind: str) -> HybridKey:
        """The private key of a seed, for one kind."""
        return HybridKey(seed, kind)

    def check(self, public: bytes) -> None:
        """Refuse another length, a point of small order, and no ML-KEM key. Raises Malformed."""
        if len(public) != self.public_size:
            raise Malformed("a public key of the wrong length")
        _check_x25519(public[:X25519_SIZE])
        _check_mlkem768(public[X25519_SIZE:])

    def seal(self, secret: bytes, public: bytes, info: bytes) -> bytes:
        """``len(secret) + 1152`` bytes."""
        inner = SealedBox(PublicKey(public[:X25519_SIZE])).encrypt(secret)
        outer_key = MLKEM768PublicKey.from_public_bytes(public[X25519_SIZE:])
        return _HPKE.encrypt(inner, outer_key, info=info)


def _check_x25519(half: bytes) -> None:
    try:  # A point of small order makes every shared secret zero; libsodium refuses it.
        crypto_scalarmult(_ANY_SCALAR, half)
    except nacl.exceptions.CryptoError:
        raise Malformed("unusable X25519 key") from None


def _check_mlkem768(half: bytes) -> None:
    try:
        MLKEM768PublicKey.from_public_bytes(half)
    except ValueError:
        raise Malformed("unusable ML-KEM-768 key") from None
