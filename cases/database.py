"""The database: SQLite in one file, or PostgreSQL; how it is opened, brought up to date, checked.

On SQLite every connection gets its settings here, because `secure_delete`, foreign keys and the
rest belong to a connection and not to the file. A writing transaction takes SQLite's write lock
at its start: one that read first and wrote later could find its view outdated and fail.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from sqlite3 import OperationalError as SqliteError

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from cases.errors import DatabaseUnusable
from cases.file_modes import file_mode
from cases.saying import said, why

_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_TIMEOUT = 10_000  # milliseconds that a writer waits for another on SQLite
# And that emptying its log waits for readers, while nobody can write.
_SCRUB_TIMEOUT = 1_000
_MIGRATION_LOCK = 0x5A_45_47_45_4C  # any number that only this program uses
# A migration that only adds is called so: versions from the second number on go on beside it.
_NUMBER = 4
_KEEPS = re.compile(r"(?P<number>\d{4})_keeps_(?P<oldest>\d{4})")
_WRITES = "zegel_writes"
_WITHOUT_FOREIGN_KEYS = "zegel_without_foreign_keys"
_POSTGRESQL = "postgresql+psycopg"


class Database:
    """One database and its connections.

    Args:
        url: `sqlite:///path` or `postgresql://...`.

    Raises:
        DatabaseUnusable: the URL is neither.
    """

    def __init__(self, url: str) -> None:
        self._url = _read_url(url)
        self.engine = _engine(self._url)
        self._reading = self.engine.execution_options(**_read_only(self.is_sqlite))
        self._writing = self.engine.execution_options(**{_WRITES: True})

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self._url.get_backend_name() == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment and cannot write; both databases enforce it."""
        with Session(self._reading, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session of one transaction: kept when the block ends, undone when it raises."""
        with Session(self._writing, expire_on_commit=False) as session:
            yield session
            session.commit()

    def migrate(self) -> None:
        """Bring the tables up to date; two processes that start together wait for each other.

        Raises:
            DatabaseUnusable: unreachable, damaged, or made by a newer version.
        """
        if self.is_sqlite:
            _create_private_file(self._url)
        migrating = self._writing.execution_options(**{_WITHOUT_FOREIGN_KEYS: True})
        with self._usable(), migrating.begin() as connection:
            _lock_for_migration(connection)
            _refuse_damage(connection)
            _refuse_newer(connection)
            command.upgrade(migration_config(connection), "head")
            _refuse_loose_ends(connection)

    def staged(self) -> "Database":
        """Where a restore builds it, out of everybody's sight: a file beside this one on SQLite.

        On PostgreSQL it is this one, and a transaction hides it until it is whole.
        """
        if not self.is_sqlite:
            return self
        beside = self._url.set(database=f"{self._url.database}.restoring")
        return Database(beside.render_as_string(hide_password=False))

    @property
    def file(self) -> Path | None:
        """SQLite's file; None on PostgreSQL."""
        return Path(self._url.database or "") if self.is_sqlite else None

    def is_taken(self) -> bool:
        """Whether there is anything already: a file on SQLite, a table on PostgreSQL.

        Raises:
            DatabaseUnusable: it does not answer.
        """
        if self.file:
            return self.file.exists()
        with self._usable(), self._reading.connect() as connection:
            return bool(inspect(connection).get_table_names())

    @contextmanager
    def filling(self) -> Iterator[Connection]:
        """One transaction in which a database is made, without rules between tables until its end.

        Raises:
            DatabaseUnusable: unreachable, or what was filled in does not hold together.
        """
        if self.is_sqlite:
            _create_private_file(self._url)
        filling = self._writing.execution_options(**{_WITHOUT_FOREIGN_KEYS: True})
        with self._usable(), filling.begin() as connection:
            _lock_for_migration(connection)
            yield connection
            _refuse_loose_ends(connection)

    def check(self) -> None:
        """Answer quietly when the database is reachable and up to date, or newer and says that
        this version may go on with it.

        Raises:
            DatabaseUnusable: unreachable, damaged, of a newer version, or not brought up to date.
        """
        if self.is_sqlite:
            _refuse_missing_file(self._url)
        with self._usable(), self._reading.connect() as connection:
            if _keeps(_revision(connection)):
                return
            _refuse_newer(connection)
            if _revision(connection) != _script().get_current_head():
                raise DatabaseUnusable(
                    said("The database is not up to date: run `zegel db migrate`.")
                )

    def scrub(self) -> None:
        """After erasing: empty SQLite's write-ahead log, which still holds the old pages.

        Whoever reads a moment from before keeps them there; the next time, at the latest that of
        the daily jobs, they go.

        Raises:
            DatabaseUnusable: there is no room on the disk for what the log holds.
        """
        if self.is_sqlite:
            with self._usable(), self.engine.connect() as connection:
                cursor = connection.connection.cursor()
                try:
                    cursor.execute("PRAGMA query_only = OFF")
                    cursor.execute(f"PRAGMA busy_timeout = {_SCRUB_TIMEOUT}")
                    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                except SqliteError as error:
                    # Past SQLAlchemy, which would begin a transaction first.
                    raise OperationalError(None, None, error) from None
                finally:
                    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT}")

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def _usable(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise DatabaseUnusable(
                said(
                    "The database at %(shown)s cannot be used: %(cause)s.",
                    shown=self.shown,
                    cause=_cause(error),
                )
            ) from None

    @property
    def shown(self) -> str:
        """Its address, for an operator to read: without the password."""
        return self._url.render_as_string(hide_password=True)


def lock(session: Session, name: bytes) -> None:
    """Until the end of the transaction, let nobody else pass the lock of this name.

    PostgreSQL only: on SQLite a writing transaction is alone already.
    """
    if session.get_bind().dialect.name == "postgresql":
        number = int.from_bytes(name[:8], "big", signed=True)
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def migration_config(connection: Connection) -> Config:
    """Alembic's settings, made in code: no file to find, and the caller's connection."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def bring_to(connection: Connection, revision: str = "head") -> None:
    """Make the tables, or bring them up to a form of them; in the caller's transaction.

    Raises:
        DatabaseUnusable: a form that this version does not know.
    """
    if revision != "head" and revision not in {each.revision for each in _revisions()}:
        raise DatabaseUnusable(said("The database was made by a newer version of Zegel."))
    command.upgrade(migration_config(connection), revision)


def form_of(connection: Connection) -> str:
    """Which form the tables have, as migrations count; empty where there are none."""
    return _revision(connection) or ""


def _read_url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise DatabaseUnusable(said("The database URL is not a URL.")) from None
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise DatabaseUnusable(said("The database URL must start with sqlite: or postgresql:."))
    return parsed.set(drivername=_POSTGRESQL) if parsed.drivername == "postgresql" else parsed


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        # No prepared statements: behind PgBouncer the next transaction may be on a connection that
        # knows none of them.
        settings = {"prepare_threshold": None}
        return create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=settings)
    engine, file = create_engine(url, hide_parameters=True), _SameFile(url)
    event.listen(engine, "do_connect", file.refuse_to_make_it)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", file.refuse_another)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _cause(error: DBAPIError) -> str:
    """Only the driver's first line: it names what is wrong, and holds no value."""
    answer = str(error.orig)
    return answer.splitlines()[0].rstrip(".") if answer else said("no answer")


def _read_only(is_sqlite: bool) -> dict[str, object]:
    if is_sqlite:
        return {}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


class _SameFile:
    """That the file is still the one of the start, and not another of its name.

    Where it is removed, or one of a backup takes its place, a connection of before goes on with
    the file without a name: it would show receipt codes for what nobody can ever read.
    """

    def __init__(self, url: URL) -> None:
        self._path = url.database or ""
        self._first: tuple[int, int] | None = None

    def refuse_to_make_it(self, *_: object) -> None:
        """Before connecting: SQLite would make an empty file, readable for others."""
        if not Path(self._path).exists():
            raise SqliteError("the file is not there")

    def refuse_another(self, _: Connection) -> None:
        """Before each transaction. Until the program starts anew, as SQLite's log has no name
        of its own: closing the old file would remove the log of the new one.
        """
        found = self._identity()
        self._first = self._first or found
        if found != self._first:
            raise OperationalError(None, None, SqliteError("the file is another one than before"))

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self._path)
        except OSError:
            return None
        return found.st_dev, found.st_ino


def _set_up_sqlite(connection: SqliteConnection, entry: ConnectionPoolEntry) -> None:
    # The driver must not open transactions by itself: _begin_sqlite says BEGIN.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA secure_delete = ON")
    # 16 MiB: the inbox of a hundred thousand cases walks through indexes of several.
    cursor.execute("PRAGMA cache_size = -16384")
    # Sorting and large statements stay in memory: no temporary file holds a row.
    cursor.execute("PRAGMA temp_store = MEMORY")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    writes = bool(options.get(_WRITES))
    # SQLite knows this outside a transaction only. A table that a migration makes anew would
    # otherwise take the rows that point to it along when the old one is dropped.
    foreign_keys = "OFF" if options.get(_WITHOUT_FOREIGN_KEYS) else "ON"
    connection.exec_driver_sql(f"PRAGMA foreign_keys = {foreign_keys}")
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _refuse_missing_file(url: URL) -> None:
    # Connecting would make the file, and others could read what comes into it.
    if not Path(url.database or "").exists():
        raise DatabaseUnusable(
            said(
                "There is no database at %(database)s: run `zegel office create`.",
                database=url.database,
            )
        )


def _create_private_file(url: URL) -> None:
    if not url.database or url.database == ":memory:":
        raise DatabaseUnusable(said("The database URL names no file."))
    path = Path(url.database)
    try:
        if not path.exists():
            # SQLite gives its log and its index the mode of this file.
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            os.fchmod(handle, file_mode(path.parent))
            os.close(handle)
        os.close(os.open(path, os.O_RDWR))
    except OSError as error:
        raise DatabaseUnusable(
            said("The file %(path)s cannot be written: %(why)s.", path=path, why=why(error))
        ) from None


def _lock_for_migration(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _MIGRATION_LOCK})


def _refuse_damage(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if found != "ok":
        raise DatabaseUnusable(said("The database file is damaged; restore it from a backup."))


def _refuse_loose_ends(connection: Connection) -> None:
    """A migration ran without foreign keys: none may point to nothing now."""
    if connection.dialect.name != "sqlite":
        return
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise DatabaseUnusable(said("The database could not be brought up to date: it is damaged."))


def _refuse_newer(connection: Connection) -> None:
    revision = _revision(connection)
    if revision is not None and revision not in {each.revision for each in _revisions()}:
        raise DatabaseUnusable(said("The database was made by a newer version of Zegel."))


def _keeps(revision: str | None) -> bool:
    """Whether a newer form names this version, or one before it, as one that goes on with it."""
    found, head = _KEEPS.fullmatch(revision or ""), _script().get_current_head() or ""
    return found is not None and found["oldest"] <= head[:_NUMBER] < found["number"]


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _revisions() -> Iterator[Script]:
    return _script().walk_revisions()


@cache
def _script() -> ScriptDirectory:
    # Read once: the migrations of a running program do not change, and /healthz asks each time.
    return ScriptDirectory(str(_MIGRATIONS))
