"""Inputs to start from, and what every target promises."""

from collections.abc import Callable, Iterator, Mapping

from crypto.labels import Context, Purpose
from crypto.stream import PIECE_SIZE, Sealer, StreamKey

BOUNDARY = "zz"
KEY = StreamKey(bytes(range(32)))
CONTEXT = Context(Purpose.EVIDENCE, (b"fuzz",))
SIZES = (0, 7, PIECE_SIZE, PIECE_SIZE + 5)

_FORM = (
    b"--zz\r\n"
    b'Content-Disposition: form-data; name="what"\r\n\r\nPaper clips vanish.\r\n'
    b"--zz\r\n"
    b'Content-Disposition: form-data; name="files"; filename="a %22b%22.pdf"\r\n'
    b"Content-Type: application/pdf\r\nContent-Length: 11\r\n\r\n%PDF-1.7\r\n-\r\n"
    b"--zz\r\n"
    b'Content-Disposition: form-data; name=files; filename="\\"c\\\\.jpg"\r\n\r\n\r\n'
    b"--zz--\r\n"
)


class PromiseBroken(Exception):
    """An input did what none may do."""


def promise(kept: bool) -> None:
    """Raises PromiseBroken unless it is kept."""
    if not kept:
        raise PromiseBroken


def forms() -> Iterator[bytes]:
    """The first byte says how the body is cut."""
    yield b"\xff" + _FORM
    yield b"\x03" + _FORM
    yield b"\xff" + _FORM.replace(b"Paper", b"\r\n--z\r\r\n--zzz" * 50)


def streams() -> Iterator[bytes]:
    """The first byte says which size is claimed, the second how it is cut."""
    for number, size in enumerate(SIZES):
        yield bytes((number, 255)) + sealed(size)


def plaintext(size: int) -> bytes:
    """What is sealed, and nothing else may ever come out."""
    return (b"canary " * (size // 7 + 1))[:size]


def sealed(size: int) -> bytes:
    """A stream of this many bytes."""
    sealer = Sealer(KEY, CONTEXT)
    return b"".join((sealer.header, sealer.push(plaintext(size)), *sealer.finish()))


SEEDS: Mapping[str, Callable[[], Iterator[bytes]]] = {"forms": forms, "streams": streams}
