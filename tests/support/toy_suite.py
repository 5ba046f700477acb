"""A second suite, to show that keys and boxes move to one. It protects nothing for long."""

from hashlib import sha256

import nacl.exceptions
import pytest
from nacl.public import PrivateKey, PublicKey, SealedBox

from crypto import suites
from crypto.errors import Malformed, OpeningFailed
from crypto.suite import Suite, SuiteKey

TOY = 2


class ToyKey(SuiteKey):
    """A NaCl key pair."""

    def __init__(self, seed: bytes, kind: str) -> None:
        self._key = PrivateKey(sha256(kind.encode("ascii") + seed).digest())

    @property
    def public(self) -> bytes:
        """32 bytes."""
        return bytes(self._key.public_key)

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """The secret, where it begins with what it is bound to."""
        try:
            opened = SealedBox(self._key).decrypt(sealed)
        except nacl.exceptions.CryptoError:
            raise OpeningFailed from None
        if opened[:32] != sha256(info).digest():
            raise OpeningFailed
        return opened[32:]


class ToySuite(Suite):
    """A NaCl sealed box of a secret behind the digest of what it is bound to."""

    number = TOY
    public_size = 32
    overhead = 32 + 48

    def key(self, seed: bytes, kind: str) -> ToyKey:
        """The pair of a seed."""
        return ToyKey(seed, kind)

    def check(self, public: bytes) -> None:
        """Any 32 bytes."""
        if len(public) != self.public_size:
            raise Malformed("a public key of the wrong length")

    def seal(self, secret: bytes, public: bytes, info: bytes) -> bytes:
        """A box of 80 bytes more."""
        return SealedBox(PublicKey(public)).encrypt(sha256(info).digest() + secret)


def add_suite(monkeypatch: pytest.MonkeyPatch, suite: Suite | None = None) -> int:
    """Register a suite (the toy one) until the test ends, and tell its number."""
    added = suite or ToySuite()
    monkeypatch.setattr(suites, "SUITES", {**suites.SUITES, added.number: added})
    return added.number
