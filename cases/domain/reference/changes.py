"""The office's own changes over the shipped rows: the newest change of a key holds."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.domain.reference.columns import Row
from cases.domain.reference.kinds import KINDS
from cases.domain.reference.known import Tables
from cases.errors import RowRefused


@dataclass(frozen=True)
class Change:
    """What a row holds from now on; `row` None withdraws it."""

    kind: str
    key: str
    row: Row | None


def with_changes(tables: Tables, changes: Iterable[Change]) -> Tables:
    """The tables after the changes: a changed row keeps its place, a new one comes last.

    A change that this version cannot read is left out, so that an office never stands still over
    one row; `zegel authorities check` names such rows.
    """
    changed = {kind: dict(rows) for kind, rows in tables.items()}
    for change in changes:
        if change.kind not in changed or refusal_of(change) is not None:
            continue
        if change.row is None:
            changed[change.kind].pop(change.key, None)
        else:
            changed[change.kind][change.key] = change.row
    return changed


def refusal_of(change: Change) -> RowRefused | None:
    """Why a change cannot be read by itself; None where it can."""
    if change.row is None or change.kind not in KINDS:
        return None
    try:
        KINDS[change.kind].read(change.row)
    except RowRefused as refusal:
        return refusal
    return None
