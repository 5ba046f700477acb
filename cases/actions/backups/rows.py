"""Rows of tables as lines of JSON, and back: the same whichever database they come from.

A line is a list of values in the order of the columns. Bytes are base64, days and moments ISO 8601
(moments in UTC).
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Table, insert

from cases.actions.backups.archive import Member, written
from cases.errors import BackupDamaged

FOLDER = "database/"
_PART = 1024 * 1024  # bytes, and then the row that does not fit any more
_ROWS_AT_ONCE = 200
_MOST_BITS = 63


def _counted(given: int) -> int:
    if given.bit_length() > _MOST_BITS:
        raise ValueError("no database counts so far")
    return given


_READ: Mapping[type, tuple[type, Callable[[Any], object]]] = MappingProxyType(
    {
        bytes: (str, lambda given: b64decode(given, validate=True)),
        datetime: (str, datetime.fromisoformat),
        date: (str, date.fromisoformat),
        str: (str, str),
        int: (int, _counted),
        bool: (bool, bool),
    }
)
"""By the type of a column: what JSON holds of it, and how it is read."""


def members(table: str, rows: Iterable[Sequence[object]]) -> Iterator[Member]:
    """The rows of a table, in as many members as they need."""
    number, lines, size = 1, list[bytes](), 0
    for row in rows:
        lines.append(line(row))
        size += len(lines[-1])
        if size >= _PART:
            yield _member(table, number, lines)
            number, lines, size = number + 1, [], 0
    if lines:
        yield _member(table, number, lines)


def _member(table: str, number: int, lines: list[bytes]) -> Member:
    return written(f"{FOLDER}{table}/{number:06}.jsonl", b"".join(lines))


def line(row: Sequence[object]) -> bytes:
    """One row."""
    return json.dumps(list(row), default=_plain, separators=(",", ":")).encode() + b"\n"


def _plain(value: object) -> str:
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, datetime):
        # SQLite gives moments without the zone, which is UTC.
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a column of {type(value).__name__}")


def fill(connection: Connection, table: Table, columns: Sequence[str], lines: bytes) -> int:
    """Put rows into a table; returns how many.

    Raises:
        BackupDamaged: a line is no row of this table.
    """
    kinds = [table.c[name].type.python_type for name in columns]
    rows = [dict(zip(columns, _values(each, kinds), strict=True)) for each in lines.splitlines()]
    for at in range(0, len(rows), _ROWS_AT_ONCE):
        connection.execute(insert(table), rows[at : at + _ROWS_AT_ONCE])
    return len(rows)


def _values(encoded: bytes, kinds: Sequence[type]) -> list[object]:
    try:
        found = json.loads(encoded)
        if not isinstance(found, list) or len(found) != len(kinds):
            raise BackupDamaged
        return [_value(each, kind) for each, kind in zip(found, kinds, strict=True)]
    except (ValueError, RecursionError):
        raise BackupDamaged from None


def _value(found: object, kind: type) -> object:
    if found is None:
        return None
    expected, read = _READ[kind]
    if type(found) is not expected:
        raise BackupDamaged
    return read(found)
