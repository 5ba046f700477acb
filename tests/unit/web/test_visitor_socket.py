"""A visitor's request must arrive within its time; who keeps up a small rate gets more of it."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import pytest

from web.arrival import Arrival
from web.visitor_socket import (
    BYTES_PER_SECOND,
    GRACE_SECONDS,
    HURRIED_SECONDS,
    LONGEST_SECONDS,
    UPLOAD_BYTES_PER_SECOND,
    BoundedSocket,
)


@dataclass
class Clock:
    """Seconds that a test sets."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Connection:
    """Both ends, and the clock of the server's."""

    ours: BoundedSocket
    visitor: socket.socket
    clock: Clock

    def after(self, seconds: float) -> bytes:
        """What the server reads so many seconds later."""
        self.clock.now += seconds
        return self.ours.recv(100_000)


@pytest.fixture
def connection() -> Iterator[Connection]:
    visitor, accepted = socket.socketpair()
    clock = Clock()
    ours = BoundedSocket(accepted, clock)
    yield Connection(ours, visitor, clock)
    ours.close()
    visitor.close()


def test_what_arrives_in_time_is_read(connection: Connection) -> None:
    connection.visitor.sendall(b"in time")

    assert connection.after(GRACE_SECONDS - 1) == b"in time"


def test_a_request_that_is_not_there_in_time_counts_as_a_visitor_who_left(
    connection: Connection,
) -> None:
    connection.visitor.sendall(b"too late")

    with pytest.raises(ConnectionResetError):
        connection.after(GRACE_SECONDS)


def test_each_byte_that_arrived_gives_more_time(connection: Connection) -> None:
    connection.visitor.sendall(bytes(10 * BYTES_PER_SECOND))
    connection.after(1)
    connection.visitor.sendall(b"more")

    assert connection.after(GRACE_SECONDS + 8) == b"more"


def test_a_steady_drip_ends_too(connection: Connection) -> None:
    with suppress(ConnectionResetError):
        for _ in range(int(LONGEST_SECONDS)):
            connection.visitor.sendall(bytes(2 * BYTES_PER_SECOND))
            connection.after(1)

    assert connection.clock.now - 1000 == LONGEST_SECONDS


def test_files_may_take_longer_for_as_long_as_they_keep_up_a_rate(connection: Connection) -> None:
    connection.ours.take_time()
    seconds = 0
    with suppress(ConnectionResetError):
        while seconds < 2 * LONGEST_SECONDS:
            connection.visitor.sendall(bytes(UPLOAD_BYTES_PER_SECOND))
            connection.after(1)
            seconds += 1

    assert seconds == 2 * LONGEST_SECONDS
    with pytest.raises(ConnectionResetError):
        connection.after(GRACE_SECONDS)


def test_the_next_request_on_a_connection_has_its_own_time(connection: Connection) -> None:
    connection.clock.now += GRACE_SECONDS
    connection.ours.begin()
    connection.visitor.sendall(b"next")

    assert connection.after(1) == b"next"


def test_a_shorter_wait_that_the_server_asked_for_is_kept(connection: Connection) -> None:
    connection.ours.settimeout(0.01)

    with pytest.raises(ConnectionResetError):
        connection.after(0)

    assert connection.ours.gettimeout() == 0.01


def test_a_socket_that_must_not_block_does_not(connection: Connection) -> None:
    connection.ours.setblocking(False)

    with pytest.raises(BlockingIOError):
        connection.after(0)


def test_what_is_gathered_is_read_before_what_comes_then(connection: Connection) -> None:
    connection.ours.setblocking(False)
    connection.visitor.sendall(b"GET / HT")
    first = connection.ours.gather()
    connection.visitor.sendall(b"TP/1.1\r\n\r\n")

    assert (first, connection.ours.gather()) == (Arrival.WAIT, Arrival.WHOLE)
    assert connection.ours.recv(100) == b"GET / HTTP/1.1\r\n\r\n"


def test_gathering_waits_for_nothing(connection: Connection) -> None:
    connection.ours.setblocking(False)

    assert connection.ours.gather() is Arrival.WAIT
    assert not connection.ours.began


def test_a_visitor_who_leaves_while_it_is_gathered_is_no_reason_to_wait(
    connection: Connection,
) -> None:
    connection.ours.setblocking(False)
    connection.visitor.sendall(b"GET / HT")
    connection.ours.gather()
    connection.visitor.close()

    assert connection.ours.gather() is Arrival.WHOLE


def test_who_is_waited_for_too_long_dawdles_and_nobody_else_does(connection: Connection) -> None:
    assert not connection.ours.dawdles  # nobody waits for it

    connection.ours._waits_since = connection.clock.now
    connection.clock.now += HURRIED_SECONDS
    assert not connection.ours.dawdles

    connection.clock.now += 1
    assert connection.ours.dawdles
