"""What was erased, and which rows still tell of a case that is on the list."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from cases.domain.tombstones import Tombstone, merged
from cases.models import Case, ErasedCase, Evidence

# Parameters of one statement: SQLite and PostgreSQL take more, and a list of years is longer.
_AT_ONCE = 500


def tombstones(session: Session) -> tuple[Tombstone, ...]:
    """Every case that was erased, the first one first."""
    rows = session.execute(select(ErasedCase.erased_on, ErasedCase.case_id))
    return merged(Tombstone(day, case_id) for day, case_id in rows)


def still_there(session: Session, case_ids: Collection[bytes]) -> frozenset[bytes]:
    """Which of these cases have rows."""
    return frozenset(
        found
        for some in _parts(sorted(case_ids))
        for found in session.scalars(select(Case.id).where(Case.id.in_(some)))
    )


def files_of(session: Session, case_id: bytes) -> Sequence[bytes]:
    """The ids of the files that a case keeps."""
    return session.scalars(select(Evidence.id).where(Evidence.case_id == case_id)).all()


def _parts(case_ids: Sequence[bytes]) -> Sequence[Sequence[bytes]]:
    return [case_ids[at : at + _AT_ONCE] for at in range(0, len(case_ids), _AT_ONCE)]
