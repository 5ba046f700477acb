"""Reading the chain of the trail."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from cases.domain.trail import TrailEvent
from cases.domain.trail_chain import EMPTY, Entry, Head, Link
from cases.models import TrailEntry, TrailLink, TrailSignature

# Rows in memory at a time: a trail grows for decades.
_BATCH = 1000


def as_entry(row: TrailEntry) -> Entry:
    """The row as the chain's rules know it."""
    return Entry(row.id, row.day, row.at, row.actor_id, row.event, row.case_id, row.subject_id)


def head(session: Session) -> Head:
    """The last link."""
    last = select(TrailLink).order_by(TrailLink.position.desc()).limit(1)
    found = session.scalars(last).one_or_none()
    return Head(found.position, found.digest) if found else EMPTY


def head_at(session: Session, position: int) -> Head | None:
    """The link at a place; None where the chain has none there."""
    found = session.get(TrailLink, position)
    return Head(found.position, found.digest) if found else None


def signed_places(session: Session) -> Mapping[int, Head]:
    """The links at every place that somebody signed, by position; none where the chain has none."""
    signed = select(TrailSignature.position)
    rows = select(TrailLink.position, TrailLink.digest).where(TrailLink.position.in_(signed))
    return {position: Head(position, digest) for position, digest in session.execute(rows)}


def links(session: Session) -> Iterator[Link]:
    """Every link in its order, with its entry, a batch at a time."""
    rows = (
        select(TrailLink.position, TrailLink.digest, TrailLink.entry_id, TrailEntry)
        .outerjoin(TrailEntry, TrailEntry.id == TrailLink.entry_id)
        .order_by(TrailLink.position)
    )
    for position, digest, entry_id, row in session.execute(rows).yield_per(_BATCH):
        yield Link(position, digest, entry_id, as_entry(row) if row else None)


def not_chained(session: Session) -> Sequence[TrailEntry]:
    """Entries with a moment that no link names: each should have joined with its transaction."""
    rows = _without_link().where(TrailEntry.at.is_not(None))
    return session.scalars(rows.order_by(TrailEntry.at, TrailEntry.id)).all()


def waiting(session: Session) -> int:
    """How many entries are known by their day and join the chain after it."""
    rows = _without_link().where(TrailEntry.at.is_(None)).subquery()
    return session.scalar(select(func.count()).select_from(rows)) or 0


def waiting_until(session: Session, today: date) -> Sequence[TrailEntry]:
    """Entries by day of the days before today that did not join yet, in the order to join."""
    rows = _without_link().where(TrailEntry.at.is_(None), TrailEntry.day < today)
    return session.scalars(rows.order_by(TrailEntry.day, TrailEntry.id)).all()


def signatures(session: Session) -> Sequence[TrailSignature]:
    """Every signed head, the oldest first."""
    rows = select(TrailSignature).order_by(TrailSignature.position, TrailSignature.at)
    return session.scalars(rows).all()


def times_signed(session: Session) -> int:
    """How often the trail says that it was signed."""
    told = select(func.count()).where(TrailEntry.event == TrailEvent.TRAIL_SIGNED.value)
    return session.scalar(told) or 0


def _without_link() -> Select[TrailEntry]:
    return select(TrailEntry).where(
        ~select(TrailLink.position).where(TrailLink.entry_id == TrailEntry.id).exists()
    )
