"""What the two sides of the locked process say to each other.

The applications ask over a socket pair: a header, the name, the file's bytes. The process answers
with a verdict, a length and as many bytes. Whoever reads an answer bounds every length, refuses
what is left over and makes every text harmless: the answer comes from a process that a hostile
file may have taken over.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from inspection import plain
from inspection.findings import About, Failure, Hidden, Look, Page, Pixels, Words

# The process says so once, when it is locked.
READY = b"\x06"
CHUNK_BYTES = 256 * 1024
NAME_BYTES = 1024
ROWS = 500
VALUE_CHARACTERS = 500
TERM_CHARACTERS = 100
PAGES = 100_000
EDGE_PIXELS = 1600
TEXT_CHARACTERS = 200_000
# Longest answer to the first two questions.
LOOK_BYTES = 2 * 1024 * 1024
PAGE_BYTES = EDGE_PIXELS * EDGE_PIXELS * 3 + 64

_REQUEST = struct.Struct(">BIQH")
_VERDICT = struct.Struct(">BQ")
_COUNT = struct.Struct(">H")
_LOOK = struct.Struct(">BIH")
_SIZE = struct.Struct(">II")
_FITS, _CLEANABLE = 1, 2
_PIXELS, _WORDS, _WORDS_CUT = b"P", b"W", b"C"
_FAILURES = tuple(Failure)

REQUEST_BYTES = _REQUEST.size
VERDICT_BYTES = _VERDICT.size


class Malformed(Exception):
    """What came over the socket is not what was agreed; the other side is to be ended."""


class Ask(IntEnum):
    """What can be asked about a file."""

    LOOK = 1
    PAGE = 2
    CLEAN = 3


@dataclass(frozen=True, slots=True)
class Request:
    """The head of a question.

    Attributes:
        ask: what is asked.
        number: the page, counted from 0.
        size: of the file that follows, in bytes.
        name_bytes: of the name that comes before it.
    """

    ask: Ask
    number: int
    size: int
    name_bytes: int


def pack_request(ask: Ask, number: int, size: int, name: str) -> bytes:
    """Head and name. The name's end is kept, where its extension is."""
    encoded = name.encode("utf-8", "replace")[-NAME_BYTES:]
    return _REQUEST.pack(ask, number, size, len(encoded)) + encoded


def unpack_request(head: bytes) -> Request:
    """Raises Malformed."""
    try:
        ask, number, size, name_bytes = _REQUEST.unpack(head)
        return Request(Ask(ask), number, size, name_bytes)
    except (struct.error, ValueError) as error:
        raise Malformed from error


def pack_verdict(failure: Failure | None, length: int = 0) -> bytes:
    """The head of an answer: a failure, or the length of what follows."""
    return _VERDICT.pack(0 if failure is None else 1 + _FAILURES.index(failure), length)


def unpack_verdict(head: bytes, longest: int) -> Failure | int:
    """A failure, or the length of what follows, at most `longest`. Raises Malformed."""
    code, length = _VERDICT.unpack(head)
    if code > len(_FAILURES) or length > longest:
        raise Malformed
    return _FAILURES[code - 1] if code else int(length)


def pack_look(look: Look) -> bytes:
    """A look, with no more rows and letters than the other side takes."""
    rows = look.hidden[:ROWS]
    flags = (_FITS if look.fits_name else 0) | (_CLEANABLE if look.cleanable else 0)
    head = _LOOK.pack(flags, min(max(look.pages, 0), PAGES), len(rows))
    return head + b"".join(_pack_terms([look.media_type, *_terms(rows)]))


def unpack_look(body: bytes) -> Look:
    """Raises Malformed."""
    reading = _Reading(body)
    flags, pages, count = reading.numbers(_LOOK)
    if pages > PAGES or count > ROWS:
        raise Malformed
    media_type = reading.term(TERM_CHARACTERS)
    rows = tuple(reading.row() for _ in range(count))
    reading.end()
    return Look(media_type, bool(flags & _FITS), rows, bool(flags & _CLEANABLE), pages)


def pack_page(page: Page) -> bytes:
    """A page as pixels or words, cut where the other side takes no more."""
    if isinstance(page, Pixels):
        return _PIXELS + _SIZE.pack(page.width, page.height) + page.rgb
    text = page.text[:TEXT_CHARACTERS]
    mark = _WORDS_CUT if page.cut or len(text) < len(page.text) else _WORDS
    return mark + text.encode("utf-8", "replace")


def unpack_page(body: bytes) -> Page:
    """Raises Malformed."""
    mark, rest = body[:1], memoryview(body)[1:]
    if mark == _PIXELS:
        return _pixels(rest)
    if mark not in (_WORDS, _WORDS_CUT):
        raise Malformed
    text = plain.lines(bytes(rest).decode("utf-8", "replace"))
    return Words(text[:TEXT_CHARACTERS], mark == _WORDS_CUT or len(text) > TEXT_CHARACTERS)


def _pixels(body: memoryview) -> Pixels:
    if len(body) < _SIZE.size:
        raise Malformed
    width, height = _SIZE.unpack(body[: _SIZE.size])
    rgb = bytes(body[_SIZE.size :])
    if not (0 < width <= EDGE_PIXELS and 0 < height <= EDGE_PIXELS):
        raise Malformed
    if len(rgb) != width * height * 3:
        raise Malformed
    return Pixels(width, height, rgb)


def _terms(rows: Iterable[Hidden]) -> list[str]:
    return [term for row in rows for term in (row.about.value, row.name, row.value)]


def _pack_terms(terms: Iterable[str]) -> Iterable[bytes]:
    for term in terms:
        encoded = plain.line(term, VALUE_CHARACTERS).encode("utf-8", "replace")
        yield _COUNT.pack(len(encoded)) + encoded


class _Reading:
    """An answer, read from its beginning to its end."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0

    def numbers(self, layout: struct.Struct) -> tuple[int, ...]:
        return tuple(layout.unpack(self._take(layout.size)))

    def term(self, limit: int) -> str:
        (length,) = self.numbers(_COUNT)
        return plain.line(self._take(length).decode("utf-8", "replace"), limit)

    def row(self) -> Hidden:
        try:
            about = About(self.term(TERM_CHARACTERS))
        except ValueError as error:
            raise Malformed from error
        return Hidden(about, self.term(TERM_CHARACTERS), self.term(VALUE_CHARACTERS))

    def end(self) -> None:
        if self._at != len(self._body):
            raise Malformed

    def _take(self, length: int) -> bytes:
        part = self._body[self._at : self._at + length]
        if len(part) != length:
            raise Malformed
        self._at += length
        return part
