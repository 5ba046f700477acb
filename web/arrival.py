"""How much of a request is there, from its first bytes: may it have a thread yet?

Read with the eyes of gunicorn's parser, and only to decide who waits where: what is refused, and
how a body ends, stays the parser's to say. Whatever it could wait for is never called whole here.
"""

import re
from enum import Enum, auto

# Bytes. Nearly every form without files; whatever is longer comes to a thread before its end.
WHOLE = 64 * 1024
# Browsers send one of them; the parser refuses what is longer than its own limits.
LONGEST_HEAD = 16 * 1024
_MOST_DIGITS = 18
_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = re.compile(rb"\ncontent-length:(.*?)(?=\r\n)", re.IGNORECASE)
_EXPECT = re.compile(rb"\nexpect[ \t]*:", re.IGNORECASE)


class Arrival(Enum):
    """What to do with a request that is arriving."""

    WAIT = auto()
    """More is to come; no thread is needed for that."""
    WHOLE = auto()
    """All of it is here, or it is refused as it is: a thread will not wait for its sender."""
    PARTLY = auto()
    """A thread has to read the rest: it is long, or asks for an answer first, or is no HTTP."""


class Gathering:
    """The first bytes of a request, kept until a thread reads them."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._whole_at: int | None = None

    def __bool__(self) -> bool:
        return bool(self._bytes)

    @property
    def room(self) -> int:
        """How many bytes more it takes."""
        return WHOLE - len(self._bytes)

    def add(self, arrived: bytes) -> Arrival:
        """Keep these as well; says what to do with the request now."""
        self._bytes += arrived
        if self._whole_at is None:
            return self._look_at_head()
        return Arrival.WHOLE if len(self._bytes) >= self._whole_at else Arrival.WAIT

    def take(self, size: int) -> bytes:
        """The first of them, which are here no longer."""
        taken = bytes(self._bytes[:size])
        del self._bytes[:size]
        self._whole_at = None
        return taken

    def _look_at_head(self) -> Arrival:
        head, end, body = self._bytes.partition(_END_OF_HEAD)
        if not end:
            return Arrival.WAIT if _may_become_a_head(head) else Arrival.PARTLY
        head += b"\r\n"
        if _EXPECT.search(head):
            return Arrival.PARTLY
        announced = _announced(bytes(head))
        if len(body) >= announced:
            return Arrival.WHOLE
        self._whole_at = len(self._bytes) - len(body) + announced
        return Arrival.WAIT if self._whole_at <= WHOLE else Arrival.PARTLY


def _announced(head: bytes) -> int:
    """The length of the body; 0 as well where the parser will not believe it, and refuse."""
    lengths = [each.strip(b" \t") for each in _LENGTH.findall(head)]
    if len(lengths) != 1 or not lengths[0].isdigit():
        return 0
    # Python refuses to count more than 4300 digits; so many say already that it is long.
    return int(lengths[0].lstrip(b"0")[:_MOST_DIGITS] or b"0")


def _may_become_a_head(early: bytes | bytearray) -> bool:
    # TLS, say, is answered at once and not after twenty seconds; so is a bare line feed.
    return early[:1].isupper() and b"\n\n" not in early and len(early) < LONGEST_HEAD
