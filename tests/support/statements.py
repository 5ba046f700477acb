"""What the database is asked while a block runs."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from cases.database import Database


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The statements, in their order; beginning a transaction is no question."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
