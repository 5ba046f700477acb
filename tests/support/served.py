"""Portal and console as an office serves them: real gunicorn processes, on loopback.

    with serve(PORTAL, office_home, logs) as portal:
        page = urlopen(portal.url + "/en/")

The listening socket is made here and handed down, so two tests that start at once never race for
a port, and the first request simply waits in the socket's queue until the worker is ready.
"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from web.forgetting import WIPING

ROOT = Path(__file__).parents[2]
LOOPBACK = "127.0.0.1"
TRUSTED_HOSTS = "127.0.0.1,localhost"
START_SECONDS = 60.0
STOP_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Application:
    """What to serve: a name for its files and what the server loads."""

    name: str
    target: str


PORTAL = Application("portal", "portal.wsgi:app")
CONSOLE = Application("console", "reviewer.wsgi:app")


class ServerFailed(Exception):
    """The server did not start, or did not stop; the text is what it wrote."""


class UnixConnection(HTTPConnection):
    """HTTP over a unix socket, as the tor daemon speaks it."""

    def __init__(self, path: Path, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        """Open the socket."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


@dataclass(frozen=True, slots=True)
class Served:
    """One running server.

    Attributes:
        port: on loopback; 0 when it listens on a unix socket.
        unix_socket: its path; None when it listens on a port.
        process: the master process; its children are the workers.
        logs: the files that hold what it wrote.
    """

    application: Application
    port: int
    unix_socket: Path | None
    process: subprocess.Popen[bytes]
    logs: tuple[Path, Path]

    @property
    def url(self) -> str:
        """Where a browser finds it, without a slash at the end."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def host(self) -> str:
        """How it is called in a request."""
        return f"{LOOPBACK}:{self.port}"

    @property
    def workers(self) -> tuple[int, ...]:
        """Process ids of the workers."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return tuple(int(child) for child in children.split())

    def connect(self, source: str = LOOPBACK, timeout: float = 30.0) -> HTTPConnection:
        """A connection; `source` is the client's address, any of 127.0.0.0/8."""
        if self.unix_socket:
            return UnixConnection(self.unix_socket, timeout)
        return HTTPConnection(LOOPBACK, self.port, timeout, source_address=(source, 0))

    def raw_socket(self, source: str = LOOPBACK, timeout: float = 30.0) -> socket.socket:
        """A bare connection, for what no client library would send."""
        connection = self.connect(source, timeout)
        connection.connect()
        assert isinstance(connection.sock, socket.socket)
        return connection.sock

    def output(self) -> str:
        """Everything the server wrote to its standard output and error."""
        return "".join(path.read_text(errors="replace") for path in self.logs)

    def stop(self) -> None:
        """Stop as an operator does. Raises ServerFailed when it does not stop cleanly."""
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise ServerFailed(f"did not stop:\n{self.output()}") from None
        if status != 0:
            raise ServerFailed(f"stopped with status {status}:\n{self.output()}")


@contextmanager
def serve(
    application: Application,
    home: Path,
    logs: Path,
    *,
    database_url: str | None = None,
    environment: Mapping[str, str] | None = None,
    options: Sequence[str] = (),
    unix_socket: Path | None = None,
    settings: str = "python:web.gunicorn_settings",
    tracer: Sequence[str] = (),
) -> Iterator[Served]:
    """Serve one application until the block ends.

    Args:
        application: PORTAL, CONSOLE or one of a test's own.
        home: the office's folder; database, roster and secrets exist already.
        logs: a folder for what the server writes; not below `home`, which tests search.
        database_url: default: the SQLite file in `home`.
        environment: more settings, such as a TMPDIR to watch.
        options: more words for gunicorn's command line.
        unix_socket: listen there instead of on a port.
        settings: gunicorn's configuration.
        tracer: words before the command (tests/support/tracing.py).

    Raises:
        ServerFailed: /healthz did not answer 200, or the server did not stop cleanly.
    """
    variables = server_environment(home, database_url, environment or {})
    listener = _listen(unix_socket)
    port = 0 if unix_socket else int(listener.getsockname()[1])
    with listener:
        descriptor = listener.fileno()
        command = [*tracer, sys.executable, "-m", "gunicorn", "--config", settings]
        command += ["--bind", f"fd://{descriptor}", *options, application.target]
        files = _log_files(logs, application)
        with files[0].open("wb") as out, files[1].open("wb") as error:
            process = subprocess.Popen(
                command, cwd=ROOT, env=variables, stdout=out, stderr=error, pass_fds=(descriptor,)
            )
    # Our copy of the socket is closed: should the server die, connecting fails instead of waiting.
    served = Served(application, port, unix_socket, process, files)
    try:
        _wait_until_healthy(served)
        yield served
    except BaseException:
        with suppress(ServerFailed):
            served.stop()
        raise
    served.stop()


@dataclass(frozen=True, slots=True)
class ServedOffice:
    """Both applications of one office."""

    portal: Served
    console: Served


@contextmanager
def serve_office(
    home: Path,
    logs: Path,
    *,
    database_url: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[ServedOffice]:
    """Serve portal and console of one office until the block ends. Arguments as for `serve`."""
    with ExitStack() as stack:
        portal, console = (
            stack.enter_context(
                serve(each, home, logs, database_url=database_url, environment=environment)
            )
            for each in (PORTAL, CONSOLE)
        )
        yield ServedOffice(portal, console)


def server_environment(
    home: Path, database_url: str | None, more: Mapping[str, str]
) -> dict[str, str]:
    """The environment of a server: nothing of the caller's own but the path."""
    variables = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "ZEGEL_HOME": str(home),
        "ZEGEL_LOOPBACK_COOKIES": "1",
        "ZEGEL_TRUSTED_HOSTS": TRUSTED_HOSTS,
        **WIPING,
    }
    if database_url:
        variables["ZEGEL_DATABASE_URL"] = database_url
    return {**variables, **more}


def _listen(unix_socket: Path | None) -> socket.socket:
    family = socket.AF_UNIX if unix_socket else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.bind(str(unix_socket) if unix_socket else (LOOPBACK, 0))
    listener.listen(128)
    return listener


def _log_files(logs: Path, application: Application) -> tuple[Path, Path]:
    logs.mkdir(parents=True, exist_ok=True)
    return logs / f"{application.name}.stdout", logs / f"{application.name}.stderr"


def _wait_until_healthy(served: Served) -> None:
    connection = served.connect(timeout=START_SECONDS)
    try:
        connection.request("GET", "/healthz")
        status = connection.getresponse().status
    except (OSError, HTTPException) as problem:
        raise ServerFailed(f"no answer ({problem!r}):\n{served.output()}") from None
    finally:
        connection.close()
    if status != 200:
        raise ServerFailed(f"/healthz answered {status}:\n{served.output()}")
