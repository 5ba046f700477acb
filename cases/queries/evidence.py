"""The rows of stored files."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cases.domain.attachments import EvidenceState
from cases.models import Evidence


def pending_before(session: Session, day: date) -> Sequence[bytes]:
    """The files that began to arrive before a day and were never kept."""
    return session.scalars(
        select(Evidence.id).where(Evidence.state == EvidenceState.PENDING, Evidence.day < day)
    ).all()


def pending_ids(session: Session) -> frozenset[bytes]:
    """The files that are arriving."""
    return frozenset(
        session.scalars(select(Evidence.id).where(Evidence.state == EvidenceState.PENDING))
    )


def kept_sizes(session: Session) -> dict[bytes, int]:
    """What each kept file must measure in the store, in bytes."""
    rows = session.execute(
        select(Evidence.id, Evidence.stored_size).where(Evidence.stored_size.is_not(None))
    )
    return {evidence_id: size for evidence_id, size in rows if size is not None}


def kept_ids(session: Session) -> Iterator[bytes]:
    """Each file that a case keeps, a thousand at a time."""
    chosen = select(Evidence.id).where(Evidence.state == EvidenceState.KEPT)
    yield from session.scalars(chosen, execution_options={"yield_per": 1000})


def is_kept(session: Session, evidence_id: bytes) -> bool:
    """Whether a case keeps this file now."""
    row = session.get(Evidence, evidence_id)
    return row is not None and row.state == EvidenceState.KEPT


def kept_by_case(session: Session) -> dict[bytes, set[bytes]]:
    """The files that each case keeps."""
    rows = session.execute(
        select(Evidence.case_id, Evidence.id).where(Evidence.case_id.is_not(None))
    )
    found: dict[bytes, set[bytes]] = {}
    for case_id, evidence_id in rows:
        if case_id is not None:
            found.setdefault(case_id, set()).add(evidence_id)
    return found


def all_ids(session: Session) -> frozenset[bytes]:
    """Every file that has a row."""
    return frozenset(session.scalars(select(Evidence.id)))
