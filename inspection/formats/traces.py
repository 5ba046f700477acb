"""Which names, times and paths an office program leaves in its XML: told from one table, and taken
out by the same table, so that what is shown and what is removed cannot drift apart."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from inspection import plain
from inspection.findings import About, Hidden
from inspection.formats.markup import (
    Closed,
    Event,
    Opened,
    Text,
    check,
    events,
    local,
    written,
)

VALUE = 500
# Without an encoding, or with the one in which names stand as they are. A mark of UTF-16 is none.
_PLAIN = re.compile(rb"\s*<(\?xml (?![^>]*encoding=)|\?xml [^>]*encoding=[\"']utf-8|\w)", re.I)


@dataclass(frozen=True, slots=True)
class Trace:
    """One kind of trace.

    Attributes:
        about: what it tells; None where it tells nothing that is worth a row.
        becomes: what stands in its place; None where it may be left out.
        when: only where the value has this in it.
    """

    about: About | None
    becomes: str | None = None
    when: re.Pattern[str] | None = None

    def fits(self, value: str) -> bool:
        """Whether this value is such a trace."""
        if value == (self.becomes or ""):
            return False
        return self.when is None or self.when.search(value) is not None


@dataclass(frozen=True)
class Traces:
    """The table of a family of documents. Names are without prefixes.

    Attributes:
        elements: those that go with all they hold.
        attributes: by element and name; the element "" stands for every one.
        texts: what stands in an element, by the element around it and its own name.
        dropped: attributes whose names begin so go without a word.
    """

    elements: Mapping[str, About | None]
    attributes: Mapping[tuple[str, str], Trace]
    texts: Mapping[tuple[str, str], Trace] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()

    def attribute(self, element: str, name: str, value: str) -> Trace | None:
        """The trace that an attribute is, if it is one."""
        if local(name) not in self.names:
            return None
        trace = self.attributes.get((element, local(name))) or self.attributes.get(
            ("", local(name))
        )
        return trace if trace is not None and trace.fits(value) else None

    @cached_property
    def names(self) -> frozenset[str]:
        """Those of attributes that may be traces: most are not, and a sheet has millions."""
        return frozenset(name for _, name in self.attributes)


def found(data: bytes, traces: Traces) -> Iterator[Hidden]:
    """The traces in a document.

    Raises:
        InspectionFailed, xml.parsers.expat.ExpatError: as `markup.events`.
    """
    path: list[str] = []
    removed = _Removed(traces)
    for event in events(data):
        yield from removed.told(event)
        match event:
            case Opened(name, attributes):
                path.append(local(name))
                yield from _attributes(path[-1], attributes, traces)
            case Closed():
                path.pop()
            case Text(text):
                yield from _text(path, text, traces)


def without(data: bytes, traces: Traces) -> bytes:
    """The document without them, otherwise as it was.

    Raises:
        InspectionFailed, xml.parsers.expat.ExpatError: as `markup.events`.
    """
    if not _may_hold(data, traces):
        check(data)
        return data
    return written(_rewritten(_kept(events(data), traces), traces))


def _may_hold(data: bytes, traces: Traces) -> bool:
    """Whether the names of a trace, or a remark, stand in a document at all: a sheet of a hundred
    thousand rows takes half a second to search, and ten to write again."""
    if not _PLAIN.match(data):
        return True
    # An element's name has one of these before it: "del" alone stands in many a word.
    elements = [(mark + name,) for name in traces.elements for mark in "<:"]
    names = [(name,) for name in (*traces.dropped, "<!--")]
    pairs = [*elements, *names, *traces.attributes, *traces.texts]
    return any(all(name.encode() in data for name in pair) for pair in pairs)


def row(about: About, name: str, value: object) -> Hidden:
    """A piece of hidden data, cut to what a table can show."""
    return Hidden(about, name, plain.line(str(value), VALUE))


class _Removed:
    """Tells each element that goes as one row: the values that stand in it."""

    def __init__(self, traces: Traces) -> None:
        self._traces = traces
        self._inside: list[str] = []
        self._values: list[str] = []

    def told(self, event: Event) -> Iterator[Hidden]:
        match event:
            case Opened(name, attributes) if self._inside or local(name) in self._traces.elements:
                self._inside.append(local(name))
                self._values.extend(
                    value for key, value in attributes.items() if not key.startswith("xmlns")
                )
            case Text(text) if self._inside:
                self._values.append(text)
            case Closed() if self._inside:
                yield from self._closed(self._inside.pop())

    def _closed(self, name: str) -> Iterator[Hidden]:
        about = self._traces.elements.get(name)
        if not self._inside:
            if about is not None:
                yield row(about, name, " ".join(self._values[:VALUE]))
            self._values = []


def _attributes(element: str, attributes: Mapping[str, str], traces: Traces) -> Iterator[Hidden]:
    for name, value in attributes.items():
        trace = traces.attribute(element, name, value)
        if trace is not None and trace.about is not None:
            yield row(trace.about, f"{element} {local(name)}", value)


def _text(path: list[str], text: str, traces: Traces) -> Iterator[Hidden]:
    trace = traces.texts.get((path[-2], path[-1])) if len(path) > 1 else None
    if trace is not None and trace.about is not None and trace.fits(text):
        yield row(trace.about, f"{path[-2]} {path[-1]}", text)


def _kept(stream: Iterable[Event], traces: Traces) -> Iterator[Event]:
    inside = 0
    for event in stream:
        # Not `match`: a sheet has millions of these, and it takes twice the time.
        if isinstance(event, Opened) and (inside or local(event.name) in traces.elements):
            inside += 1
        elif inside and isinstance(event, Closed):
            inside -= 1
        elif not inside:
            yield event


def _rewritten(stream: Iterable[Event], traces: Traces) -> Iterator[Event]:
    path: list[str] = []
    # A text may come in several pieces; what takes its place comes once.
    fresh = True
    for event in stream:
        if isinstance(event, Opened):
            path.append(local(event.name))
            fresh = True
            yield Opened(event.name, _neutral(path[-1], event.attributes, traces))
        elif isinstance(event, Closed):
            path.pop()
            yield event
        else:
            trace = traces.texts.get((path[-2], path[-1])) if len(path) > 1 else None
            yield event if trace is None else Text((trace.becomes or "") if fresh else "")
            fresh = False


def _neutral(element: str, attributes: dict[str, str], traces: Traces) -> dict[str, str]:
    neutral = {}
    for name, value in attributes.items():
        trace = traces.attribute(element, name, value)
        if trace is None:
            if not local(name).startswith(traces.dropped):
                neutral[name] = value
        elif trace.becomes is not None:
            neutral[name] = trace.becomes
    return neutral
