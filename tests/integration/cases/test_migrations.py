"""What the migrations make is what the models describe, on both databases."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.engine import URL

from cases.database import Database
from cases.models import Base
from tests.support.databases import shown

Constraints = dict[str, dict[str | None, str]]


def _checks(engine: Engine) -> Constraints:
    inspector = inspect(engine)
    return {
        table: {check["name"]: check["sqltext"] for check in inspector.get_check_constraints(table)}
        for table in Base.metadata.tables
    }


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, Base.metadata))


def test_the_migrations_make_the_tables_of_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        assert _differences(connection) == []


def test_the_migrations_make_the_constraints_of_the_models(
    database: Database, empty_url: URL
) -> None:
    if empty_url.get_backend_name() == "sqlite":
        Path(str(empty_url.database)).touch()
    fresh = Database(shown(empty_url))
    with fresh.writing() as session:
        Base.metadata.create_all(session.connection())
    try:
        assert _checks(database.engine) == _checks(fresh.engine)
    finally:
        fresh.close()


def test_no_table_of_sqlite_numbers_its_rows(sqlite_database: Database) -> None:
    """A hidden row number would tell in which order, and so when, the portal wrote."""
    with sqlite_database.engine.connect() as connection:
        listed = connection.exec_driver_sql("PRAGMA table_list").all()

    numbering = {row.name for row in listed if row.type == "table" and not row.wr}
    assert not numbering & Base.metadata.tables.keys()


def test_every_constraint_has_a_name() -> None:
    unnamed = [
        (table.name, constraint)
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if not constraint.name
    ]

    assert unnamed == []
