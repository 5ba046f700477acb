"""Whether the database is set up as an office needs it; nothing is changed."""

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, text

from cases.actions.database_roles import PORTAL, Allowed, console_privileges
from cases.database import Database
from cases.models import Base

_VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE")
_BY_COLUMN = ("SELECT", "UPDATE")
_ROLE = text("SELECT rolsuper FROM pg_roles WHERE rolname = :role")
_ON_TABLE = text("SELECT has_table_privilege(:role, :name, :verb)")
_ON_COLUMN = text("SELECT has_column_privilege(:role, :name, :column, :verb)")


def overwrites_what_it_deletes(database: Database) -> bool:
    """Whether SQLite overwrites what is deleted (`secure_delete`); PostgreSQL's disk is its own."""
    if not database.is_sqlite:
        return True
    with database.engine.connect() as connection:
        return bool(connection.exec_driver_sql("PRAGMA secure_delete").scalar_one())


def wrong_privileges(database: Database, portal: str, console: str) -> tuple[str, ...]:
    """What the two roles may do and should not, or should and may not: `role: VERB table.column`.

    A role that is not there, or may do anything, is one entry. PostgreSQL only.
    """
    wanted = {portal: PORTAL, console: console_privileges()}
    with database.engine.connect() as connection:
        return tuple(
            wrong for role, tables in wanted.items() for wrong in _wrong(connection, role, tables)
        )


def _wrong(connection: Connection, role: str, tables: Mapping[str, Allowed]) -> Iterator[str]:
    mighty = connection.execute(_ROLE, {"role": role}).scalar_one_or_none()
    if mighty is None or mighty:
        yield f"{role}: superuser" if mighty else f"{role}: -"
        return
    for name, table in Base.metadata.tables.items():
        allowed = tables.get(name, Allowed())
        for verb in _VERBS:
            extent = getattr(allowed, verb.lower())
            columns = [column.name for column in table.columns] if verb in _BY_COLUMN else [""]
            for column in columns:
                right = extent is True or (isinstance(extent, tuple) and column in extent)
                if _may(connection, role, name, column, verb) != right:
                    yield f"{role}: {verb} {name}{'.' if column else ''}{column}"


def _may(connection: Connection, role: str, name: str, column: str, verb: str) -> bool:
    asked = {"role": role, "name": f'public."{name}"', "verb": verb}
    if column:
        return bool(connection.execute(_ON_COLUMN, {**asked, "column": column}).scalar_one())
    return bool(connection.execute(_ON_TABLE, asked).scalar_one())
