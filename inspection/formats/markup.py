"""XML of strangers, read as a stream by expat and written again as it was.

No document type is let in, so no entity can grow or fetch anything; depth is bounded; no tree is
built, so memory does not follow the size. Names keep their prefixes as they stand: office programs
compare them as text (`mc:Ignorable`), which is why the usual trees cannot write these files.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from inspection.findings import Failure, InspectionFailed

MARKUP = 32 * 2**20
DEPTH = 256
_CHUNK = 2**16
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RETURN = {"\r": "&#13;"}


class Opened(NamedTuple):
    """An element begins."""

    name: str
    attributes: dict[str, str]


class Closed(NamedTuple):
    """An element ends."""

    name: str


class Text(NamedTuple):
    """Characters, possibly not all that stand there."""

    text: str


Event = Opened | Closed | Text


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def events(data: bytes) -> Iterator[Event]:
    """What stands in a document, in order; comments and instructions to programs are left out.

    Raises:
        InspectionFailed: too large, too deep, or with a document type.
        xml.parsers.expat.ExpatError: it is no XML.
    """
    if len(data) > MARKUP:
        raise InspectionFailed(Failure.TOO_LARGE)
    reader = _Reader()
    for start in range(0, len(data), _CHUNK):
        yield from reader.fed(data[start : start + _CHUNK])
    yield from reader.ended()


def refuse_doctype(data: bytes) -> None:
    """See that a document is whole and has no document type, before another library reads it.

    Raises:
        InspectionFailed, xml.parsers.expat.ExpatError: as `events`; the depth is not looked at.
    """
    if len(data) > MARKUP:
        raise InspectionFailed(Failure.TOO_LARGE)
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.Parse(data, True)


def written(stream: Iterable[Event]) -> bytes:
    """A document of these events, in UTF-8."""
    target = BytesIO()
    target.write(_DECLARATION.encode())
    for event in stream:
        target.write(_written(event).encode())
    return target.getvalue()


def _written(event: Event) -> str:
    match event:
        case Opened(name, attributes):
            pairs = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
            return f"<{name}{pairs}>"
        case Closed(name):
            return f"</{name}>"
        case Text(text):
            return escape(text, _RETURN)


def _refuse(*_declared: object) -> None:
    raise InspectionFailed(Failure.BROKEN)


class _Reader:
    """Expat with a list of what it saw since it was last asked."""

    def __init__(self) -> None:
        self._seen: list[Event] = []
        self._depth = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _refuse
        self._parser.StartElementHandler = self._opened
        self._parser.EndElementHandler = self._closed
        self._parser.CharacterDataHandler = self._text

    def fed(self, chunk: bytes) -> list[Event]:
        self._parser.Parse(chunk, False)
        return self._taken()

    def ended(self) -> list[Event]:
        self._parser.Parse(b"", True)
        return self._taken()

    def _taken(self) -> list[Event]:
        seen, self._seen = self._seen, []
        return seen

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEPTH:
            raise InspectionFailed(Failure.BROKEN)
        self._seen.append(Opened(name, attributes))

    def _closed(self, name: str) -> None:
        self._depth -= 1
        self._seen.append(Closed(name))

    def _text(self, text: str) -> None:
        self._seen.append(Text(text))
