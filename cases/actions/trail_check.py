"""Finding out whether the trail is as it was written, and as it was signed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC

from sqlalchemy.orm import Session

from cases.domain.trail_chain import ChainFault, Finding, Head, faults
from cases.models import TrailSignature
from cases.queries import trail_chain as queries
from crypto.labels import Context, Purpose
from crypto.roster import VerifiedRoster
from crypto.signing import verifies_trail_head

# Whose signature counts: every key that a roster of the office ever named, by person.
Keys = Mapping[bytes, frozenset[bytes]]


@dataclass(frozen=True)
class Checked:
    """What was found.

    Attributes:
        head: where the chain stands.
        waiting: how many entries are known by their day only and join the chain after it.
        signed: the newest head whose signature holds; None where nobody signed.
        findings: everything that is wrong, in the order of the trail.
    """

    head: Head
    waiting: int
    signed: Head | None
    findings: tuple[Finding, ...]


def check(session: Session, keys: Keys, written_down: Head | None = None) -> Checked:
    """Read the whole trail and hold it against itself, its signatures and a head from outside.

    Args:
        session: reading is enough.
        keys: of the office's people.
        written_down: a head that somebody put on paper or kept elsewhere.
    """
    head, signatures = queries.head(session), queries.signatures(session)
    holds = {each: _holds(each, keys) for each in signatures}
    good = [each for each in signatures if holds[each]]
    bad = [each for each in signatures if not holds[each]]
    findings = [
        *faults(queries.links(session)),
        *(
            Finding(ChainFault.NOT_CHAINED, entry=queries.as_entry(row))
            for row in queries.not_chained(session)
        ),
        *(Finding(ChainFault.BAD_SIGNATURE, each.position) for each in bad),
        *_against(session, head, [Head(each.position, each.digest) for each in good]),
        *_written_down(session, head, written_down),
    ]
    if len(signatures) < queries.times_signed(session):
        findings.append(Finding(ChainFault.MISSING_SIGNATURE))
    signed = Head(good[-1].position, good[-1].digest) if good else None
    return Checked(head, queries.waiting(session), signed, tuple(findings))


def keys_of(rosters: Iterable[VerifiedRoster]) -> Keys:
    """Who may have signed: everyone whom one of the rosters names, with their keys."""
    found: dict[bytes, frozenset[bytes]] = {}
    for member in (each for one in rosters for each in one.roster.members):
        found[member.person] = found.get(member.person, frozenset()) | {member.verify_key}
    return found


def statement(head: Head, signer_id: bytes, at: str) -> bytes:
    """What somebody signs: where the trail stood, who says so, and when."""
    position = head.position.to_bytes(8, "big")
    parts = (position, head.digest, signer_id, at.encode("ascii"))
    return Context(Purpose.TRAIL_HEAD, parts).encode()


def _holds(row: TrailSignature, keys: Keys) -> bool:
    signed = statement(Head(row.position, row.digest), row.signer_id, signed_at(row))
    return any(
        verifies_trail_head(row.signature, signed, key) for key in keys.get(row.signer_id, ())
    )


def _against(session: Session, head: Head, signed: list[Head]) -> Iterator[Finding]:
    # A signature a day for decades: all of their places at once.
    found = queries.signed_places(session)
    for each in signed:
        yield from _differs(head, found.get(each.position), each, ChainFault.NOT_AS_SIGNED)


def _written_down(session: Session, head: Head, known: Head | None) -> Iterator[Finding]:
    if known is not None:
        found = queries.head_at(session, known.position)
        yield from _differs(head, found, known, ChainFault.NOT_AS_WRITTEN_DOWN)


def _differs(head: Head, found: Head | None, known: Head, fault: ChainFault) -> Iterator[Finding]:
    if known.position > head.position:
        yield Finding(ChainFault.CUT_OFF, known.position)
        return
    # A link that is missing inside the chain was named already.
    if found is not None and found != known:
        yield Finding(fault, known.position)


def signed_at(row: TrailSignature) -> str:
    """The moment of a signature as it was signed."""
    return row.at.astimezone(UTC).isoformat(timespec="microseconds")
