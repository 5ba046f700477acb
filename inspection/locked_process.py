"""Starting, waiting for and ending a locked process; used by `client` only."""

import signal
import socket
import subprocess
import sys
from pathlib import Path
from time import monotonic

from inspection import wire
from inspection.findings import Failure, InspectionFailed

START_SECONDS = 20.0
_END_SECONDS = 5.0
_ROOT = Path(__file__).resolve().parent.parent
# Isolated mode leaves out the folder of a checkout; an installed package is found anyway.
_START = (
    "import sys; root = sys.argv.pop(1); root in sys.path or sys.path.insert(0, root); "
    "from inspection.worker import main; main()"
)


class LockedProcess:
    """One process and the socket to it. Whoever sees it fail stops it.

    Attributes:
        worked: for how many seconds it has been waited for, its start included.
    """

    def __init__(self, memory: int, cpu_seconds: int) -> None:
        """Starts it and waits until it is locked.

        Args:
            memory: address space, in bytes.
            cpu_seconds: for its whole life.

        Raises:
            InspectionFailed: UNAVAILABLE, if it cannot be started or cannot lock itself.
        """
        self.worked = 0.0
        self._left = START_SECONDS
        try:
            self._socket, self._process = _started(memory, cpu_seconds)
        except OSError as error:
            raise InspectionFailed(Failure.UNAVAILABLE) from error
        try:
            ready = self.receive(len(wire.READY))
        except InspectionFailed as error:
            self.stop()
            raise InspectionFailed(Failure.UNAVAILABLE) from error
        if ready != wire.READY:
            self.stop()
            raise InspectionFailed(Failure.UNAVAILABLE)

    def give(self, seconds: float) -> None:
        """How long the next answer may be waited for. The caller's own time is not counted."""
        self._left = seconds

    def send(self, part: bytes) -> None:
        """Raises InspectionFailed: it is late or has died."""
        begin = self._begin()
        try:
            self._socket.sendall(part)
        except OSError as error:
            raise InspectionFailed(self._why(error)) from error
        finally:
            self._count(begin)

    def receive(self, length: int) -> bytes:
        """Exactly so many bytes. Raises InspectionFailed: it is late or has died."""
        parts = bytearray()
        while len(parts) < length:
            begin = self._begin()
            try:
                part = self._socket.recv(min(length - len(parts), wire.CHUNK_BYTES))
            except OSError as error:
                raise InspectionFailed(self._why(error)) from error
            finally:
                self._count(begin)
            if not part:
                raise InspectionFailed(self._why(None))
            parts += part
        return bytes(parts)

    def stop(self) -> None:
        """Ends it at once, whatever it is doing."""
        self._socket.close()
        self._process.kill()
        self._process.wait()

    def _begin(self) -> float:
        if self._left <= 0:
            raise InspectionFailed(Failure.TOO_SLOW)
        self._socket.settimeout(self._left)
        return monotonic()

    def _count(self, begin: float) -> None:
        spent = monotonic() - begin
        self._left -= spent
        self.worked += spent

    def _why(self, error: OSError | None) -> Failure:
        """Why it says nothing more: late, out of CPU time, or brought down by the file."""
        if isinstance(error, TimeoutError):
            return Failure.TOO_SLOW
        try:
            ended = self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            return Failure.BROKEN
        return Failure.TOO_SLOW if ended == -signal.SIGXCPU else Failure.BROKEN


def _started(memory: int, cpu_seconds: int) -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """Our end of the socket, and the process, which has no other descriptor and no environment."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-I", "-c", _START, str(_ROOT), str(memory), str(cpu_seconds)]
    try:
        # Nothing runs between fork and exec: other threads of this server may hold locks.
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command,
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            start_new_session=True,
        )
    except OSError:
        ours.close()
        raise
    finally:
        theirs.close()
    return ours, process
