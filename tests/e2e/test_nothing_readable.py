"""After a whole journey with a word of its own in every field, none of the words is readable.

The database, opened by hand, shows what docs/reference/what-is-readable.md says and no more.
"""

import json
import os
import re
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from cases import roster_store
from cases.actions.joining import NewPerson, joiner
from cases.actions.roster_people import write_down
from cases.actions.staff import open_staff_session, sign_in
from cases.database import Database
from cases.domain import (
    clocks,
    consultations,
    flows,
    grants,
    identity_requests,
    roles,
    trail,
)
from crypto.keys import Seed
from crypto.session import SessionToken
from tests.support.browser import Windows
from tests.support.canaries import Canaries, journey
from tests.support.custody import half_answered
from tests.support.second_factors import leave_rows_of_each
from tests.support.staffed_office import WEAK, StaffedOffice, staffed_office
from tests.support.traces import dresses, traces
from web.clock import office_day

# What an entry of the portal's log may have.
PORTAL_ENTRY = {"application", "at", "day", "endpoint", "event", "failure", "level"}

DOCUMENT = Path(__file__).parents[2] / "docs" / "reference" / "what-is-readable.md"
Column = tuple[str, str]

CODES = {
    member.value
    for module in (clocks, consultations, flows, grants, identity_requests, roles, trail)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum)
    for member in kind
}
HYBRID_PUBLIC_KEY = 1 + 1 + 32 + 1184
PRINTABLE = re.compile(rb"[\x20-\x7e]{20,}")


def _bytes_of(*sizes: int) -> Callable[[object], bool]:
    return lambda value: isinstance(value, bytes) and len(value) in sizes


def _matching(pattern: str) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _is_sealed(value: object) -> bool:
    return isinstance(value, bytes) and len(value) >= 48 and not PRINTABLE.search(value)


KINDS: dict[str, Callable[[object], bool]] = {
    "id": _bytes_of(16),
    "hash": _bytes_of(16, 32),
    "key name": _bytes_of(16),
    "public key": _bytes_of(HYBRID_PUBLIC_KEY),
    "signature": _bytes_of(64),
    "day": _matching(r"\d{4}-\d\d-\d\d"),
    "moment": _matching(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?"),
    "number": lambda value: isinstance(value, int),
    "yes or no": lambda value: value in (0, 1),
    "reference": _matching(r"(SI|OM|PR)\.\d{4}\.\d{4}"),
    "code": lambda value: value in CODES,
    "codes": lambda value: isinstance(value, str) and set(re.findall(r"\w+", value)) <= CODES,
    "text": _matching(r".{1,120}"),
    "public text": _matching(r"(?s).{1,20000}"),
    "sealed": _is_sealed,
}


@dataclass(frozen=True)
class Travelled:
    """An office after the journey, its servers still running."""

    office: StaffedOffice
    canaries: Canaries
    temporary: Path
    untouched_since: int

    @property
    def folders(self) -> tuple[Path, ...]:
        """Everywhere the servers could have written."""
        return self.office.home, self.office.logs, self.temporary

    def found(self) -> list[str]:
        """Each canary that can be read somewhere."""
        return traces(self.canaries.words.values(), self.folders)


@pytest.fixture(scope="module")
def travelled(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Travelled]:
    temporary = tmp_path_factory.mktemp("temporary")
    untouched_since = temporary.stat().st_mtime_ns
    environment = {"TMPDIR": str(temporary), "SQLITE_TMPDIR": str(temporary)}
    with staffed_office(tmp_path_factory.mktemp("canaries"), environment) as office:
        windows = Windows(browser)
        canaries = journey(office, windows)
        windows.close()
        _propose_somebody(office)
        _set_up_factors(office)
        _ask_for_a_name(office)
        yield Travelled(office, canaries, temporary, untouched_since)


def _propose_somebody(office: StaffedOffice) -> None:
    """A roster waits for a signature: rows of whom it invites lie beside it."""
    waiting = joiner(NewPerson("wim", "Wim Waits", frozenset({roles.Role.INTAKE})))
    database = Database(f"sqlite:///{office.home / 'zegel.sqlite'}")
    with closing(database), database.writing() as session:
        write_down(session, os.urandom(32), [waiting], [], Seed.generate(), WEAK)


def _ask_for_a_name(office: StaffedOffice) -> None:
    """A request waits for the second custodian."""
    database = Database(f"sqlite:///{office.home / 'zegel.sqlite'}")
    with closing(database), database.writing() as session:
        half_answered(session)


def _set_up_factors(office: StaffedOffice) -> None:
    """Somebody has a passkey and recovery codes, and vouches for a colleague."""
    account, now = office.accounts["axel"], datetime.now(UTC)
    roster = roster_store.load(office.home / "roster", office_day(now))
    database = Database(f"sqlite:///{office.home / 'zegel.sqlite'}")
    with closing(database):
        with database.writing() as session:
            token = sign_in(session, "axel", account.passphrase, account.next_code(), now)
        assert isinstance(token, SessionToken)
        with database.writing() as session:
            by = open_staff_session(session, token, now)
            leave_rows_of_each(session, by, "hilde", roster, now)


@pytest.fixture(scope="module")
def database(travelled: Travelled) -> Iterator[sqlite3.Connection]:
    """The database's file, opened without Zegel."""
    with closing(sqlite3.connect(travelled.office.home / "zegel.sqlite")) as connection:
        yield connection


@pytest.fixture(scope="module")
def documented() -> dict[Column, str]:
    """What the document says of each column."""
    rows = re.findall(r"^\| (\w+) \| (\w+) \| ([\w ]+?) \|", DOCUMENT.read_text(), re.MULTILINE)
    rows = [row for row in rows if row[:2] != ("table", "column")]
    assert len({row[:2] for row in rows}) == len(rows), "a column stands twice"
    return {(table, column): kind for table, column, kind in rows}


def test_the_journey_filled_in_everything(travelled: Travelled) -> None:
    assert len(travelled.canaries.words) > 60
    assert len(set(travelled.canaries.words.values())) == len(travelled.canaries.words)


def test_no_file_holds_a_word_of_it(travelled: Travelled) -> None:
    # Servers still run: what SQLite has in its log and not yet in the database counts too.
    assert (travelled.office.home / "zegel.sqlite-wal").stat().st_size > 0

    assert travelled.found() == []


def test_no_temporary_file_was_ever_made(travelled: Travelled) -> None:
    # Making or removing a file in a folder moves its time of change.
    assert travelled.temporary.stat().st_mtime_ns == travelled.untouched_since


def test_a_planted_leak_is_found_in_every_dress(travelled: Travelled) -> None:
    planted = sorted(dresses(travelled.canaries.words["confidential name"]))
    for folder in travelled.folders:
        leak = folder / "planted"
        leak.write_bytes(b" between ".join(planted))
        found = travelled.found()
        leak.unlink()

        assert len(found) == len(planted)
        assert all(str(leak) in line for line in found)


def test_the_logs_name_nobody_and_no_time_on_the_portal(travelled: Travelled) -> None:
    served = travelled.office.served
    lines = [json.loads(line) for line in served.portal.output().splitlines()]

    assert all(set(line) <= PORTAL_ENTRY for line in lines), lines
    for output in (served.portal.output(), served.console.output()):
        assert "127.0.0.1" not in output
        assert "Mozilla" not in output


def test_every_column_is_in_the_document_and_no_other(
    database: sqlite3.Connection, documented: dict[Column, str]
) -> None:
    assert set(documented) == set(_columns(database))


def test_every_column_holds_what_the_document_says(
    database: sqlite3.Connection, documented: dict[Column, str]
) -> None:
    wrong = [
        f"{table}.{column} is no {kind}: {value!r:.60}"
        for (table, column), kind in documented.items()
        for value in _values(database, table, column)
        if not KINDS[kind](value)
    ]

    assert wrong == []


def test_sealed_columns_hold_nothing_with_a_pattern(
    database: sqlite3.Connection, documented: dict[Column, str]
) -> None:
    for (table, column), kind in documented.items():
        if kind != "sealed":
            continue
        values = _values(database, table, column)
        content = b"".join(value for value in values if isinstance(value, bytes))
        assert content, f"{table}.{column}: the journey left nothing in it"
        assert len(zlib.compress(content, 9)) > 0.97 * len(content), f"{table}.{column}"


def test_a_plaintext_in_a_sealed_column_would_be_noticed() -> None:
    assert not _is_sealed(b"\x01" + b"The director signs them himself, every month." * 4)
    assert not _is_sealed("text")


def _columns(database: sqlite3.Connection) -> Iterator[Column]:
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        for column in database.execute("SELECT name FROM pragma_table_info(?)", (table,)):
            yield table, column[0]


def _values(database: sqlite3.Connection, table: str, column: str) -> list[object]:
    query = f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL'  # noqa: S608 - of our own schema
    return [value for (value,) in database.execute(query)]
