"""The office's roster: the only place from which a public key of the office is believed.

A roster file carries a payload and signatures over exactly its bytes. The first one is pinned by
its fingerprint and signed by its own signers; each next one must be signed by enough signers of
the one before it, so no single administrator can slip a key in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from crypto import roster_payload, signing, strict_json
from crypto.errors import Malformed, RosterFault, RosterRejected
from crypto.roster_payload import ROLES, SIGNER, Roster, RosterMember
from crypto.signing import RosterSigningKey

__all__ = [
    "ROLES",
    "Roster",
    "RosterFile",
    "RosterMember",
    "RosterSigningKey",
    "VerifiedRoster",
    "add_signature",
    "check_follows",
    "check_remembered",
    "fingerprint",
    "intake_key_since",
    "read_chain",
    "read_file",
    "read_rosters",
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
        return grouped(self.fingerprint)


@dataclass(frozen=True, slots=True)
class RosterFile:
    """What stands in a roster file, believed by nobody yet.

    Attributes:
        payload: the bytes that are signed.
        roster: what they say.
        signatures: pairs of a signer's key and a signature, right or wrong.
    """

    payload: bytes
    roster: Roster
    signatures: tuple[tuple[bytes, bytes], ...]

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of the payload: the same however many have signed."""
        return sha256(self.payload).digest()

    def approved_by(self, signed_by: Roster) -> frozenset[bytes]:
        """Which signers of a roster signed this one, by their keys.

        Different signers are counted, not signatures; strangers' signatures count for nothing.
        """
        signers = {member.verify_key for member in signed_by.with_role(SIGNER)}
        return frozenset(
            signer
            for signer, signature in self.signatures
            if signer in signers and signing.verifies(signature, self.payload, signer)
        )


def grouped(fingerprint_bytes: bytes) -> str:
    """A fingerprint for people to compare: 16 groups of four hex digits."""
    digits = fingerprint_bytes.hex()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def sign_roster(roster: Roster, keys: Sequence[RosterSigningKey]) -> bytes:
    """The roster file with a signature of each key."""
    payload = roster_payload.encode(roster)
    return _write_file(payload, [(key.verify_key, key.sign(payload)) for key in keys])


def add_signature(file: bytes, key: RosterSigningKey) -> bytes:
    """The same file with one more signature, over the very bytes that the others signed.

    Raises:
        RosterRejected: not a roster file.
    """
    read = read_file(file)
    others = [pair for pair in read.signatures if pair[0] != key.verify_key]
    return _write_file(read.payload, [*others, (key.verify_key, key.sign(read.payload))])


def _write_file(payload: bytes, signatures: Sequence[tuple[bytes, bytes]]) -> bytes:
    encoded = [
        {
            "signer": strict_json.encode_bytes(signer),
            "signature": strict_json.encode_bytes(signature),
        }
        for signer, signature in signatures
    ]
    return strict_json.write(
        {"format": FORMAT, "payload": strict_json.encode_bytes(payload), "signatures": encoded}
    )


def fingerprint(file: bytes) -> bytes:
    """The SHA-256 of a file's payload: 32 bytes to pin the first roster by.

    Raises:
        RosterRejected: not a roster file.
    """
    return read_file(file).fingerprint


def read_chain(
    files: Sequence[bytes], pin: bytes, today: date, *, expired_too: bool = False
) -> VerifiedRoster:
    """The office's current roster, verified from the pinned first one on.

    Args and errors: as `read_rosters`.
    """
    return read_rosters(files, pin, today, expired_too=expired_too)[-1]


def read_rosters(
    files: Sequence[bytes], pin: bytes, today: date, *, expired_too: bool = False
) -> tuple[VerifiedRoster, ...]:
    """Every roster of the office, verified from the pinned first one on; the last one is in force.

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
    chain = [read_file(file) for file in files]
    if chain[0].fingerprint != pin or chain[0].roster.serial != 1:
        raise RosterRejected(RosterFault.NOT_PINNED)
    _check_signatures(chain[0], signed_by=chain[0].roster)
    verified = [VerifiedRoster(chain[0].roster, chain[0].fingerprint)]
    for following in chain[1:]:
        check_follows(verified[-1], following)
        _check_signatures(following, signed_by=verified[-1].roster)
        verified.append(VerifiedRoster(following.roster, following.fingerprint))
    _check_days(chain[-1].roster, today, expired_too)
    return tuple(verified)


def check_remembered(chain: Sequence[VerifiedRoster], serial: int, fingerprint: bytes) -> None:
    """Nothing but silence when a chain holds the roster that was once in force.

    Every file of a chain verifies when its newest ones are taken away. Whoever remembers the
    newest roster that was ever in force notices.

    Args:
        chain: from `read_rosters`.
        serial: of the newest roster that is remembered.
        fingerprint: of the same.

    Raises:
        RosterRejected: ROLLED_BACK or FORKED.
    """
    if serial > len(chain):
        raise RosterRejected(RosterFault.ROLLED_BACK)
    # Serial numbers have no gaps: the first roster is number 1.
    if serial < 1 or chain[serial - 1].fingerprint != fingerprint:
        raise RosterRejected(RosterFault.FORKED)


def intake_key_since(chain: Sequence[VerifiedRoster]) -> int:
    """The number of the roster that brought the intake key of the last one in force.

    Args:
        chain: from `read_rosters`.
    """
    key = chain[-1].roster.intake
    earlier = [each.roster.serial for each in chain if each.roster.intake != key]
    return max(earlier, default=0) + 1


def check_follows(previous: VerifiedRoster, following: RosterFile) -> None:
    """Nothing but silence when a file is the next one after a roster, signed enough or not.

    Raises:
        RosterRejected: SERIAL_GAP, WRONG_PREVIOUS or ISSUED_IN_FUTURE.
    """
    if following.roster.serial != previous.roster.serial + 1:
        raise RosterRejected(RosterFault.SERIAL_GAP)
    if following.roster.previous != previous.fingerprint:
        raise RosterRejected(RosterFault.WRONG_PREVIOUS)
    if following.roster.issued_on < previous.roster.issued_on:
        raise RosterRejected(RosterFault.ISSUED_IN_FUTURE)


def _check_signatures(file: RosterFile, *, signed_by: Roster) -> None:
    if len(file.approved_by(signed_by)) < signed_by.signatures_needed:
        raise RosterRejected(RosterFault.NOT_ENOUGH_SIGNATURES)


def _check_days(roster: Roster, today: date, expired_too: bool) -> None:
    """Only the last roster must hold today: those before it may have run out."""
    if today < roster.issued_on:
        raise RosterRejected(RosterFault.ISSUED_IN_FUTURE)
    if roster.expires_on < today and not expired_too:
        raise RosterRejected(RosterFault.EXPIRED)


def read_file(file: bytes) -> RosterFile:
    """What stands in a roster file; that proves nothing about who vouches for it.

    Raises:
        RosterRejected: not a roster file.
    """
    try:
        return _decode_file(file)
    except Malformed:
        raise RosterRejected(RosterFault.MALFORMED) from None


def _decode_file(file: bytes) -> RosterFile:
    if len(file) > LARGEST_FILE:
        raise Malformed("too large")
    value = strict_json.members(strict_json.read(file), _FILE_FIELDS)
    if value["format"] != FORMAT:
        raise Malformed("unknown version")
    payload = strict_json.decode_bytes(value["payload"])
    signatures = strict_json.items(value["signatures"], _MOST_SIGNATURES)
    return RosterFile(
        payload, roster_payload.decode(payload), tuple(map(_decode_signature, signatures))
    )


def _decode_signature(encoded: strict_json.Value) -> tuple[bytes, bytes]:
    value = strict_json.members(encoded, _SIGNATURE_FIELDS)
    signer = strict_json.sized_bytes(value["signer"], signing.VERIFY_KEY_SIZE)
    return signer, strict_json.sized_bytes(value["signature"], signing.SIGNATURE_SIZE)
