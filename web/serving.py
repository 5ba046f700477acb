"""gunicorn's threaded worker, in which no visitor holds a thread for what she has not sent yet.

A request waits in the loop, in memory, until all of it is there; nearly every form is. Whatever is
longer is read by a thread, and so many threads read at a time that others are always left for what
is there already. While somebody waits for such a thread, whoever sends slowest gives theirs up.
Visitors beyond what one process holds push out those who have sent least for longest, so a crowd
that only holds connections open keeps nobody out. Measured: docs/decisions/0005-http-server.md.
"""

import selectors
import socket
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from functools import partial

from flask import Flask
from gunicorn.workers.gthread import TConn, ThreadWorker

from cases.domain.pressure import Pressure
from web.arrival import Arrival
from web.forgetting import Forgetting
from web.services import EXTENSION, services_of
from web.visitor_socket import BoundedSocket

# Of the threads: for files and very long forms. Files have sixteen places (web/uploads.py).
READING = 20
# Whoever got an answer may still have to read it while we would close (RFC 9112, 9.6).
LINGER_SECONDS = 2.0


class BoundedThreadWorker(ThreadWorker):
    """A thread is for a request that is there, and for a bounded time.

    Connections are in one of five places: gunicorn's own two, which are `pending_conns` (their
    request is arriving) and `keepalived_conns` (the next one is awaited); `_parked` (a thread shall
    read the rest), `_reading` (one does) and `_leaving` (they were answered).
    """

    def init_process(self) -> None:
        """Serve; does not return before the end."""
        self.forgetting = Forgetting()
        self._parked: deque[TConn] = deque()
        self._reading: set[TConn] = set()
        self._leaving: deque[TConn] = deque()
        self._places = max(1, min(READING, self.cfg.threads // 2))
        super().init_process()  # type: ignore[no-untyped-call]  # gunicorn has no types

    def accept(self, listener: socket.socket) -> None:
        """Take a visitor in; whoever takes up room for longest makes some."""
        super().accept(listener)  # type: ignore[no-untyped-call]  # gunicorn has no types
        if self.nr_conns >= self.worker_connections:
            self._make_room()

    def enqueue_req(self, conn: TConn) -> None:
        """Gather a request in the loop; gunicorn would wait for it in a thread."""
        if conn.parser is not None and conn.parser.unreader.buf.getvalue():
            # Its first bytes came with the request before: whoever sends so is no browser.
            self._park(conn)
            return
        if not isinstance(conn.sock, BoundedSocket):
            conn.sock = BoundedSocket(conn.sock)
        conn.sock.setblocking(False)
        conn.set_timeout()
        self.pending_conns.append(conn)
        self._watch(conn, self.on_pending_socket_readable)
        self.on_pending_socket_readable(conn, conn.sock)

    def on_pending_socket_readable(self, conn: TConn, client: BoundedSocket) -> None:
        """Something arrived."""
        if conn not in self.pending_conns:
            return  # it made room for somebody after the poller saw it
        found = client.gather()
        if found is Arrival.WAIT:
            return
        self._unwatch(conn)
        self.pending_conns.remove(conn)
        conn.data_ready = True
        if found is Arrival.PARTLY:
            self._park(conn)
        else:
            super().enqueue_req(conn)  # type: ignore[no-untyped-call]  # gunicorn has no types

    def on_client_socket_readable(self, conn: TConn, client: BoundedSocket) -> None:
        """The next request of a connection that was kept, or its end."""
        if conn in self.keepalived_conns:
            super().on_client_socket_readable(conn, client)  # type: ignore[no-untyped-call]  # gunicorn has no types

    def handle(self, conn: TConn) -> object:
        """Serve one request, the rest of which must come within a time that starts now."""
        conn.sock.begin()
        goes_on = super().handle(conn)  # type: ignore[no-untyped-call]  # gunicorn has no types
        self.forgetting.soon()
        return goes_on

    def finish_request(self, conn: TConn, fs: "Future[object]") -> None:
        """A thread is done. A connection that ends lingers in the loop; gunicorn would block it."""
        self._reading.discard(conn)
        self._take_turns()
        if fs.cancelled() or fs.exception() or not fs.result():
            self._let_go(conn)
        else:
            super().finish_request(conn, fs)  # type: ignore[no-untyped-call]  # gunicorn has no types

    def murder_pending(self) -> None:
        """Once a second, and after whatever happens: end what took too long."""
        now = time.monotonic()
        for conn in [each for each in self.pending_conns if self._is_late(each, now)]:
            self._cut_off(conn, self.pending_conns)
        for conn in [each for each in self._parked if each.sock.is_over]:
            self._cut_off(conn, self._parked)
        while self._leaving and _end_of(self._leaving[0]) <= now:
            self._drop(self._leaving[0], self._leaving)
        if self._parked:
            for conn in [each for each in self._reading if each.sock.dawdles]:
                conn.sock.give_up()
                self._note_cut_off()

    def _park(self, conn: TConn) -> None:
        conn.sock.begin()
        self._parked.append(conn)
        self._take_turns()

    def _take_turns(self) -> None:
        while self._parked and len(self._reading) < self._places:
            conn = self._parked.popleft()
            self._reading.add(conn)
            super().enqueue_req(conn)  # type: ignore[no-untyped-call]  # gunicorn has no types

    def _let_go(self, conn: TConn) -> None:
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self.nr_conns -= 1
            conn.close()
            return
        conn.timeout = time.monotonic() + LINGER_SECONDS
        self._leaving.append(conn)
        self._watch(conn, self._see_off)

    def _see_off(self, conn: TConn, client: BoundedSocket) -> None:
        if conn in self._leaving and client.hung_up():
            self._drop(conn, self._leaving)

    def _make_room(self) -> None:
        for crowd in self._crowds():
            if crowd:
                self._cut_off(crowd[0], crowd)
                return

    def _crowds(self) -> Iterator[deque[TConn]]:
        yield self._leaving
        yield self.keepalived_conns
        yield self.pending_conns
        yield self._parked

    def _cut_off(self, conn: TConn, crowd: "deque[TConn]") -> None:
        # Of those who asked nothing yet there is nothing to tell.
        if isinstance(conn.sock, BoundedSocket) and conn.sock.began:
            self._note_cut_off()
        self._drop(conn, crowd)

    def _note_cut_off(self) -> None:
        if isinstance(self.wsgi, Flask) and EXTENSION in self.wsgi.extensions:
            services_of(self.wsgi).pressure.note(Pressure.CUT_OFF)

    def _drop(self, conn: TConn, crowd: "deque[TConn]") -> None:
        crowd.remove(conn)
        self._unwatch(conn)
        self.nr_conns -= 1
        conn.close()

    def _watch(self, conn: TConn, answer: Callable[[TConn, BoundedSocket], None]) -> None:
        assert self.poller is not None  # noqa: S101 - made before the first visitor comes
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(answer, conn))

    def _unwatch(self, conn: TConn) -> None:
        assert self.poller is not None  # noqa: S101 - made before the first visitor comes
        with suppress(KeyError, ValueError):  # it was not watched, or is closed
            self.poller.unregister(conn.sock)

    def _is_late(self, conn: TConn, now: float) -> bool:
        # Before its first byte a connection has the seconds of one that is kept alive, and none
        # where the server stops.
        if conn.sock.began:
            return bool(conn.sock.is_over)
        return not self.alive or _end_of(conn) <= now


def _end_of(conn: TConn) -> float:
    return conn.timeout or 0.0
