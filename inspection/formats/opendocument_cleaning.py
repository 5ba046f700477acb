"""A copy of an OpenDocument file without people, times and machines."""

from collections.abc import Iterable, Iterator

from inspection.formats import nested, traces
from inspection.formats.markup import Closed, Event, Opened, events, local, written
from inspection.formats.nested import Unclean
from inspection.formats.opendocument_traces import PARTS, SETTINGS, holds_code
from inspection.formats.packages import Package, packed

_TYPE = "mimetype"
_MANIFEST = "META-INF/manifest.xml"
# Small pictures of the first page, toolbars, places of lines, signatures (void by now), links
# between parts in RDF, copies of objects that are drawn anew.
_LEFT_OUT = frozenset({"Thumbnails", "Configurations2", "layout-cache", "META-INF", "manifest.rdf"})
_COPIES = "ObjectReplacements/"
_NO_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta xmlns:office='
    b'"urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"><office:meta/>'
    b"</office:document-meta>"
)
_FONTS = (b"\0\1\0\0", b"OTTO", b"true", b"wOFF", b"ttcf")


def cleaned(data: bytes) -> bytes:
    """A copy without what nobody sees.

    Raises:
        Unclean: it holds programs, foreign objects, a password or something that nobody knows.
        InspectionFailed, zipfile.BadZipFile, xml.parsers.expat.ExpatError, KeyError: it cannot be
            read.
    """
    package = Package(data)
    manifest = list(events(package.read(_MANIFEST)))
    if any(map(holds_code, package.names)) or any(map(_encrypted, manifest)):
        raise Unclean
    kept = [name for name in package.names if _stays(name, package)]
    contents = [(name, _part(name, package.read(name))) for name in kept]
    listed = (_MANIFEST, written(_listing(manifest, frozenset(kept))))
    return packed([(_TYPE, package.read(_TYPE)), *contents, listed], stored=frozenset({_TYPE}))


def _encrypted(event: Event) -> bool:
    return isinstance(event, Opened) and local(event.name) == "encryption-data"


def _stays(name: str, package: Package) -> bool:
    if name == _TYPE or _LEFT_OUT & set(name.split("/")):
        return False
    return not (name.startswith(_COPIES) and not nested.known(package.read(name)))


def _part(name: str, content: bytes) -> bytes:
    last = name.rpartition("/")[2]
    if last == "meta.xml":
        return _NO_PROPERTIES
    if last == "settings.xml":
        return written(_unset(events(content)))
    if last.endswith((".xml", ".rdf")):
        return traces.without(content, PARTS)
    return content if content.startswith(_FONTS) else nested.cleaned(content)


def _unset(stream: Iterable[Event]) -> Iterator[Event]:
    """Settings without those that tell of the machine."""
    inside = 0
    for event in stream:
        match event:
            case Opened(_, attributes) if inside or attributes.get("config:name") in SETTINGS:
                inside += 1
            case Closed() if inside:
                inside -= 1
            case _ if not inside:
                yield event


def _listing(manifest: Iterable[Event], kept: frozenset[str]) -> Iterator[Event]:
    """The manifest with the entries that are still there."""
    inside = 0
    for event in manifest:
        match event:
            case Opened(_, attributes) if inside or not _listed(attributes, kept):
                inside += 1
            case Closed() if inside:
                inside -= 1
            case _ if not inside:
                yield event


def _listed(attributes: dict[str, str], kept: frozenset[str]) -> bool:
    path = attributes.get("manifest:full-path")
    if path is None or path == "/":
        return True
    return path in kept or (path.endswith("/") and any(name.startswith(path) for name in kept))
