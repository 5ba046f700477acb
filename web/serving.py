"""gunicorn's threaded worker, with a bound on how long one visitor can hold a thread.

gunicorn waits for the rest of a request without end: a laptop that falls asleep while it sends, or
a stranger who sends one byte a minute, would keep a thread for good, and a few of them the whole
portal (measured: docs/decisions/0005-http-server.md). The rule is the one of Apache's
mod_reqtimeout: some seconds for every request, and one more for each so many bytes that arrived.
"""

import errno
import selectors
import socket
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from gunicorn.workers.gthread import TConn, ThreadWorker

from web.forgetting import Forgetting

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
        self.begin()

    def begin(self) -> None:
        """A request starts now."""
        self._started = self._clock()
        self._received = 0
        self._brings_files = False

    def take_time(self) -> None:
        """Let this request last longer, for as long as its bytes keep coming."""
        self._brings_files = True

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """What arrived. Raises ConnectionResetError when the request's time is over."""
        left = self._seconds_left()
        if left <= 0:
            raise _gone()
        most = min(size, RECEIVED_AT_ONCE)
        arrived = self._within(left, lambda: super(BoundedSocket, self).recv(most, flags))
        self._received += len(arrived)
        return arrived

    def sendall(self, content: bytes, flags: int = 0, /) -> None:  # type: ignore[override]  # gunicorn sends bytes
        """Send all of it. Raises ConnectionResetError when the visitor takes nothing."""
        self._within(SEND_SECONDS, lambda: super(BoundedSocket, self).sendall(content, flags))

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


class BoundedThreadWorker(ThreadWorker):
    """A thread is for a request that has begun, and for a bounded time."""

    def init_process(self) -> None:
        """Serve; does not return before the end."""
        self.forgetting = Forgetting()
        super().init_process()  # type: ignore[no-untyped-call]  # gunicorn has no types

    def enqueue_req(self, conn: TConn) -> None:
        """Give a connection to a thread once something arrived; gunicorn would wait in a thread."""
        if conn.initialized or conn.data_ready:
            super().enqueue_req(conn)  # type: ignore[no-untyped-call]  # gunicorn has no types
            return
        assert self.poller is not None  # noqa: S101 - made before the first visitor comes
        conn.sock = BoundedSocket(conn.sock)
        conn.sock.setblocking(False)
        conn.set_timeout()
        self.pending_conns.append(conn)
        answer = partial(self.on_pending_socket_readable, conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, answer)

    def handle(self, conn: TConn) -> object:
        """Serve one request, whose time starts now.

        A connection that ends is closed here: gunicorn would wait for the visitor's own end of it,
        two seconds at most, in the loop that takes new visitors.
        """
        conn.sock.begin()
        goes_on = super().handle(conn)  # type: ignore[no-untyped-call]  # gunicorn has no types
        self.forgetting.soon()
        if not goes_on:
            conn.close(graceful=True)
        return goes_on


def _gone() -> ConnectionResetError:
    # gunicorn and Werkzeug take a reset for what it is: a visitor who left, and no line in a log.
    return ConnectionResetError(errno.ECONNRESET, "the visitor was too slow")
