"""Seeds and key pairs, one Python type per kind of key.

A pair comes from one seed, by the suite that the seed names (`crypto.suites`). The kind of a key
is in its derivation, in its encoding and in whatever is sealed to it, so a key of one kind cannot
do the work of another: not by mistake (another type), not by moving bytes (another kind byte), not
by reusing a seed (another key). With the suite it is the same.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from enum import IntEnum
from hashlib import sha256
from typing import ClassVar, NewType, Self

from nacl.utils import random

from crypto.errors import Malformed
from crypto.secret_bytes import SecretBytes
from crypto.suite import SuiteKey
from crypto.suites import FIRST, NEW_KEYS, suite_numbered

KeyId = NewType("KeyId", bytes)

_SUITE_SIZE = 2
_HEADER_SIZE = 2


class KeyKind(IntEnum):
    """Whose key it is; the byte in its encoding."""

    INTAKE = 1
    CASE = 2
    MAILBOX = 3
    RECOVERY = 4
    PERSONAL = 5
    CONSULTATION = 6


class Seed(SecretBytes):
    """The secret a key pair is derived from: all there is of a private key to wrap.

    32 random bytes for suite 1. For any other, two bytes with the number of the suite stand in
    front, so whatever holds a seed (a grant, a wrapping, a session, shares) holds its suite.
    """

    __slots__ = ()

    SIZES: ClassVar[frozenset[int]] = frozenset({SecretBytes.SIZE, _SUITE_SIZE + SecretBytes.SIZE})

    def __post_init__(self) -> None:
        try:
            suite_numbered(_suite_of(self.raw))
        except Malformed:
            raise ValueError("a seed is 32 bytes, after the number of another suite") from None

    @classmethod
    def generate(cls, suite: int = NEW_KEYS) -> Self:
        """A new one from the system's generator, for a pair of this suite."""
        return cls(_named(suite) + random(cls.SIZE))

    @classmethod
    def from_bytes(cls, opened: bytes) -> Self:
        """The seed that something sealed held.

        Raises:
            Malformed: these bytes are no seed, or one of a suite that is not known here.
        """
        try:
            return cls(opened)
        except ValueError as fault:
            raise Malformed(str(fault)) from None

    @property
    def suite(self) -> int:
        """The number of the suite in which this seed becomes a pair."""
        return _suite_of(self.raw)


def _named(suite: int) -> bytes:
    return b"" if suite == FIRST else suite.to_bytes(_SUITE_SIZE, "big")


def _suite_of(raw: bytes) -> int:
    """One spelling for each seed: what says that it is of suite 1 is refused."""
    if len(raw) == SecretBytes.SIZE:
        return FIRST
    suite = int.from_bytes(raw[:_SUITE_SIZE], "big")
    if len(raw) not in Seed.SIZES or suite == FIRST:
        raise Malformed("not a seed")
    return suite


@dataclass(frozen=True, slots=True, repr=False)
class PublicKey:
    """What anyone may hold to seal something that only the owner of the seed opens.

    Attributes:
        suite: the number of its suite.
        raw: the public half, as the suite encodes it.

    Raises:
        Malformed: an unknown suite, or no usable key of it.
    """

    suite: int
    raw: bytes
    KIND: ClassVar[KeyKind]

    def __post_init__(self) -> None:
        suite_numbered(self.suite).check(self.raw)

    def to_bytes(self) -> bytes:
        """Suite, kind, public half: 1218 bytes in suite 1."""
        return bytes([self.suite, self.KIND]) + self.raw

    @classmethod
    def from_bytes(cls, encoded: bytes) -> Self:
        """The key that `to_bytes` wrote.

        Raises:
            Malformed: an unknown suite, another kind or length.
        """
        if len(encoded) < _HEADER_SIZE or encoded[1] != cls.KIND:
            raise Malformed("not a public key of this kind")
        return cls(encoded[0], encoded[_HEADER_SIZE:])

    @property
    def key_id(self) -> KeyId:
        """16 bytes that name this key in a table: the start of the SHA-256 of its encoding."""
        return KeyId(sha256(self.to_bytes()).digest()[:16])

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.key_id.hex()})"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class PrivateKey(ABC):
    """A private key, derived from its seed. Two are equal when their seeds are."""

    seed: Seed
    opener: SuiteKey = field(init=False)
    KIND: ClassVar[KeyKind]

    def __post_init__(self) -> None:
        suite = suite_numbered(self.seed.suite)
        object.__setattr__(self, "opener", suite.key(self.seed.raw, self.KIND.name.lower()))

    def _public(self) -> tuple[int, bytes]:
        return self.seed.suite, self.opener.public

    @property
    @abstractmethod
    def public(self) -> PublicKey:
        """The public key of this pair."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self.seed == other.seed

    __hash__ = None  # type: ignore[assignment]  # as for its seed

    def __repr__(self) -> str:
        return f"{type(self).__name__}(hidden)"


class IntakePublicKey(PublicKey):
    """The office's key for new cases."""

    __slots__ = ()
    KIND = KeyKind.INTAKE


class CasePublicKey(PublicKey):
    """The key of one case: what the reporter writes is sealed to it."""

    __slots__ = ()
    KIND = KeyKind.CASE


class MailboxPublicKey(PublicKey):
    """The reporter's key: what the office writes to her is sealed to it."""

    __slots__ = ()
    KIND = KeyKind.MAILBOX


class RecoveryPublicKey(PublicKey):
    """The key that k custodians together hold: every case is granted to it."""

    __slots__ = ()
    KIND = KeyKind.RECOVERY


class PersonalPublicKey(PublicKey):
    """The key of one member of staff or custodian."""

    __slots__ = ()
    KIND = KeyKind.PERSONAL


class ConsultationPublicKey(PublicKey):
    """The key of one consultation: what a public service may read is sealed to it."""

    __slots__ = ()
    KIND = KeyKind.CONSULTATION


class IntakePrivateKey(PrivateKey):
    """Opens new cases; granted to each person with the intake role."""

    __slots__ = ()
    KIND = KeyKind.INTAKE

    @property
    def public(self) -> IntakePublicKey:
        return IntakePublicKey(*self._public())


class CasePrivateKey(PrivateKey):
    """Opens one case; granted to whoever handles it."""

    __slots__ = ()
    KIND = KeyKind.CASE

    @property
    def public(self) -> CasePublicKey:
        return CasePublicKey(*self._public())


class MailboxPrivateKey(PrivateKey):
    """Opens one mailbox; only the receipt code gives it."""

    __slots__ = ()
    KIND = KeyKind.MAILBOX

    @property
    def public(self) -> MailboxPublicKey:
        return MailboxPublicKey(*self._public())


class RecoveryPrivateKey(PrivateKey):
    """Opens any case; exists only while k custodians combine their shares."""

    __slots__ = ()
    KIND = KeyKind.RECOVERY

    @property
    def public(self) -> RecoveryPublicKey:
        return RecoveryPublicKey(*self._public())


class PersonalPrivateKey(PrivateKey):
    """Opens what was granted to one person; only that person's passphrase gives it."""

    __slots__ = ()
    KIND = KeyKind.PERSONAL

    @property
    def public(self) -> PersonalPublicKey:
        return PersonalPublicKey(*self._public())


class ConsultationPrivateKey(PrivateKey):
    """Opens one consultation; only the passphrase of that consultation gives it."""

    __slots__ = ()
    KIND = KeyKind.CONSULTATION

    @property
    def public(self) -> ConsultationPublicKey:
        return ConsultationPublicKey(*self._public())
