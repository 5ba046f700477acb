"""Every row of every table, for a backup. What is read is as it lies there: sealed."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Row, Table, inspect, select

from cases.domain.attachments import EvidenceState

# The version is said elsewhere. Sessions end with a restore: who signed in signs in anew, and a
# backup with a stolen cookie opens nothing.
LEFT_OUT = frozenset({"alembic_version", "mailbox_session", "staff_session"})
_AT_ONCE = 100  # rows in memory; a row may hold a long text


def tables_of(connection: Connection) -> tuple[Table, ...]:
    """The tables that go with a backup, as the database has them, each before those that refer to
    it."""
    found = inspect(connection)
    names = [name for name, _ in found.get_sorted_table_and_fkc_names() if name is not None]
    # Columns are all that is asked for: indexes and rules come with the migrations.
    return tuple(
        Table(name, MetaData(), *(Column(c["name"], c["type"]) for c in found.get_columns(name)))
        for name in names
        if name not in LEFT_OUT
    )


def rows_of(connection: Connection, table: Table) -> Iterator[Row[Any]]:
    """Every row, some at a time; of files those that a case keeps, as others are still arriving."""
    chosen = select(table)
    if table.name == "evidence":
        chosen = chosen.where(table.c.state == EvidenceState.KEPT.value)
    options = {"stream_results": True, "yield_per": _AT_ONCE}
    yield from connection.execute(chosen, execution_options=options)
