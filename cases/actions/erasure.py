"""Erasing a case: its keys first, then its rows and its files.

Everything that opens a case is in rows of its own, which are deleted before the sealed rows are:
the grants of its key, the mailbox, the shares of a name. SQLite overwrites what is deleted; on
PostgreSQL the server does when it next cleans the tables. What stays is the id on the list of
erased cases, and the entries of the trail, which lead nowhere.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from cases.actions.signed_in import SignedIn, require
from cases.actions.trail import record_day, record_staff
from cases.domain.policies import permitted
from cases.domain.roles import Permission
from cases.domain.tombstones import Tombstone
from cases.domain.trail import TrailEvent
from cases.errors import StaleErasure
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
from cases.queries.erasures import due, files_of, is_due, still_there, without_row
from cases.queries.erasures import tombstones as known_tombstones

# In one transaction; nobody else can write to SQLite meanwhile.
ERASED_AT_ONCE = 200

# By the column `case_id`, in this order. The rows that are left hang on the case.
_WHAT_OPENS_IT = (CaseGrant, Mailbox, SealedIdentityRow, IdentityRequest, Consultation)


def digest_of(case_ids: Iterable[bytes]) -> bytes:
    """What stands for a list of cases, in whatever order: SHA-256."""
    return sha256(b"".join(sorted(case_ids))).digest()


def erase_due(session: Session, read: bytes, by: SignedIn, now: datetime) -> tuple[bytes, ...]:
    """Erase every case whose day has come: exactly those that a person has read of.

    Call `Database.scrub` after the commit, and `remove_leftovers`.

    Args:
        session: a writing session.
        read: the digest of the list that the person saw.
        by: who erases.
        now: aware, in the office's time zone.

    Returns:
        The ids of the files of these cases.

    Raises:
        Refused: the person may not erase cases.
        StaleErasure: another case is due since, or one is not any more.
    """
    require(permitted(by.member.roles, Permission.ERASE_CASES))
    case_ids = due(session, now.date(), ERASED_AT_ONCE)
    if digest_of(case_ids) != read:
        raise StaleErasure
    _lock(session, case_ids, now.date())
    files: list[bytes] = []
    for case_id in case_ids:
        files += destroy(session, case_id)
        note_erased(session, case_id, now.date())
        record_staff(session, TrailEvent.CASE_ERASED, now, by.member.id, case_id)
    session.flush()
    return tuple(files)


def _lock(session: Session, case_ids: Collection[bytes], today: date) -> None:
    """Whoever sets a hold at this moment goes first or comes too late; never both."""
    locked = session.scalars(
        update(Case)
        .where(Case.id.in_(case_ids), is_due(today))
        .values(version=Case.version)
        .returning(Case.id)
        .execution_options(synchronize_session=False)
    ).all()
    if len(locked) != len(case_ids):
        raise StaleErasure


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


def remove_leftovers(session: Session, store: EvidenceStore, files: Collection[bytes]) -> None:
    """Remove the files of erased cases, once nothing keeps them; the sweep removes what is left.

    Args:
        session: reading is enough; it sees the rows as they were committed.
        store: where the files are.
        files: what `erase_due` gave. A file that has its row stays: nothing was committed.

    Raises:
        EvidenceUnusable: the store does not answer.
    """
    remove_files(store, without_row(session, files))


def remove_files(store: EvidenceStore, files: Iterable[bytes]) -> None:
    """Remove files from the store; one that is not there is none. Raises EvidenceUnusable."""
    for file in files:
        store.delete(file.hex())
