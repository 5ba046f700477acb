"""Reading which cases a key holds, for somebody who hands them over or leaves."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from cases.domain.grants import HolderKind
from cases.models import Case, CaseGrant
from cases.queries.recovery import NamedCase


def held_personally(session: Session, key_id: bytes) -> Sequence[NamedCase]:
    """The cases that somebody holds with a key of their own, and not through the pool."""
    rows = (
        select(Case.id, Case.reference)
        .join(CaseGrant, CaseGrant.case_id == Case.id)
        .where(CaseGrant.key_id == key_id, CaseGrant.holder_kind == HolderKind.PERSON.value)
        .order_by(CaseGrant.received_on, CaseGrant.case_id)
    )
    return [NamedCase(*row) for row in session.execute(rows)]


def held_alone(session: Session, key_id: bytes) -> Sequence[NamedCase]:
    """The cases that nobody in the office but the holder of this key can open."""
    other = aliased(CaseGrant)
    others = select(other.case_id).where(
        other.case_id == CaseGrant.case_id,
        other.key_id != key_id,
        other.holder_kind != HolderKind.RECOVERY.value,
    )
    rows = (
        select(Case.id, Case.reference)
        .join(CaseGrant, CaseGrant.case_id == Case.id)
        .where(CaseGrant.key_id == key_id, ~others.exists())
        .order_by(CaseGrant.received_on, CaseGrant.case_id)
    )
    return [NamedCase(*row) for row in session.execute(rows)]
