"""Reading what the database remembers of rosters."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from cases.domain.grants import HolderKind
from cases.models import CaseGrant, ProposedPerson, RosterAcknowledgement, RosterSeen

# Every form asks this: written down once, it is not put together for each of them.
_NEWEST_SEEN = select(RosterSeen).order_by(RosterSeen.serial.desc()).limit(1)


def newest_seen(session: Session) -> RosterSeen | None:
    """The newest roster that was ever in force here."""
    return session.scalar(_NEWEST_SEEN)


def proposed_people(session: Session, fingerprint: bytes) -> Sequence[ProposedPerson]:
    """Whom a proposed roster changes, by login."""
    rows = select(ProposedPerson).where(ProposedPerson.fingerprint == fingerprint)
    return session.scalars(rows.order_by(ProposedPerson.login)).all()


def acknowledged_serial(session: Session, staff_id: bytes) -> int:
    """The newest roster whose changes a person has read; 0 for none."""
    newest = select(func.max(RosterAcknowledgement.serial))
    return session.scalar(newest.where(RosterAcknowledgement.staff_id == staff_id)) or 0


def who_acknowledged(session: Session, fingerprint: bytes) -> frozenset[bytes]:
    """The people who have read what a roster changed."""
    rows = select(RosterAcknowledgement.staff_id)
    return frozenset(session.scalars(rows.where(RosterAcknowledgement.fingerprint == fingerprint)))


def cases_of_one_alone(session: Session, key_id: bytes, kind: HolderKind | None = None) -> int:
    """How many cases nobody in the office but the holder of this key can open.

    Args:
        kind: None for every grant of the key, or one kind of them.
    """
    other = aliased(CaseGrant)
    others = select(other.case_id).where(
        other.case_id == CaseGrant.case_id,
        other.key_id != key_id,
        other.holder_kind != HolderKind.RECOVERY.value,
    )
    held = select(func.count()).select_from(CaseGrant).where(CaseGrant.key_id == key_id)
    if kind is not None:
        held = held.where(CaseGrant.holder_kind == kind.value)
    return session.scalar(held.where(~others.exists())) or 0
