"""Reading the trail."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from cases.domain.trail import TrailEvent
from cases.domain.trail_chain import Entry
from cases.models import TrailEntry, TrailLink
from cases.queries.trail_chain import as_entry

# Rows in memory at a time: a trail grows for decades.
_BATCH = 1000


@dataclass(frozen=True)
class ListedEntry:
    """An entry and its place in the chain; no place where it joins after its day."""

    position: int | None
    digest: bytes | None
    entry: Entry


@dataclass(frozen=True)
class Wanted:
    """Which entries somebody looks for; None looks for any."""

    first_day: date | None = None
    last_day: date | None = None
    event: TrailEvent | None = None
    person: bytes | None = None
    case_id: bytes | None = None


EVERYTHING = Wanted()


def typist(session: Session, case_id: bytes) -> bytes | None:
    """The id of who typed the case in; None where it came through the portal."""
    typed_in = select(TrailEntry.actor_id).where(
        TrailEntry.case_id == case_id, TrailEntry.event == TrailEvent.CASE_TYPED_IN.value
    )
    return session.scalar(typed_in.limit(1))


def of_case(session: Session, case_id: bytes) -> Sequence[TrailEntry]:
    """Every row about one case, by day; within a day first what is known by its day only."""
    ordered = (TrailEntry.day, TrailEntry.at.nulls_first(), TrailEntry.event, TrailEntry.id)
    rows = select(TrailEntry).where(TrailEntry.case_id == case_id)
    return session.scalars(rows.order_by(*ordered)).all()


def told_since(
    session: Session, event: TrailEvent, actor_id: bytes, case_id: bytes | None, since: datetime
) -> bool:
    """Whether the trail says that this person did this, to this case if any, since a moment."""
    told = select(TrailEntry.id).where(
        TrailEntry.case_id == case_id,
        TrailEntry.day >= since.date(),
        TrailEntry.event == event.value,
        TrailEntry.actor_id == actor_id,
        TrailEntry.at >= since,
    )
    return session.scalar(told.limit(1)) is not None


def newest(
    session: Session, wanted: Wanted, before: int | None, limit: int
) -> Sequence[ListedEntry]:
    """Entries of the chain, the newest first, from below a place in it."""
    rows = _listed(wanted).where(TrailLink.position.is_not(None))
    if before is not None:
        rows = rows.where(TrailLink.position < before)
    rows = rows.order_by(TrailLink.position.desc()).limit(limit)
    found = session.execute(rows)
    return [ListedEntry(position, digest, as_entry(row)) for position, digest, row in found]


def by_day_only(session: Session, wanted: Wanted, limit: int) -> Sequence[ListedEntry]:
    """Entries that join the chain after their day, by day."""
    rows = _listed(wanted).where(TrailEntry.at.is_(None), TrailLink.position.is_(None))
    rows = rows.order_by(TrailEntry.day.desc(), TrailEntry.id).limit(limit)
    found = session.execute(rows)
    return [ListedEntry(position, digest, as_entry(row)) for position, digest, row in found]


def every_entry(session: Session, wanted: Wanted = EVERYTHING) -> Iterator[ListedEntry]:
    """Every entry that is looked for, a batch at a time: the chain, then what joins it later."""
    ordered = (TrailLink.position.nulls_last(), TrailEntry.day, TrailEntry.id)
    rows = _listed(wanted).order_by(*ordered)
    for position, digest, entry in session.execute(rows).yield_per(_BATCH):
        yield ListedEntry(position, digest, as_entry(entry))


def _listed(wanted: Wanted) -> Select[int, bytes, TrailEntry]:
    joined = TrailLink.entry_id == TrailEntry.id
    rows = select(TrailLink.position, TrailLink.digest, TrailEntry)
    return rows.select_from(TrailEntry).outerjoin(TrailLink, joined).where(*_conditions(wanted))


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.first_day is not None:
        yield TrailEntry.day >= wanted.first_day
    if wanted.last_day is not None:
        yield TrailEntry.day <= wanted.last_day
    if wanted.event is not None:
        yield TrailEntry.event == wanted.event.value
    if wanted.person is not None:
        yield or_(TrailEntry.actor_id == wanted.person, TrailEntry.subject_id == wanted.person)
    if wanted.case_id is not None:
        yield TrailEntry.case_id == wanted.case_id
