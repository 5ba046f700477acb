"""The office's roster: the only place from which a public key of the office is believed.

A roster file carries a payload and signatures over exactly its bytes. The first one is pinned by
its fingerprint and signed by its own signers; each next one must be signed by enough signers of
the one before it, so no single administrator can slip a key in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import pairwise

from crypto import roster_payload, signing, strict_json
from crypto.errors import Malformed, RosterFault, RosterRejected
from crypto.roster_payload import ROLES, SIGNER, Roster, RosterMember
from crypto.signing import RosterSigningKey

__all__ = [
    "ROLES",
    "Roster",
    "RosterMember",
    "RosterSigningKey",
    "VerifiedRoster",
    "fingerprint",
    "read_chain",
    "sign_roster",
]

FORMAT = "zegel-roster/1"
LARGEST_FILE = 4 * 1024 * 1024
_MOST_SIGNATURES = 100
_FILE_FIELDS = frozenset({"format", "payload", "signatures"})
_SIGNATURE_FIELDS = frozenset({"signer", "signature"})


@dataclass(frozen=True, slots=True)
class VerifiedRoster:
    """A roster that `read_chain` verified, and its fingerprint (32 bytes)."""

    roster: Roster
    fingerprint: bytes

    @property
    def fingerprint_text(self) -> str:
        """The fingerprint for people to compare: 16 groups of four hex digits."""
        digits = self.fingerprint.hex()
        return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


@dataclass(frozen=True, slots=True)
class _SignedFile:
    payload: bytes
    roster: Roster
    signatures: tuple[tuple[bytes, bytes], ...]

    @property
    def fingerprint(self) -> bytes:
        return sha256(self.payload).digest()


def sign_roster(roster: Roster, keys: Sequence[RosterSigningKey]) -> bytes:
    """The roster file with a signature of each key."""
    payload = roster_payload.encode(roster)
    signatures = [
        {
            "signer": strict_json.encode_bytes(key.verify_key),
            "signature": strict_json.encode_bytes(key.sign(payload)),
        }
        for key in keys
    ]
    encoded = strict_json.encode_bytes(payload)
    return strict_json.write({"format": FORMAT, "payload": encoded, "signatures": signatures})


def fingerprint(file: bytes) -> bytes:
    """The SHA-256 of a file's payload: 32 bytes to pin the first roster by.

    Raises:
        RosterRejected: not a roster file.
    """
    return _read_file(file).fingerprint


def read_chain(
    files: Sequence[bytes], pin: bytes, today: date, *, expired_too: bool = False
) -> VerifiedRoster:
    """The office's current roster, verified from the pinned first one on.

    Args:
        files: every roster file of the office, the first one first.
        pin: the fingerprint of the first roster, from the portal's own configuration.
        today: the office's day.
        expired_too: to renew a roster that has run out; never to seal to it.

    Raises:
        RosterRejected: with the first reason found; nothing of the chain may be used.
    """
    if not files:
        raise RosterRejected(RosterFault.EMPTY)
    chain = [_read_file(file) for file in files]
    if chain[0].fingerprint != pin or chain[0].roster.serial != 1:
        raise RosterRejected(RosterFault.NOT_PINNED)
    _check_signatures(chain[0], signed_by=chain[0].roster)
    for previous, following in pairwise(chain):
        _check_follows(previous, following)
        _check_signatures(following, signed_by=previous.roster)
    _check_days(chain[-1].roster, today, expired_too)
    return VerifiedRoster(chain[-1].roster, chain[-1].fingerprint)


def _check_follows(previous: _SignedFile, following: _SignedFile) -> None:
    if following.roster.serial != previous.roster.serial + 1:
        raise RosterRejected(RosterFault.SERIAL_GAP)
    if following.roster.previous != previous.fingerprint:
        raise RosterRejected(RosterFault.WRONG_PREVIOUS)
    if following.roster.issued_on < previous.roster.issued_on:
        raise RosterRejected(RosterFault.ISSUED_IN_FUTURE)


def _check_signatures(file: _SignedFile, *, signed_by: Roster) -> None:
    """Different signers are counted, not signatures; strangers' signatures count for nothing."""
    signers = {member.verify_key for member in signed_by.with_role(SIGNER)}
    approving = {
        signer
        for signer, signature in file.signatures
        if signer in signers and signing.verifies(signature, file.payload, signer)
    }
    if len(approving) < signed_by.signatures_needed:
        raise RosterRejected(RosterFault.NOT_ENOUGH_SIGNATURES)


def _check_days(roster: Roster, today: date, expired_too: bool) -> None:
    """Only the last roster must hold today: those before it may have run out."""
    if today < roster.issued_on:
        raise RosterRejected(RosterFault.ISSUED_IN_FUTURE)
    if roster.expires_on < today and not expired_too:
        raise RosterRejected(RosterFault.EXPIRED)


def _read_file(file: bytes) -> _SignedFile:
    try:
        return _decode_file(file)
    except Malformed:
        raise RosterRejected(RosterFault.MALFORMED) from None


def _decode_file(file: bytes) -> _SignedFile:
    if len(file) > LARGEST_FILE:
        raise Malformed("too large")
    value = strict_json.members(strict_json.read(file), _FILE_FIELDS)
    if value["format"] != FORMAT:
        raise Malformed("unknown version")
    payload = strict_json.decode_bytes(value["payload"])
    signatures = strict_json.items(value["signatures"], _MOST_SIGNATURES)
    return _SignedFile(
        payload, roster_payload.decode(payload), tuple(map(_decode_signature, signatures))
    )


def _decode_signature(encoded: strict_json.Value) -> tuple[bytes, bytes]:
    value = strict_json.members(encoded, _SIGNATURE_FIELDS)
    signer = strict_json.sized_bytes(value["signer"], signing.VERIFY_KEY_SIZE)
    return signer, strict_json.sized_bytes(value["signature"], signing.SIGNATURE_SIZE)
