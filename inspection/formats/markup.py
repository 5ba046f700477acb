"""XML of strangers, read as a stream by expat and written again as it was.

No document type is let in, so no entity can grow or fetch anything; depth is bounded; no tree is
built, so memory does not follow the size. Names keep their prefixes as they stand: office programs
compare them as text (`mc:Ignorable`), which is why the usual trees cannot write these files.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from io import StringIO
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from inspection.findings import Failure, InspectionFailed

MARKUP = 32 * 2**20
DEPTH = 256
_CHUNK = 2**16
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPECIAL = re.compile('[&<>"\r\n\t]')
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


@lru_cache(maxsize=4096)
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


def check(data: bytes) -> None:
    """See that a document is whole and harmless, before another library reads it.

    Raises:
        InspectionFailed, xml.parsers.expat.ExpatError: as `events`.
    """
    if len(data) > MARKUP:
        raise InspectionFailed(Failure.TOO_LARGE)
    depth = _Depth()
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = depth.opened
    parser.EndElementHandler = depth.closed
    parser.Parse(data, True)


class _Depth:
    """How deep in elements the parser is."""

    def __init__(self) -> None:
        self._depth = 0

    def opened(self, _name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEPTH:
            raise InspectionFailed(Failure.BROKEN)

    def closed(self, _name: str) -> None:
        self._depth -= 1


def written(stream: Iterable[Event]) -> bytes:
    """A document of these events, in UTF-8."""
    target = StringIO()
    target.write(_DECLARATION)
    for event in stream:
        target.write(_written(event))
    return target.getvalue().encode()


def _written(event: Event) -> str:
    # Not `match`: a sheet has millions of these, and it takes twice the time.
    if isinstance(event, Text):
        return escape(event.text, _RETURN) if _SPECIAL.search(event.text) else event.text
    if isinstance(event, Closed):
        return f"</{event.name}>"
    pairs = [f" {key}={_quoted(value)}" for key, value in event.attributes.items()]
    return f"<{event.name}{''.join(pairs)}>"


def _quoted(value: str) -> str:
    return quoteattr(value) if _SPECIAL.search(value) else f'"{value}"'


def _refuse(*_declared: object) -> None:
    raise InspectionFailed(Failure.BROKEN)


class _Reader:
    """Expat with a list of what it saw since it was last asked."""

    def __init__(self) -> None:
        self._seen: list[Event] = []
        self._depth = _Depth()
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
        self._depth.opened(name, attributes)
        self._seen.append(Opened(name, attributes))

    def _closed(self, name: str) -> None:
        self._depth.closed(name)
        self._seen.append(Closed(name))

    def _text(self, text: str) -> None:
        self._seen.append(Text(text))
