"""Erasing a case: its keys first, then its rows and its files.

Everything that opens a case is in rows of its own, which are deleted before the sealed rows are:
the grants of its key, the mailbox, the shares of a name. SQLite overwrites what is deleted; on
PostgreSQL the server does when it next cleans the tables. What stays is the id on the list of
erased cases, and the entries of the trail, which lead nowhere.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm import Session

from cases.actions.trail import record_day
from cases.domain.tombstones import Tombstone
from cases.domain.trail import TrailEvent
from cases.evidence_store import EvidenceStore
from cases.models import (
    Case,
    CaseGrant,
    Consultation,
    ErasedCase,
    IdentityRequest,
    Mailbox,
    SealedIdentityRow,
)
from cases.queries.erasures import files_of, still_there
from cases.queries.erasures import tombstones as known_tombstones

# By the column `case_id`, in this order. The rows that are left hang on the case.
_WHAT_OPENS_IT = (CaseGrant, Mailbox, SealedIdentityRow, IdentityRequest, Consultation)


def apply_tombstones(
    session: Session, store: EvidenceStore, tombstones: Iterable[Tombstone]
) -> int:
    """Erase again what a backup from before the erasure brought back; returns how many cases.

    Doing it twice does nothing the second time. Call `Database.scrub` after the commit.

    Args:
        session: a writing session.
        store: where the files of the restored cases are; they are removed at once.
        tombstones: the list from outside the backup.

    Raises:
        EvidenceUnusable: the store does not answer; roll back, and run it again.
    """
    listed = {each.case_id: each.day for each in tombstones}
    known = {each.case_id for each in known_tombstones(session)}
    for case_id in listed.keys() - known:
        note_erased(session, case_id, listed[case_id])
        record_day(session, TrailEvent.CASE_ERASED, listed[case_id], case_id)
    back = sorted(still_there(session, listed.keys()))
    for case_id in back:
        remove_files(store, destroy(session, case_id))
    session.flush()
    return len(back)


def destroy(session: Session, case_id: bytes) -> tuple[bytes, ...]:
    """Delete what opens a case, then every row of it; returns the ids of its files."""
    files = tuple(files_of(session, case_id))
    for table in _WHAT_OPENS_IT:
        session.execute(
            delete(table)
            .where(table.case_id == case_id)
            .execution_options(synchronize_session=False)
        )
    session.execute(
        delete(Case).where(Case.id == case_id).execution_options(synchronize_session=False)
    )
    return files


def note_erased(session: Session, case_id: bytes, day: date) -> None:
    """Put a case on the list of those that must not come back."""
    session.add(ErasedCase(case_id=case_id, erased_on=day))


def remove_files(store: EvidenceStore, files: Iterable[bytes]) -> None:
    """Remove files from the store; one that is not there is none. Raises EvidenceUnusable."""
    for file in files:
        store.delete(file.hex())
