"""`zegel demo`, as a newcomer runs it: real processes, real ports."""

import json
import os
import re
import select
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cases.database import Database
from cases.evidence_store import EvidenceStore
from cases.queries.staff import office_exists
from reviewer.demonstration import credentials, founding
from tests.support.commands import ROOT, demonstration, environment, free_port, run
from tests.support.office import found
from web.clock import OFFICE_ZONE, SystemClock

ONE_TIME = re.compile(r"one-time code +\d{6} +")


def one_line(text: str) -> str:
    """The single line of an error."""
    lines = text.strip().splitlines()
    assert len(lines) == 1, text
    return lines[0]


def test_it_serves_both_applications_and_prints_what_a_newcomer_needs(tmp_path: Path) -> None:
    home = tmp_path / "home"

    with demonstration(home) as running:
        said = running.wait_for("ready; Ctrl-C")

        assert running.answers(running.portal)
        assert running.answers(running.console)
        assert f"http://127.0.0.1:{running.portal}" in said
        assert f"http://127.0.0.1:{running.console}" in said
        assert str(home) in said
        assert len(ONE_TIME.findall(said)) == 5
        assert len(said.split("mailbox with an answer:")[1].splitlines()[1].split()) == 10
        assert running.stop() == 0

    for path in (home / "demonstration.json", *(home / "secrets").iterdir(), home / "zegel.sqlite"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((home / "secrets").stat().st_mode) == 0o700


def test_a_second_start_keeps_the_data_and_prints_the_same_credentials(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with demonstration(home, "--empty") as running:
        first = running.wait_for("ready; Ctrl-C")
        assert running.stop(signal.SIGTERM) == 0

    with demonstration(home) as running:
        second = running.wait_for("ready; Ctrl-C")

    def passphrases(said: str) -> list[str]:
        return re.findall(r"passphrase +(.+)", said)

    assert len(passphrases(first)) == 5
    assert passphrases(second) == passphrases(first)
    # The second start found an office that is complete: no cases come in later.
    assert "receipt code" not in second


def test_when_one_server_dies_the_other_is_stopped_and_the_status_is_1(tmp_path: Path) -> None:
    with demonstration(tmp_path / "home", "--empty") as running:
        running.wait_for("ready; Ctrl-C")
        _, console = running.servers

        os.kill(console, signal.SIGKILL)

        assert running.process.wait(60) == 1
        assert "the console ended by itself" in running.wait_for("ended by itself")
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.1", running.portal), timeout=5)


def test_when_it_is_killed_outright_no_server_stays_behind(tmp_path: Path) -> None:
    with demonstration(tmp_path / "home", "--empty") as running:
        running.wait_for("ready; Ctrl-C")
        portal, console = (os.pidfd_open(pid) for pid in running.servers)

        running.process.kill()

        for server in (portal, console):
            # A process's descriptor is readable once the process has ended.
            ended, _, _ = select.select([server], [], [], 60)
            os.close(server)
            assert ended


@pytest.mark.parametrize("name", ["ZEGEL_PORTAL_PORT", "ZEGEL_REVIEWER_PORT"])
def test_a_busy_port_is_said_in_one_line_before_anything_is_made(tmp_path: Path, name: str) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        ports = {"ZEGEL_PORTAL_PORT": str(free_port()), "ZEGEL_REVIEWER_PORT": str(free_port())}

        done = run(tmp_path / "home", "demo", **{**ports, name: str(port)})

    assert done.returncode == 1
    assert f"port {port}" in one_line(done.stderr)
    assert not (tmp_path / "home").exists()


def test_one_port_for_both_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    # The portal answered for the console too, and "ready" was said of both.
    port = str(free_port())

    done = run(tmp_path / "home", "demo", ZEGEL_PORTAL_PORT=port, ZEGEL_REVIEWER_PORT=port)

    assert done.returncode == 1
    assert f"both have port {port}" in one_line(done.stderr)
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("port", ["no number", "0", "65536"])
def test_a_port_that_is_none_is_said_in_one_line(tmp_path: Path, port: str) -> None:
    done = run(tmp_path / "home", "demo", ZEGEL_PORTAL_PORT=port)

    assert done.returncode == 1
    assert "not a port" in one_line(done.stderr)


@pytest.fixture
def ports() -> dict[str, str]:
    return {"ZEGEL_PORTAL_PORT": str(free_port()), "ZEGEL_REVIEWER_PORT": str(free_port())}


def test_a_folder_that_cannot_be_made_is_said_in_one_line(
    tmp_path: Path, ports: dict[str, str]
) -> None:
    (tmp_path / "file").write_text("in the way")

    done = run(tmp_path / "file" / "home", "demo", **ports)

    assert done.returncode == 1
    assert str(tmp_path / "file") in one_line(done.stderr)


def test_a_folder_that_cannot_be_written_is_said_in_one_line(ports: dict[str, str]) -> None:
    # Even root cannot write here.
    done = run(Path("/proc/self"), "demo", **ports)

    assert done.returncode == 1
    assert "/proc/self" in one_line(done.stderr)


def test_a_damaged_database_is_said_in_one_line_and_left_alone(
    tmp_path: Path, ports: dict[str, str]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    damaged = home / "zegel.sqlite"
    damaged.write_bytes(b"this was a database once" * 400)

    done = run(home, "demo", **ports)

    assert done.returncode == 1
    assert "database" in one_line(done.stderr).lower()
    assert damaged.read_bytes() == b"this was a database once" * 400
    assert not (home / "demonstration.json").exists()


def test_without_gunicorn_it_says_so_in_one_line(tmp_path: Path, ports: dict[str, str]) -> None:
    blocked = "import sys; sys.modules['gunicorn'] = None; "
    script = blocked + "from reviewer.commands import main; main(['demo'])"

    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment(tmp_path / "home", **ports),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "gunicorn is not installed" in one_line(done.stderr)
    assert not (tmp_path / "home").exists()


def test_an_office_of_real_people_is_served_and_nothing_is_pretended(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    database = Database(f"sqlite:///{home / 'zegel.sqlite'}")
    found(home, database, SystemClock())
    database.close()

    with demonstration(home) as running:
        said = running.wait_for("ready; Ctrl-C")

    assert "sign in with your own account" in said
    assert "passphrase " not in said
    assert not (home / "demonstration.json").exists()


def test_an_interrupted_making_goes_on_where_it_stopped(tmp_path: Path) -> None:
    home, now = tmp_path, SystemClock().now().astimezone(OFFICE_ZONE)
    database = Database(f"sqlite:///{home / 'zegel.sqlite'}")
    database.migrate()
    made = founding.found(database, home, now)
    # As after an interruption during the second person's first sign-in.
    founding.arrive(database, home, made, made.people[0], now)
    kept = credentials.read(home)
    assert kept is not None
    assert not kept.complete

    store = EvidenceStore((home / "evidence").as_uri())
    complete = founding.complete(database, store, home, kept, now, empty=False)

    assert complete.complete
    assert all(person.totp_secret for person in complete.people)
    assert complete.receipt_code
    assert founding.complete(database, store, home, complete, now, empty=False) == complete
    database.close()


def test_a_making_interrupted_before_its_commit_starts_anew(tmp_path: Path) -> None:
    home, now = tmp_path, SystemClock().now().astimezone(OFFICE_ZONE)
    lost = Database(f"sqlite:///{home / 'lost.sqlite'}")
    lost.migrate()
    founding.found(lost, home, now)
    lost.close()
    database = Database(f"sqlite:///{home / 'zegel.sqlite'}")
    database.migrate()

    founding.found(database, home, now)

    with database.reading() as session:
        assert office_exists(session)
    kept = json.loads((home / "demonstration.json").read_text())
    logins = [person["login"] for person in kept["people"]]
    assert logins == ["noor", "adam", "lena", "sami", "vera"]
    database.close()
