"""Whatever breaks while a reporter sends files: she keeps her words, and nothing is half there.

What the console does with the same faults is in tests/e2e/test_uploads.py.
"""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from cases.actions.evidence import sweep, verify
from cases.evidence_store import EvidenceStore
from tests.support import proxies
from tests.support.databases import fresh_database, own_postgresql, shown
from tests.support.full_disk import small_disk
from tests.support.gateway import gateway
from tests.support.html import Client, Page
from tests.support.office import Office
from tests.support.office_home import office_home
from tests.support.page_rules import parse
from tests.support.proxies import NAMES, Behind, Places
from tests.support.served import LOOPBACK, PORTAL, Served, serve
from tests.support.uploading import Sender, Server, wait_until
from web.clock import SystemClock, office_day
from web.uploads import ATTACH

MIB = 1024 * 1024
SCAN = b"canary in the minutes " * (20 * MIB // 22)
PART = SCAN[: 12 * MIB]  # more than the store keeps in memory before it begins an object
KEPT = ("kept.pdf", b"a file that the page carries", "application/pdf")
WHAT = "Paper clips vanish, and nobody asks."
RECEIPT = "data-receipt-code"


@dataclass(frozen=True)
class Records:
    """What there is of cases and files."""

    cases: int
    states: tuple[str, ...]
    objects: frozenset[str]


def records(office: Office) -> Records:
    """What there is now; raises where an object has another fate than its row."""
    with office.database.reading() as session:
        cases = session.execute(text('SELECT count(*) FROM "case"')).scalar_one()
        states = session.execute(text("SELECT state FROM evidence ORDER BY state")).scalars()
        found = Records(int(cases), tuple(states), stored(office))
        session.rollback()
    return found


def stored(office: Office) -> frozenset[str]:
    """Everything in the store, unfinished objects too."""
    return frozenset(path.name for path in (office.home / "evidence").glob("*"))


@dataclass
class Reporter:
    """Somebody with the form of a report open, filled in, that carries one file already."""

    client: Client
    page: Page
    server: Server

    @classmethod
    def at(cls, server: Server, origin: str = f"http://{LOOPBACK}") -> "Reporter":
        client = Client(gateway(lambda: server.connect(timeout=60.0)), origin=origin)
        page = client.get("/en/report")
        added = {ATTACH: "yes"}
        page = client.submit(page, "/report", {"what": WHAT}, tampered=added, files=[KEPT])
        return cls(client, page, server)

    @property
    def sender(self) -> Sender:
        """The form as it stands."""
        return Sender.of_page(self.server, self.client, self.page, "/report", {"what": WHAT})

    def sends_again(self, content: bytes = SCAN) -> None:
        """Send the same form once more, when all is well: with the file that it carries."""
        status, page = self.sender.send(content)
        assert status == 200, page
        assert RECEIPT in page


def words_in(page: str) -> str | None:
    """What stands in the field for what happened."""
    fields = [each for each in parse(page).iter("textarea") if each.get("name") == "what"]
    return "".join(fields[0].itertext()).strip() if fields else None


def swept(office: Office) -> int:
    """Sweep as two days later; gives how many uploads never came to an end."""
    store = EvidenceStore((office.home / "evidence").as_uri())
    with office.database.writing() as session:
        result = sweep(session, store, office_day(SystemClock().now() + timedelta(days=2)))
        session.commit()
        assert not verify(session, store)
    return result.unfinished


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_home(tmp_path_factory.mktemp("faults") / "home") as founded:
        yield founded


@pytest.fixture(scope="module")
def portal(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    logs = tmp_path_factory.mktemp("logs")
    settings = "python:tests.support.impatient_records"
    with serve(PORTAL, office.home, logs, settings=settings) as served:
        yield served


@pytest.fixture
def reporter(portal: Served) -> Reporter:
    return Reporter.at(portal)


def test_a_connection_that_breaks_leaves_nothing_and_the_page_stays_good(
    office: Office, reporter: Reporter
) -> None:
    before = records(office)

    with reporter.sender.begin(PART, len(SCAN)):
        wait_until(lambda: len(stored(office)) > len(before.objects))

    wait_until(lambda: records(office) == before)
    reporter.sends_again()
    assert records(office).cases == before.cases + 1
    assert swept(office) == 0


def test_a_portal_killed_in_the_middle_leaves_nothing_that_counts(
    office: Office, portal: Served, reporter: Reporter
) -> None:
    before = records(office)

    with reporter.sender.begin(PART, len(SCAN)):
        wait_until(lambda: len(stored(office)) > len(before.objects))
        for worker in portal.workers:
            os.kill(worker, signal.SIGKILL)

    assert records(office).cases == before.cases
    assert records(office).states.count("pending") == before.states.count("pending") + 1
    # The file that her page carries outlived the portal.
    reporter.sends_again()
    assert records(office).cases == before.cases + 1
    assert swept(office) == 1
    assert "pending" not in records(office).states
    assert len(stored(office)) == len(records(office).states)


@pytest.mark.parametrize("start", [proxies.nginx, proxies.caddy], ids=["nginx", "caddy"])
def test_behind_a_proxy_a_killed_portal_is_a_page_that_says_to_go_back(
    office: Office, tmp_path: Path, start: proxies.Start
) -> None:
    places = Places.below(tmp_path)
    names = {"ZEGEL_TRUSTED_HOSTS": f"{NAMES['portal']},localhost", "ZEGEL_LOOPBACK_COOKIES": "0"}
    path = places.socket("portal")
    with (
        serve(PORTAL, office.home, tmp_path, environment=names, unix_socket=path) as portal,
        start(places, tmp_path / "logs") as proxy,
    ):
        reporter = Reporter.at(Behind(proxy, "portal"), f"https://{NAMES['portal']}")
        before = stored(office)
        with reporter.sender.begin(PART, len(SCAN)) as connection:
            wait_until(lambda: len(stored(office)) > len(before))
            for worker in portal.workers:
                os.kill(worker, signal.SIGKILL)
            answer = connection.recv(64 * 1024).decode()

        assert answer.startswith("HTTP/1.1 502 ")
        assert "what you typed is still there" in answer
        reporter.sends_again()
    assert swept(office) == 1


def test_a_store_without_room_keeps_the_words_and_the_files_of_before(
    office: Office, reporter: Reporter, tmp_path: Path
) -> None:
    before = records(office)
    with small_disk(tmp_path / "small") as small:
        elsewhere = {"ZEGEL_EVIDENCE_URL": (small / "evidence").as_uri()}
        with serve(PORTAL, office.home, tmp_path / "logs", environment=elsewhere) as full:
            status, page = replace(reporter.sender, served=full).send(SCAN)
            left = list((small / "evidence").iterdir())

    assert (status, words_in(page)) == (503, WHAT)
    assert KEPT[0] in page
    assert left == []
    assert records(office) == before
    reporter.sends_again()


def test_a_database_without_room_keeps_the_words_and_takes_no_half_report(tmp_path: Path) -> None:
    with (
        small_disk(tmp_path / "small") as small,
        office_home(small / "home") as office,
        serve(PORTAL, office.home, tmp_path / "logs", environment=evidence_in(tmp_path)) as portal,
    ):
        reporter = Reporter.at(portal)
        before = records(office)
        # Where this user may not mount, nothing can be filled, and the report arrives at once.
        fits = not small.is_mount()
        with (small / "filler").open("wb", buffering=0) as file:
            fill(file.fileno())
            status, page = reporter.sender.send(SCAN[:MIB])

        assert (status, words_in(page)) == ((200, None) if fits else (503, WHAT))
        (small / "filler").unlink()
        assert fits or records(office) == before
        reporter.sends_again(content=SCAN[:MIB])
        assert records(office).cases == 1


def evidence_in(folder: Path) -> dict[str, str]:
    """A store on a disk with room."""
    return {"ZEGEL_EVIDENCE_URL": (folder / "evidence").as_uri()}


def fill(file: int) -> None:
    """Write until nothing more fits."""
    piece = bytes(4096)
    try:
        while os.write(file, piece):
            pass
    except OSError:
        return


def test_a_sqlite_file_that_another_process_locks_keeps_the_words(
    office: Office, reporter: Reporter
) -> None:
    before = records(office)
    with closing(sqlite3.connect(office.home / "zegel.sqlite")) as other:
        with reporter.sender.begin(PART, len(SCAN)) as connection:
            wait_until(lambda: len(stored(office)) > len(before.objects))
            other.execute("BEGIN EXCLUSIVE")
            status, page = reporter.sender.finish(connection, SCAN[len(PART) :])
        other.rollback()

    assert (status, words_in(page)) == (503, WHAT)
    assert records(office).cases == before.cases
    reporter.sends_again()
    assert swept(office) == 1


def test_a_sqlite_file_that_is_gone_keeps_the_words(
    office: Office, reporter: Reporter, tmp_path: Path
) -> None:
    before = records(office)
    office.database.close()
    with reporter.sender.begin(PART, len(SCAN)) as connection:
        wait_until(lambda: len(stored(office)) > len(before.objects))
        for path in office.home.glob("zegel.sqlite*"):
            path.rename(tmp_path / path.name)
        status, page = reporter.sender.finish(connection, SCAN[len(PART) :])
        assert not (office.home / "zegel.sqlite").exists()
    for path in tmp_path.glob("zegel.sqlite*"):
        path.rename(office.home / path.name)

    assert (status, words_in(page)) == (503, WHAT)
    assert records(office).cases == before.cases
    reporter.sends_again()
    assert records(office).cases == before.cases + 1


def test_a_postgresql_that_stops_in_the_middle_keeps_the_words(tmp_path: Path) -> None:
    with own_postgresql() as server, fresh_database(server.url) as address:
        url = shown(address)
        with (
            office_home(tmp_path / "home", url) as office,
            serve(PORTAL, office.home, tmp_path / "logs", database_url=url) as portal,
        ):
            reporter = Reporter.at(portal)
            before = records(office)
            with reporter.sender.begin(PART, len(SCAN)) as connection:
                wait_until(lambda: len(stored(office)) > len(before.objects))
                server.stop()
                status, page = reporter.sender.finish(connection, SCAN[len(PART) :])
            server.start()
            office.database.close()  # its connections broke too

            assert status == 503
            assert WHAT in page
            assert records(office).cases == 0
            reporter.sends_again()
            assert records(office).cases == 1
            assert swept(office) == 1
            assert records(office).states == ("kept", "kept")
            assert len(stored(office)) == 2
