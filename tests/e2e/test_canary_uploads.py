"""Marked words and marked files go in and out: no mark is in any write but to a socket.

Small files, larger ones than what web frameworks keep in memory, and large ones; whole forms and
broken ones; straight to the servers, and through nginx and Caddy. The same watch catches a console
that spools and an nginx that buffers, so it is known to see.
"""

import secrets
from pathlib import Path

import pytest
from sqlalchemy import URL, text

from cases.database import Database
from tests.support.databases import shown
from tests.support.leaks import Needles
from tests.support.marked_files import Journey
from tests.support.served import Application
from tests.support.watched_office import Findings, Setting, watched_office

MARK = f"canary{secrets.token_hex(16)}"
KILO, MEGA = 1000, 1000 * 1000
SIZES = (300, 600 * KILO, 50 * MEGA)
LEAKING = Application("leaking", "tests.support.leaking_portal:app")

# Every file that a server or proxy may open for writing. `~` is the watched disk.
OPENED = (
    r"~/home/zegel\.sqlite(-wal|-shm|-journal)?",
    r"~/home/evidence/[0-9a-f]{32}(#\d+)?",  # sealed
    r"~/run/(nginx\.pid|zegel/\w+\.sock)",
    r"~/scratch/\.(config|local/share)/caddy/.*",  # what Caddy runs with
    r"/dev/(null|shm/wgunicorn-\w+)",  # gunicorn's heartbeat, empty
    r".*\.pyc\.\d+",  # compiled code
)
# What could carry bytes past the tracer.
TALKED_TO = (r'"~/run/zegel/\w+\.sock"', r'"/var/run/nscd/socket"')  # the second: for names
UNREAD = (r"mmap ~/home/zegel\.sqlite-shm",)  # SQLite's index of its log: numbers of pages


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """What was found after files of every size went in and out by every door."""
    found = Findings(tmp_path_factory.mktemp("watched"))
    with watched_office(found, Setting((MARK,))) as watched:
        straight, *others = (Journey(watched, door, MARK) for door in watched.doors)
        straight.send_report(SIZES)
        page = straight.keep(SIZES)
        straight.fetch(page, SIZES)
        straight.break_off()
        for journey in others:
            journey.send_report(SIZES)
            journey.fetch(journey.keep(SIZES[:2]), SIZES[:2])
            journey.break_off()
            journey.fetch_slowly(page, SIZES[-1])
        # Once: the processes that read files start anew for each page, and slowly when traced.
        straight.look_into(page)
    return found


@pytest.fixture(scope="module")
def caught(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """What was found where the portal spools, and nginx was left as it comes."""
    found = Findings(tmp_path_factory.mktemp("leaking"))
    setting = Setting((MARK,), portal=LEAKING, proxies=("nginx",), change=buffering)
    with watched_office(found, setting) as watched:
        straight, nginx = (Journey(watched, door, MARK) for door in watched.doors)
        straight.spool()
        nginx.fetch_slowly(nginx.keep((20 * MEGA,)), 20 * MEGA)
    return found


def buffering(configuration: str) -> str:
    """nginx's configuration without what keeps bodies and answers out of files."""
    lines = configuration.splitlines(keepends=True)
    return "".join(
        line for line in lines if "buffering off" not in line and "temp_file_size" not in line
    )


def test_no_mark_was_written_to_anything_but_a_socket(findings: Findings) -> None:
    assert findings.seen.buffers > 100
    assert findings.seen.leaks == set()


def test_no_file_holds_a_mark_while_the_servers_run(findings: Findings) -> None:
    assert findings.files == []
    assert findings.nameless == []


def test_the_disk_holds_no_mark_where_files_were_deleted_either(findings: Findings) -> None:
    assert findings.on_disk == set()


def test_nothing_else_was_opened_for_writing(findings: Findings) -> None:
    assert findings.unknown(findings.seen.opened, OPENED) == set()


def test_what_the_tracer_cannot_read_is_known(findings: Findings) -> None:
    assert findings.unknown(findings.seen.unread, UNREAD) == set()
    assert findings.unknown(findings.seen.talked_to, TALKED_TO) == set()


def test_a_portal_that_spools_and_an_nginx_that_buffers_are_caught(caught: Findings) -> None:
    wheres = {"spooled": r"write ~/tmp/#\d+", "body": r"p?write\w* ~/scratch/body/.*"}
    wheres["answer"] = r"p?write\w* ~/scratch/proxy/.*"
    unseen = {
        name
        for name, where in wheres.items()
        if caught.unknown(caught.seen.leaks, (where,)) == caught.seen.leaks
    }

    assert unseen == set()
    assert caught.unknown(caught.seen.leaks, tuple(wheres.values())) == set()
    assert caught.on_disk == ({MARK} if caught.raw else set())
    assert caught.unknown(caught.seen.opened, OPENED) != set()


@pytest.fixture
def backend() -> str:
    return "postgresql"


def test_postgresql_keeps_no_mark_either(database_url: URL, tmp_path: Path) -> None:
    found = Findings(tmp_path)
    with watched_office(
        found, Setting((MARK,), proxies=(), database_url=shown(database_url))
    ) as watched:
        journey = Journey(watched, watched.doors[0], MARK)
        journey.send_report(SIZES[:2])
        journey.keep(SIZES[:2])
        journey.break_off()
        folder = data_folder(watched.office.database)
        left = Needles([MARK]).found_below([folder])

    assert (folder / "PG_VERSION").exists()
    assert left == []
    assert found.seen.leaks == set()
    assert found.on_disk == set()


def data_folder(database: Database) -> Path:
    """Where the server keeps everything, with all that it had in memory written there."""
    with database.writing() as session:
        session.execute(text("CHECKPOINT"))
        return Path(session.execute(text("SHOW data_directory")).scalar_one())
