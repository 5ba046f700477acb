"""Reading who holds which intake key, and what is granted to one that was replaced.

A key goes by the number of the roster that brought it in force, or by the hash of its public half.
"""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from cases.models import Case, CaseGrant, IntakeGrant


def holds_intake_key(session: Session, staff_id: bytes) -> bool:
    """Whether a person holds an intake key: whoever holds one was given the newest."""
    return bool(session.scalar(select(exists().where(IntakeGrant.staff_id == staff_id))))


def intake_key_holders(session: Session, since: int) -> frozenset[bytes]:
    """Who holds the intake key of a roster."""
    holders = select(IntakeGrant.staff_id).where(IntakeGrant.since == since)
    return frozenset(session.scalars(holders))


def in_force_on(session: Session, since: int) -> date | None:
    """The day on which the intake key of a roster came in force; None where nobody knows."""
    first = select(func.min(IntakeGrant.granted_on)).where(IntakeGrant.since == since)
    return session.scalar(first)


def earlier_key_held(session: Session, since: int) -> bool:
    """Whether somebody still holds an intake key of before a roster."""
    return bool(session.scalar(select(exists().where(IntakeGrant.since < since))))


def granted_to(session: Session, key_ids: Collection[bytes]) -> int:
    """How many cases are granted to these keys."""
    held = select(func.count()).select_from(CaseGrant).where(CaseGrant.key_id.in_(key_ids))
    return session.scalar(held) or 0


def locked_grants(
    session: Session, key_ids: Collection[bytes], after: bytes, at_most: int
) -> Sequence[CaseGrant]:
    """The next cases that are granted to these keys, by id, each locked until commit.

    Whoever takes a case, or gives it another key, changes its row first; so the lock on that row
    keeps grants as they are read here.
    """
    waiting = (
        select(CaseGrant.case_id)
        .where(CaseGrant.key_id.in_(key_ids), CaseGrant.case_id > after)
        .order_by(CaseGrant.case_id)
        .limit(at_most)
    )
    locked = select(Case.id).where(Case.id.in_(waiting)).order_by(Case.id).with_for_update()
    cases = session.scalars(locked).all()
    grants = select(CaseGrant).where(CaseGrant.case_id.in_(cases), CaseGrant.key_id.in_(key_ids))
    return session.scalars(grants.order_by(CaseGrant.case_id)).all()
