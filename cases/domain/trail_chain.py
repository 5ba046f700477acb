"""The chain of the trail: each link is a digest of an entry and of the link before it.

Whoever takes an entry away, alters it or moves it changes every link after it, and with them the
head, which people of the office sign and print. Links stand beside the entries, because what is
known by its day only joins the chain after that day, in an order that tells nothing: its place
among moments would tell at which time somebody reported.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256

LABEL = b"zegel/v1/trail/link"
# What the first link follows.
START = bytes(32)


@dataclass(frozen=True)
class Entry:
    """One event of the trail, as it was written."""

    id: bytes
    day: date
    at: datetime | None
    actor_id: bytes | None
    event: str
    case_id: bytes | None
    # To whom of the office it was done, where that is somebody else.
    subject_id: bytes | None = None


@dataclass(frozen=True)
class Head:
    """Where the chain stands: the number of its last link (0: no link yet), and its digest."""

    position: int
    digest: bytes

    @property
    def text(self) -> str:
        """To put on paper: the number, and 16 groups of four hexadecimal digits."""
        digits = self.digest.hex()
        groups = " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
        return f"{self.position}: {groups}"

    @classmethod
    def from_text(cls, text: str) -> "Head":
        """What `text` wrote, typed with any blanks. Raises ValueError."""
        position, _, digits = text.partition(":")
        digest = bytes.fromhex(digits)
        if len(digest) != len(START):
            raise ValueError("a head has 64 hexadecimal digits")
        return cls(int(position), digest)


EMPTY = Head(0, START)


@dataclass(frozen=True)
class Link:
    """A link as it is stored, with its entry; None where the entry is not there any more."""

    position: int
    digest: bytes
    entry_id: bytes
    entry: Entry | None


class ChainFault(StrEnum):
    """What is wrong with the trail."""

    MISSING_LINK = "missing_link"
    MISSING_ENTRY = "missing_entry"
    ALTERED = "altered"
    NOT_CHAINED = "not_chained"
    CUT_OFF = "cut_off"
    NOT_AS_SIGNED = "not_as_signed"
    NOT_AS_WRITTEN_DOWN = "not_as_written_down"
    BAD_SIGNATURE = "bad_signature"
    MISSING_SIGNATURE = "missing_signature"


@dataclass(frozen=True)
class Finding:
    """A fault, at a link (`position`) or at an entry that no link names; with the entry if any."""

    fault: ChainFault
    position: int | None = None
    entry: Entry | None = None


def following(head: Head, entry: Entry) -> Head:
    """The head once this entry has joined the chain."""
    position = head.position + 1
    return Head(position, digest_of(position, head.digest, entry))


def digest_of(position: int, previous: bytes, entry: Entry) -> bytes:
    """The digest of a link: 32 bytes.

    Args:
        position: 1 for the first link.
        previous: the digest of the link before it, or `START`.
        entry: what happened.
    """
    parts = [
        LABEL,
        position.to_bytes(8, "big"),
        previous,
        entry.id,
        entry.day.isoformat().encode(),
        _moment(entry.at),
        entry.actor_id or b"",
        entry.event.encode(),
        entry.case_id or b"",
    ]
    if entry.subject_id is not None:
        # Only then: links made before somebody was named here keep their digests.
        parts.append(entry.subject_id)
    # Each part carries its length, so that no two entries have the same bytes.
    return sha256(b"".join(len(part).to_bytes(4, "big") + part for part in parts)).digest()


def _moment(at: datetime | None) -> bytes:
    return at.astimezone(UTC).isoformat(timespec="microseconds").encode() if at else b""


def faults(links: Iterable[Link]) -> Iterator[Finding]:
    """What is wrong with the links themselves, each at its place; read once, in their order.

    Each link is held against the stored one before it, so one altered entry is one finding and
    those after it are still checked.
    """
    before = EMPTY
    for link in links:
        for position in range(before.position + 1, link.position):
            yield Finding(ChainFault.MISSING_LINK, position)
        yield from _faults_of(link, before)
        before = Head(link.position, link.digest)


def _faults_of(link: Link, before: Head) -> Iterator[Finding]:
    if link.entry is None:
        yield Finding(ChainFault.MISSING_ENTRY, link.position)
        return
    # After a gap there is nothing to hold the link against: the gap was named.
    follows = link.position == before.position + 1
    if follows and digest_of(link.position, before.digest, link.entry) != link.digest:
        yield Finding(ChainFault.ALTERED, link.position, link.entry)
