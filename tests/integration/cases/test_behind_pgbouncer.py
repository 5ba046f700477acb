"""PgBouncer gives each transaction a connection that is free: nothing may rely on the same."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Event

import pytest
from sqlalchemy import URL, text
from sqlalchemy.exc import InternalError
from sqlalchemy.orm import Session

from cases.database import Database, lock
from tests.support.databases import fresh_database, shown
from tests.support.pgbouncer import pgbouncer

# psycopg prepares what is asked more than five times, until something is rolled back.
TIMES = 12


@pytest.fixture(scope="module")
def address(postgresql: URL) -> Iterator[URL]:
    with fresh_database(postgresql) as url, pgbouncer(url) as address:
        yield address


@pytest.fixture
def database(address: URL) -> Iterator[Database]:
    with closing(Database(shown(address))) as opened:
        opened.migrate()
        yield opened


def count_cases(session: Session) -> int:
    return int(session.execute(text('SELECT count(*) FROM "case"')).scalar_one())


def test_the_same_statement_works_on_whichever_connection(address: URL, database: Database) -> None:
    for _ in range(TIMES):
        with database.writing() as session:
            assert count_cases(session) == 0
    with closing(Database(shown(address))) as another_host, another_host.writing() as other:
        # It has the connection now that the first one had, which gets a new one.
        assert count_cases(other) == 0
        with database.writing() as session:
            assert count_cases(session) == 0


def test_a_session_that_reads_sees_one_moment_and_cannot_write(database: Database) -> None:
    with database.reading() as session:
        assert session.execute(text("SHOW transaction_isolation")).scalar() == "repeatable read"
        with pytest.raises(InternalError, match="read-only"):
            session.execute(text("DELETE FROM clock"))
    with database.writing() as session:
        assert session.execute(text("SHOW transaction_read_only")).scalar() == "off"


def test_a_lock_ends_with_its_transaction(database: Database) -> None:
    locked, done = Event(), list[str]()

    def second() -> None:
        locked.wait()
        with database.writing() as session:
            lock(session, b"zegeltst")
            done.append("second")

    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(second)
        with database.writing() as session:
            lock(session, b"zegeltst")
            locked.set()
            count_cases(session)
            done.append("first")
        waiting.result()

    assert done == ["first", "second"]
