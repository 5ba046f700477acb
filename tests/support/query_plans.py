"""How SQLite finds what it is asked for: by an index, or by going through a whole table."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Cursor
from typing import Any

from sqlalchemy import event

from cases.database import Database

# What there is more of with each case.
GROWING = "case|case_grant|case_words|clock|evidence|mailbox|message|reminder|trail|transition"
_WALK = re.compile(rf"SCAN ({GROWING})(_\d+)?( |$)")

_SEARCHING = ("SELECT", "UPDATE", "DELETE", "WITH")


@contextmanager
def whole_walks(database: Database) -> Iterator[list[str]]:
    """The statements that walk through a table that grows with the cases."""
    found: list[str] = []

    def note(
        _: object, cursor: Cursor, statement: str, values: Any, _context: object, many: bool
    ) -> None:
        if not statement.startswith(_SEARCHING):
            return
        asking, first = cursor.connection.cursor(), values[0] if many else values
        plan = asking.execute(f"EXPLAIN QUERY PLAN {statement}", first).fetchall()
        if any(_WALK.match(str(step[3])) for step in plan):
            found.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
