"""SOCKS 5 (RFC 1928) with the answers that tor adds for onions, as far as a test needs it."""

import socket

from tests.support.served import LOOPBACK

# Answers of a port with ExtendedErrors; socks-extensions.txt of tor's specifications.
NEEDS_KEY = 0xF4
_VERSION, _CONNECT, _BY_NAME, _NO_PASSWORD = 5, 1, 3, 0
# Version, answer, nothing, kind of address; then an IPv4 address and a port.
_ANSWER = 10


class OnionUnreachable(Exception):
    """The client could not get there; `code` is the answer it gave."""

    def __init__(self, code: int) -> None:
        super().__init__(f"SOCKS answer {code:#x}")
        self.code = code


def open_through(client: int, host: str, port: int, timeout: float) -> socket.socket:
    """A connection to a host by name, through the SOCKS port of a client on this machine.

    Raises:
        OnionUnreachable: with what the client answered.
        OSError: it answered nothing in time.
    """
    connection = socket.create_connection((LOOPBACK, client), timeout)
    try:
        connection.sendall(bytes((_VERSION, 1, _NO_PASSWORD)))
        _read(connection, 2)
        name = host.encode()
        asked = bytes((_VERSION, _CONNECT, 0, _BY_NAME, len(name))) + name
        connection.sendall(asked + port.to_bytes(2, "big"))
        code = _read(connection, _ANSWER)[1]
        if code:
            raise OnionUnreachable(code)
    except BaseException:
        connection.close()
        raise
    return connection


def _read(connection: socket.socket, size: int) -> bytes:
    arrived = b""
    while len(arrived) < size:
        piece = connection.recv(size - len(arrived))
        if not piece:
            raise ConnectionResetError("the client hung up")
        arrived += piece
    return arrived
