"""What the database is asked, counted: a number that is the same on every machine."""

from types import TracebackType
from typing import Self

from sqlalchemy import event

from cases.database import Database


class Statements:
    """Counts the statements inside a block; beginning a transaction is no question."""

    def __init__(self, database: Database) -> None:
        self._engine = database.engine
        self.count = 0

    def __enter__(self) -> Self:
        event.listen(self._engine, "before_cursor_execute", self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        event.remove(self._engine, "before_cursor_execute", self._note)

    def _note(self, connection: object, cursor: object, statement: str, *_: object) -> None:
        self.count += not statement.startswith(("PRAGMA", "BEGIN"))
