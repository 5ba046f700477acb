"""Changing reference data: each change is checked with everything else, and kept beside the old."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cases.actions.signed_in import SignedIn, require
from cases.actions.trail import record_staff
from cases.domain.policies import permitted
from cases.domain.reference import KINDS, Row, Tables
from cases.domain.reference.changes import Change
from cases.domain.reference.checking import refused
from cases.domain.roles import Permission
from cases.domain.trail import TrailEvent
from cases.errors import NotFound, StaleRow
from cases.models.reference import ReferenceEdit
from cases.queries.reference_data import current_tables, position


@dataclass(frozen=True)
class Imported:
    """How many rows an import added, changed and found as they were."""

    added: int
    changed: int
    unchanged: int


def edit(
    session: Session,
    kind: str,
    key: str,
    row: Row | None,
    by: SignedIn,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Change or add one row; `row` None withdraws it. A row that stays the same is not kept again.

    Args:
        session: a writing session.
        kind: a key of `KINDS`; NotFound for another.
        key: the row's key, which its key columns must give.
        row: every column as text.
        by: who changes it, with the permission to; Refused otherwise.
        now: aware.
        seen: the row's position when the person read it; None to take it as it is now.

    Raises:
        RowRefused: the row cannot be read, or does not fit the other rows.
        StaleRow: somebody else changed the row since it was read.
    """
    require(permitted(by.member.roles, Permission.EDIT_REFERENCE_DATA))
    if kind not in KINDS:
        raise NotFound
    tables = current_tables(session)
    change = Change(kind, key, None if row is None else KINDS[kind].normal(row))
    _require_fitting(tables, (change,))
    if tables[kind].get(key) != change.row:
        keep_change(session, change, by, now, seen)


def import_rows(
    session: Session,
    rows: Mapping[str, Iterable[Row]],
    by: SignedIn | None,
    now: datetime,
) -> dict[str, Imported]:
    """Add and change many rows at once, all or none; rows that stay the same are left alone.

    Args:
        rows: by kind. A column that a row does not have stays as it is.
        by: who changes them, or None on the command line, whose user owns the database anyway.

    Raises:
        RowRefused: the rows do not fit together.
        StaleRow: somebody else changed one of them meanwhile.
    """
    if by is not None:
        require(permitted(by.member.roles, Permission.EDIT_REFERENCE_DATA))
    tables = current_tables(session)
    changes = [_over(tables, kind, row) for kind, each in rows.items() for row in each]
    _require_fitting(tables, changes)
    for change in changes:
        if tables[change.kind].get(change.key) != change.row:
            keep_change(session, change, by, now, None)
    return {kind: _counted(tables, kind, changes) for kind in rows}


def _over(tables: Tables, kind: str, row: Row) -> Change:
    key = KINDS[kind].key_of(row)
    return Change(kind, key, KINDS[kind].normal(row, over=tables[kind].get(key)))


def _require_fitting(tables: Tables, changes: Iterable[Change]) -> None:
    found = refused(tables, changes)
    if found is not None:
        raise found.refusal


def _counted(tables: Tables, kind: str, changes: Iterable[Change]) -> Imported:
    before = [(tables[kind].get(each.key), each.row) for each in changes if each.kind == kind]
    return Imported(
        added=sum(old is None for old, _ in before),
        changed=sum(old is not None and old != new for old, new in before),
        unchanged=sum(old == new for old, new in before),
    )


def keep_change(
    session: Session, change: Change, by: SignedIn | None, now: datetime, seen: int | None
) -> None:
    """Keep one checked change beside the older ones. Raises StaleRow; `seen` as in `edit`."""
    last = position(session, change.kind, change.key)
    if seen is not None and seen != last:
        raise StaleRow
    actor = by.member.id if by else None
    body = None if change.row is None else json.dumps(dict(change.row), ensure_ascii=False)
    session.add(
        ReferenceEdit(
            kind=change.kind,
            key=change.key,
            position=last + 1,
            day=now.date(),
            at=now,
            actor_id=actor,
            body=body,
        )
    )
    record_staff(session, TrailEvent.REFERENCE_DATA_EDITED, now, actor)
    try:
        session.flush()
    except IntegrityError:
        # Two people at once found the same last position; the second one reads it again.
        raise StaleRow from None
