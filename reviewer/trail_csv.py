"""The trail as CSV, for a spreadsheet or for another system that checks the chain itself."""

from collections.abc import Iterable, Iterator
from itertools import chain

from cases.queries.staff import names_of_everyone
from cases.queries.trail import ListedEntry, every_entry
from reviewer.spreadsheet import csv_lines
from web.database import Session

COLUMNS = (
    "position",
    "day",
    "at",
    "event",
    "who",
    "person",
    "case",
    "entry",
    "digest",
    "to",
    "to_person",
)


def whole_trail(session: Session) -> Iterator[str]:
    """Every entry, in pieces: those of the chain in their order, then those that join it later."""
    return as_csv(every_entry(session), names_of_everyone(session))


def as_csv(rows: Iterable[ListedEntry], names: dict[bytes, str]) -> Iterator[str]:
    """The rows with a head; days as 2026-01-31, moments with their offset, ids in hexadecimal."""
    return csv_lines(chain((COLUMNS,), (_cells(row, names) for row in rows)))


def _cells(row: ListedEntry, names: dict[bytes, str]) -> tuple[object, ...]:
    entry, actor = row.entry, row.entry.actor_id or b""
    subject = entry.subject_id or b""
    return (
        row.position or "",
        entry.day.isoformat(),
        entry.at.isoformat() if entry.at else "",
        entry.event,
        names.get(actor, ""),
        actor.hex(),
        (entry.case_id or b"").hex(),
        entry.id.hex(),
        (row.digest or b"").hex(),
        names.get(subject, ""),
        subject.hex(),
    )
