"""A bounded queue before Argon2id.

Each derivation takes about 20 MiB and 20 ms (receipt code) or 64 MiB and 100 ms (passphrase).
Without a bound a flood of sign-ins would take the memory of the machine; with it the rest wait a
little and are then told to come back, with what they typed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock


class Busy(Exception):
    """Too many people sign in or send at this moment; nobody's fault, try again shortly."""


class KdfGate:
    """At most `slots` derivations at once and `waiting` more in the queue, for `wait_seconds`."""

    def __init__(self, slots: int, waiting: int, wait_seconds: float) -> None:
        self._slots = BoundedSemaphore(slots)
        self._room = slots + waiting
        self._inside = 0
        self._lock = Lock()
        self._wait_seconds = wait_seconds

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold one slot. Raises Busy when the queue is full or the wait was too long."""
        self._enter_queue()
        try:
            if not self._slots.acquire(timeout=self._wait_seconds):
                raise Busy
            try:
                yield
            finally:
                self._slots.release()
        finally:
            self._leave_queue()

    def _enter_queue(self) -> None:
        with self._lock:
            if self._inside >= self._room:
                raise Busy
            self._inside += 1

    def _leave_queue(self) -> None:
        with self._lock:
            self._inside -= 1
