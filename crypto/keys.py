"""Hybrid key pairs (X25519 and ML-KEM-768), one Python type per kind of key.

Both halves come from one 32-byte seed. The kind of a key is in its derivation, in its encoding
and in whatever is sealed to it, so a key of one kind cannot do the work of another: not by
mistake (another type), not by moving bytes (another kind byte), not by reusing a seed (other
halves).
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from enum import IntEnum
from hashlib import sha256
from typing import ClassVar, NewType, Self

import nacl.exceptions
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from nacl.bindings import crypto_scalarmult
from nacl.public import PrivateKey as X25519PrivateKey

from crypto.derivation import expand
from crypto.errors import Malformed
from crypto.labels import Context, Purpose
from crypto.secret_bytes import SecretBytes
from crypto.versions import V1, strip_version

KeyId = NewType("KeyId", bytes)

X25519_SIZE = 32
MLKEM768_SIZE = 1184
MLKEM768_SEED_SIZE = 64
PUBLIC_KEY_SIZE = 2 + X25519_SIZE + MLKEM768_SIZE

_ANY_SCALAR = b"\x40" * 32


class KeyKind(IntEnum):
    """Whose key it is; the byte in its encoding."""

    INTAKE = 1
    CASE = 2
    MAILBOX = 3
    RECOVERY = 4
    PERSONAL = 5
    CONSULTATION = 6


class Seed(SecretBytes):
    """The 32 secret bytes a key pair is derived from: all there is of a private key to wrap."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, repr=False)
class HybridPublicKey:
    """What anyone may hold to seal something that only the owner of the seed opens.

    Attributes:
        x25519: 32 bytes (RFC 7748).
        mlkem768: 1184 bytes (FIPS 203).

    Raises:
        Malformed: a half has the wrong length, or is no usable key.
    """

    x25519: bytes
    mlkem768: bytes
    KIND: ClassVar[KeyKind]

    def __post_init__(self) -> None:
        _check_x25519(self.x25519)
        _check_mlkem768(self.mlkem768)

    def to_bytes(self) -> bytes:
        """Version, kind, X25519 half, ML-KEM-768 half: 1218 bytes."""
        return V1 + bytes([self.KIND]) + self.x25519 + self.mlkem768

    @classmethod
    def from_bytes(cls, encoded: bytes) -> Self:
        """The key that `to_bytes` wrote.

        Raises:
            Malformed: another version, kind or length.
        """
        rest = strip_version(encoded)
        if len(encoded) != PUBLIC_KEY_SIZE or rest[0] != cls.KIND:
            raise Malformed("not a public key of this kind")
        return cls(rest[1 : 1 + X25519_SIZE], rest[1 + X25519_SIZE :])

    @property
    def key_id(self) -> KeyId:
        """16 bytes that name this key in a table: the start of the SHA-256 of its encoding."""
        return KeyId(sha256(self.to_bytes()).digest()[:16])

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.key_id.hex()})"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class HybridPrivateKey(ABC):
    """A private key, derived from its seed. Two are equal when their seeds are."""

    seed: Seed
    x25519_half: X25519PrivateKey = field(init=False)
    mlkem768_half: MLKEM768PrivateKey = field(init=False)
    KIND: ClassVar[KeyKind]

    def __post_init__(self) -> None:
        name = self.KIND.name.lower().encode("ascii")
        x25519 = expand(self.seed.raw, Context(Purpose.KEY_X25519, (name,)))
        mlkem768 = expand(self.seed.raw, Context(Purpose.KEY_MLKEM768, (name,)), MLKEM768_SEED_SIZE)
        object.__setattr__(self, "x25519_half", X25519PrivateKey(x25519))
        object.__setattr__(self, "mlkem768_half", MLKEM768PrivateKey.from_seed_bytes(mlkem768))

    def _public_halves(self) -> tuple[bytes, bytes]:
        mlkem768 = self.mlkem768_half.public_key().public_bytes_raw()
        return bytes(self.x25519_half.public_key), mlkem768

    @property
    @abstractmethod
    def public(self) -> HybridPublicKey:
        """The public key of this pair."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self.seed == other.seed

    __hash__ = None  # type: ignore[assignment]  # as for its seed

    def __repr__(self) -> str:
        return f"{type(self).__name__}(hidden)"


def _check_x25519(encoded: bytes) -> None:
    if len(encoded) != X25519_SIZE:
        raise Malformed("X25519 key of the wrong length")
    try:  # A point of small order makes every shared secret zero; libsodium refuses it.
        crypto_scalarmult(_ANY_SCALAR, encoded)
    except nacl.exceptions.CryptoError:
        raise Malformed("unusable X25519 key") from None


def _check_mlkem768(encoded: bytes) -> None:
    try:
        MLKEM768PublicKey.from_public_bytes(encoded)
    except ValueError:
        raise Malformed("unusable ML-KEM-768 key") from None


class IntakePublicKey(HybridPublicKey):
    """The office's key for new cases."""

    __slots__ = ()
    KIND = KeyKind.INTAKE


class CasePublicKey(HybridPublicKey):
    """The key of one case: what the reporter writes is sealed to it."""

    __slots__ = ()
    KIND = KeyKind.CASE


class MailboxPublicKey(HybridPublicKey):
    """The reporter's key: what the office writes to her is sealed to it."""

    __slots__ = ()
    KIND = KeyKind.MAILBOX


class RecoveryPublicKey(HybridPublicKey):
    """The key that k custodians together hold: every case is granted to it."""

    __slots__ = ()
    KIND = KeyKind.RECOVERY


class PersonalPublicKey(HybridPublicKey):
    """The key of one member of staff or custodian."""

    __slots__ = ()
    KIND = KeyKind.PERSONAL


class ConsultationPublicKey(HybridPublicKey):
    """The key of one consultation: what a public service may read is sealed to it."""

    __slots__ = ()
    KIND = KeyKind.CONSULTATION


class IntakePrivateKey(HybridPrivateKey):
    """Opens new cases; granted to each person with the intake role."""

    __slots__ = ()
    KIND = KeyKind.INTAKE

    @property
    def public(self) -> IntakePublicKey:
        return IntakePublicKey(*self._public_halves())


class CasePrivateKey(HybridPrivateKey):
    """Opens one case; granted to whoever handles it."""

    __slots__ = ()
    KIND = KeyKind.CASE

    @property
    def public(self) -> CasePublicKey:
        return CasePublicKey(*self._public_halves())


class MailboxPrivateKey(HybridPrivateKey):
    """Opens one mailbox; only the receipt code gives it."""

    __slots__ = ()
    KIND = KeyKind.MAILBOX

    @property
    def public(self) -> MailboxPublicKey:
        return MailboxPublicKey(*self._public_halves())


class RecoveryPrivateKey(HybridPrivateKey):
    """Opens any case; exists only while k custodians combine their shares."""

    __slots__ = ()
    KIND = KeyKind.RECOVERY

    @property
    def public(self) -> RecoveryPublicKey:
        return RecoveryPublicKey(*self._public_halves())


class PersonalPrivateKey(HybridPrivateKey):
    """Opens what was granted to one person; only that person's passphrase gives it."""

    __slots__ = ()
    KIND = KeyKind.PERSONAL

    @property
    def public(self) -> PersonalPublicKey:
        return PersonalPublicKey(*self._public_halves())


class ConsultationPrivateKey(HybridPrivateKey):
    """Opens one consultation; only the passphrase of that consultation gives it."""

    __slots__ = ()
    KIND = KeyKind.CONSULTATION

    @property
    def public(self) -> ConsultationPublicKey:
        return ConsultationPublicKey(*self._public_halves())
