"""A visitor's connection, on which each request must arrive within its time.

gunicorn waits for the rest of a request without end: a laptop that falls asleep while it sends, or
a stranger who sends one byte a minute, would keep a thread for good, and a few of them the whole
portal (measured: docs/decisions/0005-http-server.md). The rule is the one of Apache's
mod_reqtimeout: some seconds for every request, and one more for each so many bytes that arrived.

What arrives before a thread is free to read it is gathered here (web/serving.py), up to a bound.
"""

import errno
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from web.arrival import Arrival, Gathering

Result = TypeVar("Result")

# Twenty seconds, and a rate that the slowest Tor circuit keeps up.
GRACE_SECONDS = 20.0
BYTES_PER_SECOND = 500
# However steadily it drips: the largest form, at 14 kB a second.
LONGEST_SECONDS = 300.0
# Files last longer, at the rate of the slowest Tor circuit.
UPLOAD_BYTES_PER_SECOND = 8 * 1024
# gunicorn asks for a megabyte, and copies what it has left for each piece that is taken from it: an
# upload took 5 seconds of a processor for a gigabyte, and takes 3 (docs/reference/benchmarks.md).
RECEIVED_AT_ONCE = 256 * 1024
# While others wait for a thread to send a long form: this long, and what that rate gives.
HURRIED_SECONDS = 5.0
# A page of ours fits in the kernel's buffers; a visitor who takes nothing at all is let go.
SEND_SECONDS = 60.0


class BoundedSocket(socket.socket):
    """A visitor's connection, on which each request must arrive within its time."""

    def __init__(
        self, accepted: socket.socket, clock: Callable[[], float] = time.monotonic
    ) -> None:
        family, kind, protocol = accepted.family, accepted.type, accepted.proto
        super().__init__(family, kind, protocol, fileno=accepted.detach())
        self._clock = clock
        self._early = Gathering()
        self.begin()

    def begin(self) -> None:
        """A request starts now."""
        self._started = self._clock()
        self._received = 0
        self._brings_files = False
        self._waited = 0.0
        self._waits_since: float | None = None

    def take_time(self) -> None:
        """Let this request last longer, for as long as its bytes keep coming."""
        self._brings_files = True

    def gather(self) -> Arrival:
        """Keep what arrived, without waiting for more; says whether a thread should read on."""
        try:
            arrived = super().recv(self._early.room)
        except BlockingIOError:
            return Arrival.WAIT
        except OSError:
            return Arrival.WHOLE  # nothing is left to wait for
        if not self._early:
            self.begin()
        self._received += len(arrived)
        found = self._early.add(arrived)
        return found if arrived else Arrival.WHOLE

    def hung_up(self) -> bool:
        """Throw away what still comes, without waiting for more; says whether that was the end."""
        try:
            return not super().recv(RECEIVED_AT_ONCE)
        except BlockingIOError:
            return False
        except OSError:
            return True

    @property
    def began(self) -> bool:
        """Whether anything of a request is gathered."""
        return bool(self._early)

    @property
    def is_over(self) -> bool:
        """Whether the time of this request is over."""
        return self._seconds_left() <= 0

    @property
    def dawdles(self) -> bool:
        """Whether somebody waits for its next bytes, for too long while others wait too.

        Only the time counts in which the visitor was waited for, and not what the server needs.
        """
        since = self._waits_since
        if since is None:
            return False
        waited = self._waited + self._clock() - since
        return waited > HURRIED_SECONDS + self._received / UPLOAD_BYTES_PER_SECOND

    def give_up(self) -> None:
        """End it, from outside the thread that waits for its next bytes."""
        with suppress(OSError):
            self.shutdown(socket.SHUT_RDWR)

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """What arrived. Raises ConnectionResetError when the request's time is over."""
        if self._early:
            return self._early.take(size)
        left = self._seconds_left()
        if left <= 0:
            raise _gone()
        most = min(size, RECEIVED_AT_ONCE)
        arrived = self._awaited(left, lambda: super(BoundedSocket, self).recv(most, flags))
        self._received += len(arrived)
        return arrived

    def sendall(self, content: bytes, flags: int = 0, /) -> None:  # type: ignore[override]  # gunicorn sends bytes
        """Send all of it. Raises ConnectionResetError when the visitor takes nothing."""
        self._within(SEND_SECONDS, lambda: super(BoundedSocket, self).sendall(content, flags))

    def _awaited(self, seconds: float, work: Callable[[], Result]) -> Result:
        self._waits_since = began = self._clock()
        try:
            return self._within(seconds, work)
        finally:
            self._waits_since = None
            self._waited += self._clock() - began

    def _within(self, seconds: float, work: Callable[[], Result]) -> Result:
        asked = self.gettimeout()
        self.settimeout(seconds if asked is None else min(asked, seconds))
        try:
            return work()
        except TimeoutError:
            raise _gone() from None
        finally:
            self.settimeout(asked)

    def _seconds_left(self) -> float:
        longest = LONGEST_SECONDS
        if self._brings_files:
            longest = max(longest, GRACE_SECONDS + self._received / UPLOAD_BYTES_PER_SECOND)
        allowed = min(GRACE_SECONDS + self._received / BYTES_PER_SECOND, longest)
        return self._started + allowed - self._clock()


def _gone() -> ConnectionResetError:
    # gunicorn and Werkzeug take a reset for what it is: a visitor who left, and no line in a log.
    return ConnectionResetError(errno.ECONNRESET, "the visitor was too slow")
