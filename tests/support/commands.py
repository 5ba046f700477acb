"""The `zegel` command as a real process, in an office's folder of a test's own."""

import os
import queue
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

from click.testing import CliRunner

from reviewer.commands import main

ROOT = Path(__file__).parents[2]
ZEGEL = Path(sys.executable).with_name("zegel")
SECONDS = 90.0


def environment(home: Path, **more: str) -> dict[str, str]:
    """Nothing of the caller's own but the path."""
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "ZEGEL_HOME": str(home), **more}


def run(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [str(ZEGEL), *words],
        cwd=ROOT,
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def run_here(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """The same in this process, which saves a second: for what the command says and does."""
    callers = dict.fromkeys(name for name in os.environ if name.startswith("ZEGEL_"))
    done = CliRunner().invoke(main, words, env={**callers, "ZEGEL_HOME": str(home), **more})
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(home: Path, application: str) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    """`zegel serve` on a socket that listens already; gives the process and its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(16)
        bind, port = f"fd://{listener.fileno()}", listener.getsockname()[1]
        process = subprocess.Popen(
            [str(ZEGEL), "serve", application, "--bind", bind],
            cwd=ROOT,
            env={**environment(home), "ZEGEL_TRUSTED_HOSTS": "127.0.0.1"},
            pass_fds=(listener.fileno(),),
        )
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(SECONDS)


@dataclass
class Running:
    """A command that goes on until it is stopped."""

    process: subprocess.Popen[str]
    portal: int
    console: int
    _lines: "queue.Queue[str | None]" = field(default_factory=queue.Queue)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()

    def wait_for(self, word: str) -> str:
        """Everything it said up to the line with this word. AssertionError when it ends before."""
        while True:
            line = self._lines.get(timeout=SECONDS)
            assert line is not None, "".join(self.said)
            self.said.append(line)
            if word in line:
                return "".join(self.said)

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Stop it as a person or a supervisor does; gives the exit status."""
        self.process.send_signal(number)
        return self.process.wait(SECONDS)

    @property
    def servers(self) -> list[int]:
        """The process ids of portal and console."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(child) for child in children.split()]

    def answers(self, port: int) -> bool:
        """Whether an application says that it is healthy."""
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=SECONDS) as answer:
            return bool(answer.status == 200)

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(None)


@contextmanager
def demonstration(
    home: Path, *words: str, more: Mapping[str, str] | None = None
) -> Iterator[Running]:
    """`zegel demo` until the block ends."""
    portal, console = free_port(), free_port()
    ports = {"ZEGEL_PORTAL_PORT": str(portal), "ZEGEL_REVIEWER_PORT": str(console)}
    with subprocess.Popen(
        [str(ZEGEL), "demo", *words],
        cwd=ROOT,
        env=environment(home, **ports, **(more or {})),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            yield Running(process, portal, console)
        finally:
            process.terminate()
            process.wait(SECONDS)
