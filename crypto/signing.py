"""Signatures of people of the office, under its roster and under the head of its trail.

Ed25519 (RFC 8032) over a labelled message.
"""

from dataclasses import dataclass, field

import nacl.exceptions
from nacl.signing import SigningKey, VerifyKey

from crypto.derivation import expand
from crypto.keys import Seed
from crypto.labels import Context, Purpose

VERIFY_KEY_SIZE = 32
SIGNATURE_SIZE = 64


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class RosterSigningKey:
    """Signs rosters and heads of the trail; derived from the personal seed under its own label."""

    _key: SigningKey = field(repr=False)

    @classmethod
    def from_seed(cls, seed: Seed) -> "RosterSigningKey":
        """The signing key of the person whose personal seed this is."""
        return cls(SigningKey(expand(seed.raw, Context(Purpose.ROSTER_SIGNING_KEY))))

    @property
    def verify_key(self) -> bytes:
        """32 bytes, published in the roster."""
        return bytes(self._key.verify_key)

    def sign(self, payload: bytes) -> bytes:
        """64 bytes that prove that this signer approved exactly these bytes as a roster."""
        return self._key.sign(_labelled(Purpose.ROSTER, payload)).signature

    def sign_trail_head(self, head: bytes) -> bytes:
        """64 bytes that prove that this person saw the trail at this head."""
        return self._key.sign(_labelled(Purpose.TRAIL_HEAD, head)).signature

    def sign_identity_request(self, statement: bytes) -> bytes:
        """64 bytes that prove that this person asks the custodians exactly this."""
        return self._key.sign(_labelled(Purpose.SIGNED_IDENTITY_REQUEST, statement)).signature

    def sign_identity_answer(self, statement: bytes) -> bytes:
        """64 bytes that prove that this custodian answers exactly this."""
        return self._key.sign(_labelled(Purpose.SIGNED_IDENTITY_ANSWER, statement)).signature

    def sign_factor_reset(self, reset: bytes) -> bytes:
        """64 bytes that prove that this person vouches for one who lost the second factor."""
        return self._key.sign(_labelled(Purpose.FACTOR_RESET, reset)).signature

    def sign_case_key(self, statement: bytes) -> bytes:
        """64 bytes that prove that this person gave a case the key that the statement names."""
        return self._key.sign(_labelled(Purpose.CASE_KEY, statement)).signature

    def __repr__(self) -> str:
        return f"RosterSigningKey({self.verify_key.hex()})"


def verifies(signature: bytes, payload: bytes, verify_key: bytes) -> bool:
    """Whether the owner of ``verify_key`` signed these bytes as a roster."""
    return _verifies(signature, _labelled(Purpose.ROSTER, payload), verify_key)


def verifies_trail_head(signature: bytes, head: bytes, verify_key: bytes) -> bool:
    """Whether the owner of ``verify_key`` signed these bytes as a head of the trail."""
    return _verifies(signature, _labelled(Purpose.TRAIL_HEAD, head), verify_key)


def verifies_identity_request(signature: bytes, statement: bytes, verify_key: bytes) -> bool:
    """Whether the owner of ``verify_key`` asks the custodians exactly this."""
    labelled = _labelled(Purpose.SIGNED_IDENTITY_REQUEST, statement)
    return _verifies(signature, labelled, verify_key)


def verifies_identity_answer(signature: bytes, statement: bytes, verify_key: bytes) -> bool:
    """Whether the owner of ``verify_key`` answers exactly this as a custodian."""
    labelled = _labelled(Purpose.SIGNED_IDENTITY_ANSWER, statement)
    return _verifies(signature, labelled, verify_key)


def verifies_factor_reset(signature: bytes, reset: bytes, verify_key: bytes) -> bool:
    """Whether the owner of ``verify_key`` vouched for the person of this reset."""
    return _verifies(signature, _labelled(Purpose.FACTOR_RESET, reset), verify_key)


def verifies_case_key(signature: bytes, statement: bytes, verify_key: bytes) -> bool:
    """Whether the owner of ``verify_key`` gave a case the key that the statement names."""
    return _verifies(signature, _labelled(Purpose.CASE_KEY, statement), verify_key)


def _verifies(signature: bytes, message: bytes, verify_key: bytes) -> bool:
    try:
        VerifyKey(verify_key).verify(message, signature)
    except (nacl.exceptions.CryptoError, nacl.exceptions.ValueError):
        return False
    return True


def _labelled(purpose: Purpose, payload: bytes) -> bytes:
    """So that no signature made for another use, in another format, fits this one."""
    return Context(purpose, (payload,)).encode()
