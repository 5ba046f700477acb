"""Serving processes: how gunicorn is called, and two of them kept together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from importlib.util import find_spec
from threading import Event
from types import FrameType

from cases.saying import said, why
from web.forgetting import WIPING

TARGETS = {"portal": "portal.wsgi:app", "console": "reviewer.wsgi:app"}
LOOPBACK = "127.0.0.1"

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_PR_SET_PDEATHSIG = 1
_POLL_SECONDS = 0.2
_START_POLLS = 300  # a minute
_STOP_SECONDS = 15


class ServerMissing(Exception):
    """gunicorn is not installed beside this program; the text says what to do."""


class PortBusy(Exception):
    """Something else listens on a port that is needed; the text names it."""


class ServerDied(Exception):
    """A server ended by itself; the text names it."""


def check_server() -> None:
    """Raises ServerMissing when gunicorn is not there."""
    if find_spec("gunicorn") is None:
        raise ServerMissing(said("gunicorn is not installed here: run make setup"))


def server_command(
    application: str, bind: str, workers: int, threads: int | None = None
) -> list[str]:
    """The words that start one application."""
    options = {"--config": "python:web.gunicorn_settings", "--bind": bind}
    options["--workers"] = str(workers)
    if threads is not None:
        options["--threads"] = str(threads)
    words = [word for option in options.items() for word in option]
    return [sys.executable, "-m", "gunicorn", *words, TARGETS[application]]


def check_free(port: int) -> None:
    """Make sure that a server can listen on the port of loopback. Raises PortBusy."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As gunicorn does: a port that a stopped server just left is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as problem:
            raise PortBusy(
                said(
                    "port %(port)s on %(host)s: %(why)s", port=port, host=LOOPBACK, why=why(problem)
                )
            ) from None


class Server:
    """One application on a port of loopback, ended together with this process."""

    def __init__(self, application: str, port: int, environment: Mapping[str, str]) -> None:
        self.name = application
        self._port = port
        command = server_command(application, f"{LOOPBACK}:{port}", workers=1)
        # A group of its own: Ctrl-C reaches this process alone, which then stops both in order.
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
            command,
            env={**os.environ, **WIPING, **environment},
            process_group=0,
            preexec_fn=_end_with_parent,
        )

    @property
    def url(self) -> str:
        """Where a browser finds it."""
        return f"http://{LOOPBACK}:{self._port}"

    def check(self) -> None:
        """Raises ServerDied when it no longer runs."""
        if self._process.poll() is not None:
            status = self._process.returncode
            raise ServerDied(
                said(
                    "the %(name)s ended by itself (status %(status)s)",
                    name=self.name,
                    status=status,
                )
            )

    def is_healthy(self) -> bool:
        """Whether it answers."""
        connection = HTTPConnection(LOOPBACK, self._port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def ask_to_stop(self) -> None:
        """Ask it to finish what it is doing."""
        if self._process.poll() is None:
            self._process.terminate()

    def stop(self) -> None:
        """Wait until it has finished, and end it where it does not."""
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Stop:
    """Whether somebody asked this process to stop."""

    def __init__(self) -> None:
        self._asked = Event()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Note Ctrl-C and SIGTERM instead of dying from them."""
        before = {number: signal.signal(number, self._note) for number in _STOP_SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def wait(self, seconds: float) -> bool:
        """Wait so long at most; whether somebody asked."""
        return self._asked.wait(seconds)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._asked.set()


@contextmanager
def serving(
    ports: Mapping[str, int], environment: Mapping[str, str], stop: Stop
) -> Iterator[tuple[Server, ...]]:
    """Serve each application on its port until the block ends.

    Yields the servers when all of them answer, or none when somebody asked to stop before that.
    Raises ServerDied when one ends by itself before.
    """
    servers: list[Server] = []
    try:
        for application, port in ports.items():
            servers.append(Server(application, port, environment))
        yield tuple(servers) if _all_answer(servers, stop) else ()
    finally:
        for server in servers:
            server.ask_to_stop()
        for server in servers:
            server.stop()


def stay(servers: Sequence[Server], stop: Stop) -> None:
    """Wait until somebody asks to stop. Raises ServerDied when a server ends before."""
    while not stop.wait(_POLL_SECONDS):
        for server in servers:
            server.check()


def _all_answer(servers: Sequence[Server], stop: Stop) -> bool:
    for _ in range(_START_POLLS):
        for server in servers:
            server.check()
        if all(server.is_healthy() for server in servers):
            return True
        if stop.wait(_POLL_SECONDS):
            return False
    raise ServerDied(said("the servers do not answer"))


def _end_with_parent() -> None:
    # Should this process be killed outright, no server stays behind on its port.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
