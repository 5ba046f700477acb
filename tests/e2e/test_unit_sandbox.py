"""Portal, console and commands do their work under the filters of their systemd units."""

import errno
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.commands import ZEGEL, environment
from tests.support.marked_files import Journey
from tests.support.office_home import office_home, sign_in
from tests.support.proxies import NAMES
from tests.support.served import (
    CONSOLE,
    PORTAL,
    ROOT,
    START_SECONDS,
    STOP_SECONDS,
    UnixConnection,
    serve,
)
from tests.support.unit_sandbox import words
from tests.support.watched_office import Door, Watched

# As systemd starts a service: the socket is descriptor 3, and meant for this very process.
_HAND_ON = """
import os, sys
os.dup2(int(sys.argv[1]), 3, inheritable=True)
os.environ |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
os.execv(sys.argv[2], sys.argv[2:])
"""
# Of a key that nobody has: nothing is opened here.
RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
SIZES = (300, 600 * 1000)
NAMED = {
    "ZEGEL_TRUSTED_HOSTS": ",".join(("localhost", *NAMES.values())),
    "ZEGEL_LOOPBACK_COOKIES": "0",
}


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Both servers, each under the filter of its unit."""
    folder = tmp_path_factory.mktemp("confined")
    with ExitStack() as stack:
        office = stack.enter_context(office_home(folder / "home"))
        served = {
            name: stack.enter_context(
                serve(
                    application,
                    office.home,
                    folder / "logs",
                    environment=NAMED,
                    unix_socket=folder / f"{name}.sock",
                    tracer=words(f"zegel-{name}"),
                )
            )
            for name, application in (("portal", PORTAL), ("console", CONSOLE))
        }
        door = Door("straight", lambda name: served[name].connect())
        yield Watched(office, (door,), sign_in(office, "ingrid"))


def test_files_come_are_cleaned_drawn_and_read_under_the_filters(watched: Watched) -> None:
    journey = Journey(watched, watched.doors[0], "confined")

    journey.send_report(SIZES)
    page = journey.keep(SIZES)
    journey.fetch(page, SIZES)
    journey.look_into(page)


@pytest.mark.parametrize(
    ("unit", "command"),
    [
        ("zegel-jobs", ("jobs", "run")),
        ("zegel-verify", ("evidence", "verify")),
        ("zegel-backup", ("backup", f"--to={RECIPIENT}", "--output=backup.age")),
        # WeasyPrint, as the console's letters use it.
        (
            "zegel-console",
            ("poster", "--lang", "nl", "--address", "https://portal.example.org", "--output", "-"),
        ),
    ],
)
def test_a_command_does_its_work_under_the_filter(
    watched: Watched, unit: str, command: tuple[str, ...], tmp_path: Path
) -> None:
    done = subprocess.run(
        [*words(unit), str(ZEGEL), *command],
        cwd=tmp_path,
        env=environment(watched.office.home, PYTHONPATH=str(ROOT)),
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")


def test_what_no_unit_needs_is_refused(tmp_path: Path) -> None:
    # The filter filters: the same program may do this without it.
    attempt = "import ctypes; c = ctypes.CDLL(None, use_errno=True); "
    attempt += "print(c.mount(b'none', b'/', b'tmpfs', 0, None), ctypes.get_errno(), "
    # Memory that is written and run: MAP_PRIVATE | MAP_ANONYMOUS, all three rights.
    attempt += "c.mmap(None, 4096, 7, 0x22, -1, 0))"

    done = subprocess.run(
        [*words("zegel-portal"), sys.executable, "-c", attempt],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == ["-1", str(errno.EPERM), "-1"]


def test_a_server_takes_the_socket_that_systemd_holds_and_says_when_it_is_ready(
    watched: Watched, tmp_path: Path
) -> None:
    notifications = notified(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "portal.sock"))
        listener.listen()
        handed_on = [sys.executable, "-c", _HAND_ON, str(listener.fileno())]
        process = subprocess.Popen(
            [*handed_on, str(ZEGEL), "serve", "portal"],
            cwd=ROOT,
            env={
                **environment(watched.office.home, **NAMED),
                "NOTIFY_SOCKET": str(tmp_path / "notify"),
            },
            pass_fds=(listener.fileno(),),
            stderr=subprocess.PIPE,
        )

    try:
        assert notifications.recv(4096).startswith(b"READY=1")
        connection = UnixConnection(tmp_path / "portal.sock", START_SECONDS)
        connection.request("GET", "/healthz")
        assert connection.getresponse().status == 200
        connection.close()
    finally:
        process.terminate()
        said = process.communicate(timeout=STOP_SECONDS)[1]
        notifications.close()

    assert said == b""


def notified(path: Path) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listener.settimeout(START_SECONDS)
    listener.bind(str(path))
    return listener
