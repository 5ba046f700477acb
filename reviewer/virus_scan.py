"""ClamAV's daemon, asked over its socket; a file is sent piece by piece and never written by us.

The INSTREAM command of clamd(8), with the zXXX form of commands and answers. Not through a
library: clamav-client 0.7 loses the daemon's answer when it refuses a large file while the rest is
still being sent, and bounds no scan as a whole.
"""

import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from time import monotonic

from cases.domain.details import ScanVerdict

# clamd reads no file of 2 GiB or more (MaxFileSize in clamd.conf(5)), and calls it clean.
LARGEST = 2 * 1024**3 - 1
_LONGEST_PIECE = 64 * 1024
_LONGEST_ANSWER = 4096
_FOUND = re.compile(r"stream: (?P<signature>[^\0]{1,200}) FOUND")
# What clamd finds, with AlertExceedsMax, in a file of which it did not read everything.
_NOT_ALL_READ = "Heuristics.Limits.Exceeded"
_SIZE_LIMIT = "INSTREAM size limit exceeded"


class ScanFailure(StrEnum):
    """Why a file was not scanned."""

    # The office uses no scanner.
    ABSENT = "absent"
    DOWN = "down"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    # The scanner answered with an error.
    NOT_READ = "not_read"


class ScanFailed(Exception):
    """The file was not scanned, or not all of it; it may be anything."""

    def __init__(self, failure: ScanFailure) -> None:
        super().__init__(failure.value)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Scanned:
    """What the scanner said, and which it was; `signature` names what was found."""

    engine: str
    verdict: ScanVerdict
    signature: str = ""


class Scanner:
    """Scans files one at a time; every scan is a connection of its own.

    Args:
        socket_path: LocalSocket of clamd.conf(5); None where the office uses no scanner.
        seconds: what connecting, sending and the answer may take together.
    """

    def __init__(self, socket_path: Path | None, seconds: float = 120.0) -> None:
        self._path = socket_path
        self._seconds = seconds

    @property
    def present(self) -> bool:
        """Whether the office uses a scanner; not whether it answers."""
        return self._path is not None

    def scan(self, content: Iterable[bytes], size: int) -> Scanned:
        """What the scanner says of these bytes; they are taken only when it is there.

        Raises:
            ScanFailed: no answer, or none about the whole file.
            Whatever `content` raises.
        """
        ends_at = monotonic() + self._seconds
        if size > LARGEST:
            raise ScanFailed(ScanFailure.TOO_LARGE)
        engine = self._ask("VERSION", (), ends_at)
        pieces = (part for chunk in content for part in _parts(chunk))
        return _verdict(engine, self._ask("INSTREAM", pieces, ends_at))

    def _ask(self, command: str, pieces: Iterable[bytes], ends_at: float) -> str:
        if self._path is None:
            raise ScanFailed(ScanFailure.ABSENT)
        with _Conversation(ends_at) as conversation:
            conversation.begin(self._path, command)
            for piece in pieces:
                if not conversation.send(len(piece).to_bytes(4) + piece):
                    break
            if command == "INSTREAM":
                conversation.send(bytes(4))
            return conversation.answer()


class _Conversation:
    """One command and its answer, until a moment of the monotonic clock."""

    def __init__(self, ends_at: float) -> None:
        self._ends_at = ends_at
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)

    def __enter__(self) -> "_Conversation":
        return self

    def __exit__(self, *reason: object) -> None:
        self._socket.close()

    def begin(self, path: Path, command: str) -> None:
        self._allow_what_is_left()
        try:
            self._socket.connect(str(path))
        except OSError:
            raise ScanFailed(ScanFailure.DOWN) from None
        self.send(f"z{command}\0".encode())

    def send(self, content: bytes) -> bool:
        """False: it takes no more, and its answer says why."""
        self._allow_what_is_left()
        try:
            self._socket.sendall(content)
        except TimeoutError:
            raise ScanFailed(ScanFailure.TOO_SLOW) from None
        except OSError:
            return False
        return True

    def answer(self) -> str:
        answer = b""
        while b"\0" not in answer and len(answer) < _LONGEST_ANSWER:
            self._allow_what_is_left()
            more = self._receive()
            if not more:
                raise ScanFailed(ScanFailure.DOWN)
            answer += more
        return answer.partition(b"\0")[0].decode("utf-8", "replace")

    def _receive(self) -> bytes:
        try:
            return self._socket.recv(_LONGEST_ANSWER)
        except TimeoutError:
            raise ScanFailed(ScanFailure.TOO_SLOW) from None
        except OSError:
            return b""

    def _allow_what_is_left(self) -> None:
        left = self._ends_at - monotonic()
        if left <= 0:
            raise ScanFailed(ScanFailure.TOO_SLOW)
        self._socket.settimeout(left)


def _parts(chunk: bytes) -> Iterable[bytes]:
    # A part of no bytes would end the stream.
    return (chunk[at : at + _LONGEST_PIECE] for at in range(0, len(chunk), _LONGEST_PIECE))


def _verdict(engine: str, answer: str) -> Scanned:
    if answer == "stream: OK":
        return Scanned(engine, ScanVerdict.CLEAN)
    found = _FOUND.fullmatch(answer)
    if _SIZE_LIMIT in answer or (found and found["signature"].startswith(_NOT_ALL_READ)):
        raise ScanFailed(ScanFailure.TOO_LARGE)
    if not found:
        raise ScanFailed(ScanFailure.NOT_READ)
    return Scanned(engine, ScanVerdict.INFECTED, found["signature"])
