"""How the database is opened, brought up to date, checked, and refused."""

import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing, nullcontext
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from cases.database import Database
from cases.domain.flows import Flow
from cases.errors import DatabaseUnusable
from cases.models import ReferenceCounter
from tests.support.databases import shown, sqlite_url


def _pragma(session: Session, name: str) -> object:
    return session.execute(text(f"PRAGMA {name}")).scalar_one()


def _file(database: Database) -> Path:
    assert database.engine.url.database
    return Path(database.engine.url.database)


def _write_and_raise(database: Database) -> None:
    with database.writing() as session:
        session.add(ReferenceCounter(flow=Flow.REPORT, year=2026, last=3))
        session.flush()
        raise RuntimeError


@pytest.mark.parametrize("writes", [True, False])
def test_every_sqlite_connection_is_set_up(sqlite_database: Database, writes: bool) -> None:
    opening = sqlite_database.writing if writes else sqlite_database.reading
    with opening() as session, opening() if not writes else sqlite_database.reading() as other:
        for each in (session, other):
            assert _pragma(each, "journal_mode") == "wal"
            assert _pragma(each, "synchronous") == 2  # FULL
            assert _pragma(each, "secure_delete") == 1
            assert _pragma(each, "foreign_keys") == 1
            assert _pragma(each, "busy_timeout") == 10_000
            assert _pragma(each, "temp_store") == 2  # MEMORY


def test_a_writing_session_keeps_what_was_written(database: Database) -> None:
    with database.writing() as session:
        session.add(ReferenceCounter(flow=Flow.REPORT, year=2026, last=3))

    with database.reading() as session:
        assert session.get_one(ReferenceCounter, ("report", 2026)).last == 3


def test_a_file_that_was_put_back_from_a_backup_is_left_alone_until_the_next_start(
    sqlite_database: Database, tmp_path: Path
) -> None:
    path, older = _file(sqlite_database), tmp_path / "older"
    older.write_bytes(path.read_bytes())
    with sqlite_database.writing() as session:
        session.add(ReferenceCounter(flow=Flow.REPORT, year=2026, last=3))
    for log in ("-wal", "-shm"):
        path.with_name(path.name + log).unlink()
    older.replace(path)

    with pytest.raises(OperationalError, match="another one"), sqlite_database.writing() as session:
        session.add(ReferenceCounter(flow=Flow.REPORT, year=2027, last=1))

    assert path.read_bytes().startswith(b"SQLite")
    restarted = Database(shown(sqlite_url(path)))
    with closing(restarted), restarted.reading() as session:
        assert session.scalars(select(ReferenceCounter)).all() == []


def test_nothing_is_written_to_a_file_that_is_gone_and_none_is_made(
    sqlite_database: Database,
) -> None:
    with sqlite_database.reading() as session:
        session.execute(text("SELECT 1"))
    _file(sqlite_database).unlink()

    with pytest.raises(OperationalError), sqlite_database.writing() as session:
        session.add(ReferenceCounter(flow=Flow.REPORT, year=2026, last=3))

    assert not _file(sqlite_database).exists()


def test_an_exception_undoes_everything(database: Database) -> None:
    with pytest.raises(RuntimeError):
        _write_and_raise(database)

    with database.reading() as session:
        assert session.get(ReferenceCounter, ("report", 2026)) is None


def test_a_reading_session_cannot_write(database: Database) -> None:
    with database.reading() as session, pytest.raises(DBAPIError, match=r"read.?only"):
        session.execute(text("DELETE FROM reference_counter"))

    # The connection goes back to the pool and can write again.
    with database.writing() as session:
        session.add(ReferenceCounter(flow=Flow.REPORT, year=2026, last=3))


def test_a_reading_session_sees_one_moment(database: Database) -> None:
    counted = text("SELECT count(*) FROM reference_counter")
    with database.reading() as reading:
        before = reading.execute(counted).scalar_one()
        with database.writing() as session:
            session.add(ReferenceCounter(flow=Flow.REPORT, year=2026, last=3))

        assert reading.execute(counted).scalar_one() == before == 0


def test_migrating_twice_changes_nothing(empty_url: URL) -> None:
    database = Database(shown(empty_url))
    try:
        database.migrate()
        with database.writing() as session:
            session.add(ReferenceCounter(flow=Flow.REPORT, year=2026, last=3))
        database.migrate()
        database.check()

        with database.reading() as session:
            assert session.get_one(ReferenceCounter, ("report", 2026)).last == 3
    finally:
        database.close()


def test_processes_that_start_together_migrate_once(empty_url: URL) -> None:
    program = "import sys; from cases.database import Database; Database(sys.argv[1]).migrate()"
    command = [sys.executable, "-c", program, shown(empty_url)]

    started = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]

    assert [(each.communicate()[1], each.returncode) for each in started] == [("", 0)] * 4
    database = Database(shown(empty_url))
    database.check()
    database.close()


def test_an_empty_database_is_not_up_to_date(empty_url: URL) -> None:
    database = Database(shown(empty_url))

    with pytest.raises(DatabaseUnusable, match=r"run `zegel (db migrate|office create)`"):
        database.check()
    database.close()


def test_a_database_of_a_newer_version_is_left_alone(database: Database) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    for attempt in (database.check, database.migrate):
        with pytest.raises(DatabaseUnusable, match="newer version"):
            attempt()


@pytest.mark.parametrize(
    ("revision", "goes_on"),
    [("9999_keeps_0001", True), ("9999_keeps_9998", False), ("0000_keeps_0000", False)],
)
def test_a_version_goes_on_with_a_newer_form_that_says_so_and_does_not_migrate_it(
    database: Database, revision: str, *, goes_on: bool
) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})

    with nullcontext() if goes_on else pytest.raises(DatabaseUnusable, match="newer version"):
        database.check()
    with pytest.raises(DatabaseUnusable, match="newer version"):
        database.migrate()


def test_a_new_sqlite_file_is_for_its_owner_only(tmp_path: Path) -> None:
    database = Database(shown(sqlite_url(tmp_path / "new.db")))
    database.migrate()

    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    database.close()

    assert modes == {0o600}


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_bytes(b"Dear reader, " * 1000)
    database = Database(shown(sqlite_url(path)))

    for attempt in (database.migrate, database.check):
        with pytest.raises(DatabaseUnusable, match="cannot be used: file is not a database"):
            attempt()
    database.close()

    assert path.read_bytes() == b"Dear reader, " * 1000


def test_a_damaged_file_is_refused(sqlite_database: Database) -> None:
    path = _file(sqlite_database)
    sqlite_database.close()
    content = bytearray(path.read_bytes())
    content[4096 : 4096 * 6] = b"\xa5" * 4096 * 5
    path.write_bytes(content)

    with pytest.raises(DatabaseUnusable) as refused:
        sqlite_database.migrate()

    assert len(str(refused.value).splitlines()) == 1


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    database = Database(shown(sqlite_url(tmp_path / "nowhere" / "zegel.db")))

    with pytest.raises(DatabaseUnusable, match=r"nowhere/zegel\.db cannot be written"):
        database.migrate()


def test_an_unreachable_server_is_one_line_without_the_password() -> None:
    database = Database("postgresql://zegel:swordfish@127.0.0.1:1/zegel")

    for attempt in (database.migrate, database.check):
        with pytest.raises(DatabaseUnusable) as refused:
            attempt()
        assert len(str(refused.value).splitlines()) == 1
        assert "swordfish" not in str(refused.value)


@pytest.mark.parametrize("url", ["", "zegel.db", "mysql://x/y", "sqlite://", "sqlite:///:memory:"])
def test_an_address_that_is_none_of_the_two_is_refused(url: str) -> None:
    with pytest.raises(DatabaseUnusable):
        Database(url).migrate()


def test_erased_bytes_are_gone_from_the_file_and_its_log(sqlite_database: Database) -> None:
    insert = text("INSERT INTO mailbox_session VALUES (:id, :sealed, '2026-11-23')")
    with sqlite_database.writing() as session:
        session.execute(insert, {"id": b"i" * 32, "sealed": b"erase me please" * 20})
    with sqlite_database.writing() as session:
        session.execute(text("DELETE FROM mailbox_session"))

    sqlite_database.scrub()

    folder = _file(sqlite_database).parent
    assert not [path for path in folder.glob("*.db*") if b"erase me" in path.read_bytes()]


def test_emptying_the_log_keeps_nobody_from_writing_while_somebody_reads(
    sqlite_database: Database,
) -> None:
    insert = text("INSERT INTO mailbox_session VALUES (:id, :sealed, '2026-11-23')")
    with sqlite_database.writing() as session:
        session.execute(insert, {"id": b"i" * 32, "sealed": b"erase me please" * 20})
    with sqlite_database.reading() as reader:
        reader.execute(text("SELECT count(*) FROM mailbox_session")).scalar_one()
        with sqlite_database.writing() as session:
            session.execute(text("DELETE FROM mailbox_session"))

        began = time.monotonic()
        sqlite_database.scrub()

        # Nobody can write meanwhile, and others wait for ten seconds before they give up.
        assert time.monotonic() - began < 5

    with sqlite_database.writing() as session:
        assert _pragma(session, "busy_timeout") == 10_000
    sqlite_database.scrub()
    folder = _file(sqlite_database).parent
    assert not [path for path in folder.glob("*.db*") if b"erase me" in path.read_bytes()]


def test_the_settings_hold_for_a_plain_connection_too(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        connection = session.connection().connection.dbapi_connection

        assert isinstance(connection, sqlite3.Connection)
        assert connection.isolation_level is None
