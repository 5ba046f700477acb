"""A few pieces of bytes on their way from one thread to another, and both ends know an end."""

from collections import deque
from collections.abc import Iterable, Iterator
from threading import Condition
from types import TracebackType

_WAITING = 4


class Abandoned(Exception):
    """Nobody takes the pieces any more; whoever writes them stops."""


class Handover:
    """One thread calls `write` and `end`; the other iterates inside a `with`.

    At most four pieces wait. When the `with` is left, the next `write` raises Abandoned.
    """

    def __init__(self) -> None:
        self._waiting: deque[bytes] = deque()
        self._changed = Condition()
        self._ended = False
        self._abandoned = False

    def write(self, piece: bytes) -> int:
        """Hand over one piece when there is room for it. Raises Abandoned."""
        with self._changed:
            self._changed.wait_for(lambda: self._abandoned or len(self._waiting) < _WAITING)
            if self._abandoned:
                raise Abandoned
            self._waiting.append(piece)
            self._changed.notify_all()
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def end(self) -> None:
        """No more pieces come."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def __iter__(self) -> Iterator[bytes]:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._ended)
                if not self._waiting:
                    return
                piece = self._waiting.popleft()
                self._changed.notify_all()
            yield piece

    def __enter__(self) -> "Handover":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with self._changed:
            self._abandoned = True
            self._waiting.clear()
            self._changed.notify_all()


class Source:
    """Bytes in the lengths that a library asks for, from pieces of any length.

    What the pieces raise is kept in `failure`: the library would raise it as an error of its own,
    with the text only.
    """

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._held = memoryview(b"")
        self.failure: Exception | None = None

    def read(self, size: int) -> bytes:
        """At most `size` bytes, none only at the end."""
        while not self._held:
            piece = self._next()
            if piece is None:
                return b""
            self._held = memoryview(piece)
        taken, self._held = self._held[:size], self._held[size:]
        return bytes(taken)

    def _next(self) -> bytes | None:
        try:
            return next(self._pieces, None)
        except Exception as failure:
            self.failure = failure
            raise
