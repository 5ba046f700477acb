"""Files of cases: an object in the store and a row in the database that tell of each other.

A file is pending from before its first byte, in a transaction of its own. The step that it goes
with keeps it, in the step's transaction: the step and its files are there together or not at all.
What never came so far is swept away.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from cases.domain.attachments import Attachment, EvidenceState
from cases.errors import EvidenceForeign, UploadLost
from cases.evidence_store import EvidenceStore
from cases.models import Evidence
from cases.queries import evidence as queries
from crypto.labels import Context, Purpose
from crypto.stream import StreamKey, opened, sealed_size

# No upload takes longer; what is older is a dead one.
_PATIENCE = timedelta(days=1)
# Nobody can write meanwhile: a second or two.
SWEPT_AT_ONCE = 10_000
# More objects without a row than this, and than objects with one: it is another database's store.
_FEW = 10


def evidence_context(evidence_id: bytes) -> Context:
    """What a file's stream is bound to."""
    return Context(Purpose.EVIDENCE, (evidence_id,))


def stored_pieces(store: EvidenceStore, file: Attachment) -> Iterator[bytes]:
    """A stored file, opened piece by piece.

    Raises, while it is read:
        OpeningFailed, Malformed: it was altered or cut.
        EvidenceUnusable: the store does not answer.
    """
    stored, context = store.reader(file.object_name), evidence_context(file.id)
    return opened(stored, StreamKey(file.key), context, file.size)


def begin(session: Session, evidence_id: bytes, today: date) -> None:
    """Note that a file is about to arrive; to be committed before its object is begun."""
    row = Evidence(id=evidence_id, state=EvidenceState.PENDING, day=today)
    session.add(row)
    session.flush()


def keep(session: Session, case_id: bytes, attachments: Sequence[Attachment]) -> None:
    """Make pending files part of a case, in the transaction of the step they go with.

    Raises:
        UploadLost: one of them is not pending, or not any more.
    """
    for attachment in attachments:
        kept = session.scalars(
            update(Evidence)
            .where(Evidence.id == attachment.id, Evidence.state == EvidenceState.PENDING)
            .values(
                case_id=case_id,
                state=EvidenceState.KEPT,
                stored_size=sealed_size(attachment.size),
            )
            .returning(Evidence.id)
            .execution_options(synchronize_session=False)
        ).first()
        if kept is None:
            raise UploadLost


def discard(session: Session, store: EvidenceStore, ids: Sequence[bytes]) -> None:
    """Remove pending files and their rows; what a case keeps stays.

    Raises:
        EvidenceUnusable: the store does not answer; the rows stay, for the sweep.
    """
    for gone in _delete_pending(session, ids):
        store.delete(gone.hex())


@dataclass(frozen=True)
class Swept:
    """How many uploads that nobody finished, and how many objects without a row, were removed.

    Attributes:
        more: there is more to remove, in another transaction.
    """

    unfinished: int
    without_row: int
    more: bool = False


def sweepable(session: Session, store: EvidenceStore, today: date) -> Swept:
    """What `sweep` would remove now; nothing is changed. Arguments and errors as there."""
    left = _left(session, store, today)
    return Swept(len(left.dead), len(left.without_row))


def sweep(
    session: Session,
    store: EvidenceStore,
    today: date,
    *,
    however_many: bool = False,
    most: int = SWEPT_AT_ONCE,
) -> Swept:
    """Remove what uploads left that came to nothing, or the first part of it.

    Safe beside uploads that are going on, and beside another sweep.

    Args:
        session: a writing session.
        store: where the objects are.
        today: the office's day; what began before yesterday is dead.
        however_many: also where most objects have no row.
        most: rows, and objects without one, to remove in this transaction.

    Raises:
        EvidenceUnusable: the store does not answer; the next sweep goes on.
        EvidenceForeign: most objects have no row; nothing was removed.
    """
    left = _left(session, store, today)
    if left.foreign and not however_many:
        raise EvidenceForeign(len(left.without_row), left.stored)
    # The rows are gone, and locked, before the objects: a step that keeps one meanwhile fails.
    dead = _delete_pending(session, left.dead[:most])
    without_row = left.without_row[:most]
    for name in [*without_row, *(each.hex() for each in dead)]:
        store.delete(name)
    more = len(left.dead) > most or len(left.without_row) > most
    return Swept(len(dead), len(without_row), more)


@dataclass(frozen=True)
class _Left:
    """The rows of dead uploads, and the objects, whole or not, without a row."""

    dead: Sequence[bytes]
    without_row: Sequence[str]
    stored: int

    @property
    def foreign(self) -> bool:
        without = len(self.without_row)
        return without > _FEW and without > self.stored - without


def _left(session: Session, store: EvidenceStore, today: date) -> _Left:
    # The objects first: a row is there before its object, so an object without one is nobody's.
    stored = set(store.names()) | store.unfinished()
    known = {evidence_id.hex() for evidence_id in queries.all_ids(session)}
    dead = queries.pending_before(session, today - _PATIENCE)
    return _Left(dead, sorted(stored - known), len(stored))


@dataclass(frozen=True)
class EvidenceFaults:
    """What is wrong with the store, as names of objects."""

    missing: tuple[str, ...] = ()
    wrong_size: tuple[str, ...] = ()
    without_row: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.wrong_size or self.without_row)


def verify(session: Session, store: EvidenceStore) -> EvidenceFaults:
    """Compare rows and objects; nothing is opened and nothing changed.

    Uploads may go on meanwhile: what looks wrong is looked at again.

    Args:
        session: one that has read nothing yet, so that it sees the rows as they are now.
        store: where the objects are.

    Raises:
        EvidenceUnusable: the store does not answer.
    """
    stored = {found.name: found.size for found in store.objects()}
    kept, pending = queries.kept_sizes(session), queries.pending_ids(session)
    wanted = {evidence_id.hex(): size for evidence_id, size in kept.items()}
    known = wanted.keys() | {evidence_id.hex() for evidence_id in pending}
    return EvidenceFaults(
        missing=_sorted(name for name in wanted if name not in stored and store.size(name) is None),
        wrong_size=_sorted(name for name, size in wanted.items() if stored.get(name, size) != size),
        without_row=_sorted(
            name for name in stored if name not in known and store.size(name) is not None
        ),
    )


def _delete_pending(session: Session, ids: Sequence[bytes]) -> list[bytes]:
    """The rows deleted; one that a step keeps at this moment is waited for, and stays."""
    return [
        gone
        for evidence_id in ids
        for gone in session.scalars(
            delete(Evidence)
            .where(Evidence.id == evidence_id, Evidence.state == EvidenceState.PENDING)
            .returning(Evidence.id)
            .execution_options(synchronize_session=False)
        )
    ]


def _sorted(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(sorted(names))
