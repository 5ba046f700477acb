"""The office's reference data: the shipped rows with the office's own changes over them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from cases.domain.reference import KINDS, ReferenceData, Row, Tables, assemble, shipped_tables
from cases.domain.reference.changes import Change, with_changes
from cases.models import Staff
from cases.models.reference import ReferenceEdit

# (kind, key, body): all that a change says.
_Stored = tuple[str, str, str | None]

_later = aliased(ReferenceEdit)
_last = (
    select(func.max(_later.position))
    .where(_later.kind == ReferenceEdit.kind, _later.key == ReferenceEdit.key)
    .scalar_subquery()
)
# Every page asks this: written down once, it is not put together for each of them.
_NEWEST_OF_EVERY_KIND = (
    select(ReferenceEdit.kind, ReferenceEdit.key, ReferenceEdit.body)
    .where(ReferenceEdit.position == _last)
    # Rows that the office added come in the order of their keys.
    .order_by(ReferenceEdit.kind, ReferenceEdit.key)
)
_NEWEST = _NEWEST_OF_EVERY_KIND.where(ReferenceEdit.kind.in_(KINDS))


@dataclass(frozen=True)
class HistoryEntry:
    """One change of a row. `actor` is empty for a change made on the command line."""

    position: int
    day: date
    at: datetime
    actor: str
    before: Row | None
    after: Row | None


def current(session: Session) -> ReferenceData:
    """The reference data as the office keeps it now; assembled anew only after a change."""
    return _assembled(_newest(session))


def current_tables(session: Session) -> Tables:
    """The same as rows of text, for lists and forms."""
    return with_changes(shipped_tables(), _read(_newest(session)))


def changes(session: Session) -> tuple[Change, ...]:
    """The newest change of each row that the office changed, of every kind."""
    return tuple(_read(_newest(session, every_kind=True)))


def position(session: Session, kind: str, key: str) -> int:
    """How often a row was changed; 0 for a row as it was shipped."""
    newest = select(func.max(ReferenceEdit.position)).where(
        ReferenceEdit.kind == kind, ReferenceEdit.key == key
    )
    return session.scalar(newest) or 0


def history(session: Session, kind: str, key: str) -> tuple[HistoryEntry, ...]:
    """Every change of a row with what it held before and after, the newest first."""
    found = session.execute(
        select(ReferenceEdit, Staff.name)
        .outerjoin(Staff, Staff.id == ReferenceEdit.actor_id)
        .where(ReferenceEdit.kind == kind, ReferenceEdit.key == key)
        .order_by(ReferenceEdit.position)
    )
    before, entries = shipped_tables()[kind].get(key), list[HistoryEntry]()
    for edit, name in found:
        after = _row(edit.body)
        entries.append(HistoryEntry(edit.position, edit.day, edit.at, name or "", before, after))
        before = after
    return tuple(reversed(entries))


def _newest(session: Session, *, every_kind: bool = False) -> tuple[_Stored, ...]:
    found = session.execute(_NEWEST_OF_EVERY_KIND if every_kind else _NEWEST)
    return tuple((kind, key, body) for kind, key, body in found)


@lru_cache(maxsize=4)
def _assembled(stored: tuple[_Stored, ...]) -> ReferenceData:
    # By what the changes say, not by when: two databases in one process never mix.
    return assemble(with_changes(shipped_tables(), _read(stored)))


def _read(stored: Iterable[_Stored]) -> list[Change]:
    return [Change(kind, key, _row(body)) for kind, key, body in stored]


def _row(body: str | None) -> Row | None:
    if body is None:
        return None
    found = json.loads(body)
    return {str(name): str(value) for name, value in found.items()}
