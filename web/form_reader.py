"""A form with files, taken apart while it arrives: text into memory, each file where it goes.

The parser is `multipart`'s (docs/decisions/0015-multipart-parser.md): it hands on the very bytes
that arrived, and keeps none.
"""

from collections.abc import Callable
from typing import Protocol

from multipart import MultipartError, MultipartSegment, ParserLimitReached, PushMultipartParser
from werkzeug.exceptions import BadRequest, ClientDisconnected, RequestEntityTooLarge

from web.file_parts import FilePart

READ_AT_ONCE = 256 * 1024
# The path of a file in its folder has 4 kB at most, of which each byte may be escaped.
LONGEST_HEADER = 16 * 1024
# Each costs some five microseconds. Files that are too many are thrown away and the words kept; a
# form of more parts than this is nobody's.
MOST_PARTS = 20_000
READ_AWAY = 64 * 1024 * 1024
# In memory, beside its name and text.
FIELD_OVERHEAD = 256

# Bytes are kept as letters, so that no header is refused for them.
_BYTES_AS_LETTERS = "latin-1"

OpenFile = Callable[[str, str], FilePart]


class Stream(Protocol):
    """What a server gives of a body."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, fewer where it ends."""


class Body:
    """A body of the announced length; one that is shorter is refused."""

    def __init__(self, stream: Stream, length: int) -> None:
        self._stream, self._left = stream, length

    def read(self, size: int) -> bytes:
        """The next bytes; none at the end. Raises ClientDisconnected when some are missing."""
        wanted = min(size, self._left)
        if wanted == 0:
            return b""
        try:
            arrived = self._stream.read(wanted)
        except OSError:
            raise ClientDisconnected from None
        if not arrived:
            raise ClientDisconnected
        self._left -= len(arrived)
        return arrived


class FormReader:
    """One form.

    Args:
        boundary: as the request names it.
        open_file: called with the name and the type of each file, as the browser gave them.
        most_text: how many bytes all its fields may take in memory.

    Attributes:
        fields: names and what was typed, as bytes, in the order of the form.
    """

    def __init__(self, boundary: str, open_file: OpenFile, most_text: int) -> None:
        self.fields: list[tuple[str, bytes]] = []
        self._boundary, self._open_file = boundary, open_file
        self._left = most_text
        self._file: FilePart | None = None
        self._name, self._text = "", bytearray()

    def read(self, body: Stream) -> None:
        """Read to the end of the body.

        Raises:
            BadRequest: it is no such form, or not all of it.
            RequestEntityTooLarge: more text or more parts than anybody sends.
            ClientDisconnected: it ended before its announced length.
        """
        try:
            parser = PushMultipartParser(
                self._boundary,
                max_header_size=LONGEST_HEADER,
                max_segment_count=MOST_PARTS,
                header_charset=_BYTES_AS_LETTERS,
            )
            while arrived := body.read(READ_AT_ONCE):
                for event in parser.parse(arrived):
                    self._take(event)
            parser.close()
        except MultipartError as error:
            _read_away(body)
            refusal = RequestEntityTooLarge if isinstance(error, ParserLimitReached) else BadRequest
            raise refusal from None

    def _take(self, event: MultipartSegment | bytes | None) -> None:
        if isinstance(event, MultipartSegment):
            self._begin(event)
        elif event is None:
            self._end()
        elif self._file is not None:
            self._file.write(event)
        else:
            self._count(len(event))
            self._text += event

    def _begin(self, segment: MultipartSegment) -> None:
        if segment.filename is not None:
            self._file = self._open_file(_text(segment.filename), segment.content_type or "")
            return
        self._name = _text(segment.name)
        self._count(len(self._name) + FIELD_OVERHEAD)

    def _end(self) -> None:
        if self._file is not None:
            self._file.finish()
            self._file = None
            return
        self.fields.append((self._name, bytes(self._text)))
        self._text.clear()

    def _count(self, taken: int) -> None:
        self._left -= taken
        if self._left < 0:
            raise ParserLimitReached


def _read_away(body: Stream) -> None:
    """So that the browser shows the page that says what is wrong, and no broken connection."""
    left = READ_AWAY
    while left > 0 and (arrived := body.read(min(left, READ_AT_ONCE))):
        left -= len(arrived)


def _text(header: str) -> str:
    return header.encode(_BYTES_AS_LETTERS).decode(errors="replace")
