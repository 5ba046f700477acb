"""Documents of LibreOffice and others (OpenDocument, ISO 26300): texts, sheets, slides."""

from collections.abc import Iterator

from inspection.findings import About, Hidden
from inspection.formats import nested, opendocument_cleaning, opendocument_words, traces
from inspection.formats.base import Format
from inspection.formats.markup import Opened, Text, events, local
from inspection.formats.nested import Unclean
from inspection.formats.opendocument_traces import PARTS, PROPERTIES, SETTINGS, holds_code
from inspection.formats.packages import Package
from inspection.formats.traces import row
from inspection.formats.words import Sections, Worded

ROWS = 500


class _OpenDocument(Worded):
    """odt, ods, odp."""

    def hidden(self, data: bytes) -> Iterator[Hidden]:
        """Properties, people and times of remarks and changes, printers, thumbnails, programs."""
        package = Package(data)
        # The same author stands at every change.
        seen: dict[tuple[About, str, str], Hidden] = {}
        for name in sorted(package.names, key=lambda name: "meta.xml" not in name):
            for found in _part(name, package):
                seen.setdefault((found.about, found.name, found.value), found)
            if len(seen) >= ROWS:
                break
        return iter(list(seen.values())[:ROWS])

    def cleaned(self, data: bytes) -> bytes | None:
        """A copy without that; None with programs, foreign objects or a password."""
        try:
            return opendocument_cleaning.cleaned(data)
        except Unclean:
            return None

    def sections(self, data: bytes) -> Sections:
        """All text of a document, sheet after sheet, slide after slide."""
        return opendocument_words.sections(data)


OPEN_DOCUMENT: Format = _OpenDocument()


def _part(name: str, package: Package) -> Iterator[Hidden]:
    last = name.rpartition("/")[2]
    if holds_code(name):
        yield row(About.EMBEDDED, "program", name)
    elif name.startswith("Thumbnails/"):
        yield row(About.EMBEDDED, "thumbnail", name)
    elif last == "meta.xml":
        yield from _properties(package.read(name))
    elif last == "settings.xml":
        yield from _settings(package.read(name))
    elif last == "documentsignatures.xml":
        yield row(About.PERSON, "signature", name)
    elif last in ("content.xml", "styles.xml"):
        yield from traces.found(package.read(name), PARTS)
        yield from _remarks(package.read(name))
    elif not last.endswith((".xml", ".rdf")):
        yield from nested.hidden(name, package.read(name))


def _properties(content: bytes) -> Iterator[Hidden]:
    name = given = ""
    for event in events(content):
        match event:
            case Opened(tag, attributes):
                name = local(tag)
                given = attributes.get("meta:name", name)
                if name == "template":
                    yield row(About.OTHER, name, " ".join(attributes.values()))
            case Text(text) if text.strip():
                yield row(PROPERTIES.get(name, About.OTHER), given, text)


def _settings(content: bytes) -> Iterator[Hidden]:
    name = ""
    for event in events(content):
        match event:
            case Opened(_, attributes):
                name = attributes.get("config:name", "")
            case Text(text) if text.strip() and name in SETTINGS:
                yield row(SETTINGS[name], name, text)


def _remarks(content: bytes) -> Iterator[Hidden]:
    path: list[str] = []
    for event in events(content):
        match event:
            case Opened(name, attributes):
                path.append(local(name))
                if attributes.get("table:visibility") == "collapse":
                    yield row(About.TEXT, f"hidden {path[-1]}", "")
            case Text(text) if text.strip() and "p" in path:
                if "annotation" in path:
                    yield row(About.TEXT, "comment", text)
                elif "deletion" in path:
                    yield row(About.TEXT, "deleted text", text)
            case _:
                if not isinstance(event, Text):
                    path.pop()
