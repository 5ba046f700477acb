"""A bounded queue before Argon2id, with three lanes that take turns.

Each derivation takes about 20 MiB and 20 ms (receipt code) or 64 MiB and 100 ms (passphrase).
Without a bound a flood of sign-ins would take the memory of the machine; with it the rest wait a
little and are then told to come back, with what they typed. Who comes back waits in another lane
than those who come for the first time, so that a crowd of these keeps nobody out for good.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from threading import Event, Lock


class Busy(Exception):
    """Too many people sign in or send at this moment; nobody's fault, try again shortly."""


class Lane(Enum):
    """Who waits with whom; each lane gets every third place that becomes free, or more."""

    WAITED = auto()
    """Came before, was asked to wait and did."""
    WORKED = auto()
    """Came before, and the browser solved a puzzle instead (web/tickets.py)."""
    NEW = auto()
    """Everybody else."""


class KdfGate:
    """At most `slots` derivations at once and `waiting` more, for `wait_seconds`.

    Those who came back have half as much room each: whoever has a ticket can come again.
    """

    def __init__(self, slots: int, waiting: int, wait_seconds: float) -> None:
        self._free = slots
        self._room = dict.fromkeys(Lane, (waiting + 1) // 2) | {Lane.NEW: waiting}
        self._wait_seconds = wait_seconds
        self._lanes: dict[Lane, deque[Event]] = {lane: deque() for lane in Lane}
        self._order = deque(Lane)
        self._lock = Lock()

    def waiting(self, lane: Lane) -> int:
        """How many wait in a lane."""
        return len(self._lanes[lane])

    @contextmanager
    def place(self, lane: Lane = Lane.NEW) -> Iterator[None]:
        """Hold one slot. Raises Busy when the lane is full or the wait was too long."""
        turn = self._enter(lane)
        if turn is not None:
            self._wait(turn, lane)
        try:
            yield
        finally:
            self._leave()

    def _enter(self, lane: Lane) -> Event | None:
        with self._lock:
            if self._free:
                self._free -= 1
                return None
            if len(self._lanes[lane]) >= self._room[lane]:
                raise Busy
            turn = Event()
            self._lanes[lane].append(turn)
            return turn

    def _wait(self, turn: Event, lane: Lane) -> None:
        if turn.wait(self._wait_seconds):
            return
        with self._lock:
            # It may have come while nobody looked.
            if not turn.is_set():
                self._lanes[lane].remove(turn)
                raise Busy

    def _leave(self) -> None:
        with self._lock:
            for lane in tuple(self._order):
                self._order.rotate(-1)
                if self._lanes[lane]:
                    self._lanes[lane].popleft().set()
                    return
            self._free += 1
