"""The applications' side of the locked process: asks it and believes nothing it says.

A process serves the files of one sender only, so that a hostile file can reach no other person's.
It is ended with the request, after a while of work, when it is late and when it says anything
that was not agreed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from threading import BoundedSemaphore
from types import TracebackType
from typing import Self

from inspection import wire
from inspection.findings import Failure, InspectionFailed, Look, Page
from inspection.locked_process import LockedProcess
from inspection.wire import Ask, Malformed

MIB = 1024 * 1024
# Each may take the memory of its bounds; the others wait their turn.
PROCESSES_AT_ONCE = 2
TURN_SECONDS = 10.0
# After so long a fresh process takes the next file: the limit of CPU time is for one life.
WORKING_LIFE_SECONDS = 5

_gate = BoundedSemaphore(PROCESSES_AT_ONCE)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one file may cost.

    Attributes:
        size: of the file, in bytes; a larger one is not looked into.
        memory: of the process, in bytes of address space.
        cpu_seconds: of the process's work for one file.
        seconds: that one answer may be waited for.
        output: of a cleaned copy, in bytes.
    """

    size: int = 64 * MIB
    memory: int = 1536 * MIB
    cpu_seconds: int = 20
    seconds: float = 30.0
    output: int = 128 * MIB


class Inspector:
    """Looks into the files of one sender; a context manager, for one thread.

    A file is given as pieces which are `size` bytes together, and its name. The pieces are passed
    on as they come. Every question raises InspectionFailed.
    """

    def __init__(self, bounds: Bounds = Bounds()) -> None:
        self._bounds = bounds
        self._process: LockedProcess | None = None
        self._has_turn = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()
        if self._has_turn:
            self._has_turn = False
            _gate.release()

    def look(self, content: Iterable[bytes], size: int, name: str) -> Look:
        """What the file is and what it carries unseen."""
        body = self._answer(Ask.LOOK, content, size, name, 0, wire.LOOK_BYTES)
        try:
            return wire.unpack_look(body)
        except Malformed as error:
            raise self._failed(Failure.BROKEN) from error

    def page(self, content: Iterable[bytes], size: int, name: str, number: int) -> Page:
        """One page, counted from 0. A page that is not there: UNSUPPORTED."""
        if not 0 <= number < wire.PAGES:
            raise InspectionFailed(Failure.UNSUPPORTED)
        body = self._answer(Ask.PAGE, content, size, name, number, wire.PAGE_BYTES)
        try:
            return wire.unpack_page(body)
        except Malformed as error:
            raise self._failed(Failure.BROKEN) from error

    def clean(self, content: Iterable[bytes], size: int, name: str) -> Iterator[bytes]:
        """A copy without hidden data, in pieces; nothing happens before the first is asked for.

        The process has made the whole copy before the first piece comes. Raises InspectionFailed
        then if none can be made, and later only if the process dies: what came is to be discarded.
        """
        process, left = self._ask(Ask.CLEAN, content, size, name, 0, self._bounds.output)
        try:
            while left:
                part = process.receive(min(left, wire.CHUNK_BYTES))
                left -= len(part)
                yield part
        finally:
            # An answer left lying would be read as that to the next question.
            if left:
                self._stop()

    def _answer(
        self, ask: Ask, content: Iterable[bytes], size: int, name: str, number: int, longest: int
    ) -> bytes:
        process, length = self._ask(ask, content, size, name, number, longest)
        try:
            return process.receive(length)
        except InspectionFailed:
            self._stop()
            raise

    def _ask(
        self, ask: Ask, content: Iterable[bytes], size: int, name: str, number: int, longest: int
    ) -> tuple[LockedProcess, int]:
        """The process, and how long the answer is that it now gives."""
        if size > self._bounds.size:
            raise InspectionFailed(Failure.TOO_LARGE)
        process = self._working()
        answered = False
        try:
            process.give(self._bounds.seconds)
            process.send(wire.pack_request(ask, number, size, name))
            _send_exactly(process, content, size)
            verdict = wire.unpack_verdict(process.receive(wire.VERDICT_BYTES), longest)
            answered = True
        except Malformed as error:
            raise InspectionFailed(Failure.BROKEN) from error
        finally:
            if not answered:
                self._stop()
        if isinstance(verdict, Failure):
            raise InspectionFailed(verdict)
        return process, verdict

    def _working(self) -> LockedProcess:
        """The process of before, or a fresh one."""
        if self._process is not None and self._process.worked > WORKING_LIFE_SECONDS:
            self._stop()
        if not self._has_turn:
            if not _gate.acquire(timeout=TURN_SECONDS):
                raise InspectionFailed(Failure.BUSY)
            self._has_turn = True
        if self._process is None:
            cpu_seconds = self._bounds.cpu_seconds + WORKING_LIFE_SECONDS
            self._process = LockedProcess(self._bounds.memory, cpu_seconds)
        return self._process

    def _failed(self, failure: Failure) -> InspectionFailed:
        self._stop()
        return InspectionFailed(failure)

    def _stop(self) -> None:
        if self._process is not None:
            self._process.stop()
            self._process = None


def _send_exactly(process: LockedProcess, content: Iterable[bytes], size: int) -> None:
    """Raises InspectionFailed BROKEN if the pieces are more or fewer bytes than said."""
    sent = 0
    for part in content:
        sent += len(part)
        if sent > size:
            break
        process.send(part)
    if sent != size:
        raise InspectionFailed(Failure.BROKEN)
