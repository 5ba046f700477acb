"""Files sent to the served console: whatever breaks, nothing is half there and nothing readable."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import StorageState

from cases.actions.evidence import sweep, verify
from cases.database import Database
from cases.evidence_store import EvidenceStore
from tests.e2e.conftest import People
from tests.support.full_disk import small_disk
from tests.support.pages import ConsolePages, follow, submit, words_of
from tests.support.served import CONSOLE, serve
from tests.support.staffed_office import StaffedOffice, staffed_office
from tests.support.traces import traces
from tests.support.uploading import Sender, wait_until
from web.clock import SystemClock, office_day

MIB = 1024 * 1024
MARK = "canary in the minutes "
SCAN = MARK.encode() * (50 * MIB // len(MARK))
NOTE = "She signed at the counter."
STEP = "record_minutes"
# A worker may grow by this much while 50 MiB pass: the store's buffer of 5 MiB, several times.
MOST_GROWTH = 24 * MIB


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("temporary")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, temporary: Path) -> Iterator[StaffedOffice]:
    """An office whose servers may be killed."""
    environment = {"TMPDIR": str(temporary), "SQLITE_TMPDIR": str(temporary)}
    with staffed_office(tmp_path_factory.mktemp("uploads"), environment) as served:
        yield served


@pytest.fixture(scope="module")
def sessions() -> dict[str, StorageState]:
    return {}


@pytest.fixture
def officer(people: People) -> ConsolePages:
    """At a case of her own, before the last page of the step that files go with."""
    what = f"Invoices {os.urandom(4).hex()}."
    people.visitor().send_report(what=what)
    officer = people.colleague("ingrid")
    officer.open_case(what)
    seen = officer.preview(STEP, state="signed", note=NOTE)
    assert seen.status == 200, words_of(officer.page)
    return officer


@pytest.fixture
def sender(office: StaffedOffice, officer: ConsolePages) -> Sender:
    return Sender.of(office.served.console, officer.form(f"/act/{STEP}"))


def states(office: StaffedOffice) -> list[str]:
    """The state of every file there is a row of."""
    with closing(sqlite3.connect(office.home / "zegel.sqlite")) as database:
        return [state for (state,) in database.execute("SELECT state FROM evidence")]


def stored(office: StaffedOffice) -> list[Path]:
    """Everything in the store, unfinished objects too."""
    folder = office.home / "evidence"
    return sorted(folder.iterdir()) if folder.exists() else []


def steps(office: StaffedOffice) -> int:
    """How many steps were ever taken."""
    with closing(sqlite3.connect(office.home / "zegel.sqlite")) as database:
        return int(database.execute("SELECT count(*) FROM transition").fetchone()[0])


def peak(office: StaffedOffice) -> int:
    """The most memory that the console's worker ever held, in bytes."""
    (worker,) = office.served.console.workers
    status = Path(f"/proc/{worker}/status").read_text()
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


def choose_and_take(officer: ConsolePages, path: Path) -> None:
    """Choose a file on the last page of the step and take it."""
    form = officer.form(f"/act/{STEP}")
    form.locator("#files-chosen").set_input_files(path)
    assert submit(form).status == 200, words_of(officer.page)


def saved(officer: ConsolePages, name: str) -> bytes:
    """Save the file from its page, to which the case's history leads."""
    follow(officer.page.locator("#history a", has_text=name))
    with officer.page.expect_download() as download:
        officer.page.locator("main a.button").first.click()
    return download.value.path().read_bytes()


def test_a_large_file_passes_through_little_memory_and_no_disk(
    office: StaffedOffice, officer: ConsolePages, temporary: Path, tmp_path: Path
) -> None:
    untouched_since = temporary.stat().st_mtime_ns
    name = f"canary{os.urandom(8).hex()}.pdf"
    (tmp_path / name).write_bytes(SCAN)
    before = peak(office)

    choose_and_take(officer, tmp_path / name)

    assert saved(officer, name) == SCAN
    assert peak(office) - before < MOST_GROWTH
    assert traces([MARK, name], [office.home, office.logs, temporary]) == []
    assert temporary.stat().st_mtime_ns == untouched_since


def test_a_connection_that_breaks_leaves_nothing(office: StaffedOffice, sender: Sender) -> None:
    before = (states(office), stored(office), steps(office))

    with sender.begin(SCAN[: 20 * MIB], len(SCAN)):
        wait_until(lambda: len(stored(office)) > len(before[1]))

    wait_until(lambda: states(office) == before[0])
    assert (states(office), stored(office), steps(office)) == before


def test_a_console_killed_in_the_middle_leaves_nothing_that_counts(
    office: StaffedOffice, sender: Sender
) -> None:
    kept, before = states(office), steps(office)
    with sender.begin(SCAN[: 20 * MIB], len(SCAN)):
        wait_until(lambda: len(stored(office)) > len(kept))
        for worker in office.served.console.workers:
            os.kill(worker, signal.SIGKILL)
    assert steps(office) == before
    assert sorted(states(office)) == sorted([*kept, "pending"])

    database = Database(f"sqlite:///{office.home / 'zegel.sqlite'}")
    store = EvidenceStore((office.home / "evidence").as_uri())
    with closing(database), database.writing() as session:
        swept = sweep(session, store, office_day(SystemClock().now() + timedelta(days=2)))
        session.commit()
        assert not verify(session, store)

    assert swept.unfinished == 1
    assert states(office) == kept
    assert len(stored(office)) == len(kept)


def test_a_database_that_refuses_in_the_end_leaves_nothing(
    office: StaffedOffice, sender: Sender
) -> None:
    before = (states(office), stored(office), steps(office))
    refusal = "BEFORE UPDATE ON evidence BEGIN SELECT RAISE(ABORT, 'refused'); END"
    change(office, f"CREATE TRIGGER refuse {refusal}")
    try:
        status, page = sender.send(SCAN[:MIB])
    finally:
        change(office, "DROP TRIGGER refuse")

    assert status == 500
    assert NOTE in page
    assert (states(office), stored(office), steps(office)) == before


def change(office: StaffedOffice, statement: str) -> None:
    """Change the database from outside."""
    with closing(sqlite3.connect(office.home / "zegel.sqlite")) as database:
        database.execute(statement)
        database.commit()


def test_a_full_disk_leaves_nothing_and_keeps_the_words(
    office: StaffedOffice, sender: Sender, tmp_path: Path
) -> None:
    before = (states(office), steps(office))
    with small_disk(tmp_path / "small") as small:
        elsewhere = {"ZEGEL_EVIDENCE_URL": (small / "evidence").as_uri()}
        with serve(CONSOLE, office.home, tmp_path / "logs", environment=elsewhere) as console:
            status, page = replace(sender, served=console).send(SCAN)
            left = list((small / "evidence").iterdir())

    assert status == 503
    assert NOTE in page
    assert left == []
    assert (states(office), steps(office)) == before
