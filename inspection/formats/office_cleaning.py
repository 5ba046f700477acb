"""A copy of an Office file: the parts that its relationships reach, each without traces."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from posixpath import dirname, relpath

from inspection.formats import nested, open_packaging, traces
from inspection.formats.nested import Unclean
from inspection.formats.office_traces import LEFT_OUT, PARTS
from inspection.formats.open_packaging import ROOT, TYPES, Link, Types, links_name
from inspection.formats.packages import Package, packed

# A document in a document in a document; more is a riddle, not a file.
DEPTH = 3
# A link of these tells where it leads and nothing of the machine it was made on.
_PUBLIC = re.compile(r"(https?|mailto|tel):|#", re.I)
_REMOVED = "removed"
_CODE = ("macroenabled", "vbaproject", "activex", "oleobject")
_EMPTY = {
    "core-properties+xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp='
        b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
    ),
    "extended-properties+xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
        b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
    ),
}
_FONTS = ("application/x-fontdata", "obfuscatedfont")


def cleaned(data: bytes, depth: int = DEPTH) -> bytes:
    """A copy without people, times, machines and what no relationship reaches.

    Args:
        data: the Office file.
        depth: how many documents within documents are cleaned.

    Raises:
        Unclean: it holds programs, foreign objects or something that nobody knows.
        InspectionFailed, zipfile.BadZipFile, xml.parsers.expat.ExpatError: it cannot be read.
    """
    package = Package(data)
    types = Types(package)
    if depth == 0 or any(code in kind.lower() for kind in types.all() for code in _CODE):
        raise Unclean
    parts = _reached(package)
    kinds = {part: types.of(part) for part in parts}
    contents = [(part, _part(kinds[part], package.read(part), depth)) for part in parts]
    relations = [
        (links_name(part), open_packaging.written_links(kept))
        for part, kept in ((ROOT, _kept(package, ROOT)), *parts.items())
        if kept
    ]
    return packed([(TYPES, open_packaging.written_types(kinds)), *relations, *contents])


def _reached(package: Package) -> dict[str, tuple[Link, ...]]:
    """Every part that the document needs, with its relationships, from the package downwards."""
    parts: dict[str, tuple[Link, ...]] = {}
    waiting = list(_targets(ROOT, _kept(package, ROOT)))
    while waiting:
        part = waiting.pop(0)
        if part not in parts and part in package:
            parts[part] = _kept(package, part)
            waiting += _targets(part, parts[part])
    return parts


def _kept(package: Package, part: str) -> tuple[Link, ...]:
    return tuple(
        _neutral(part, link) for link in open_packaging.links(package, part) if _stays(link)
    )


def _stays(link: Link) -> bool:
    return link.kind not in LEFT_OUT


def _neutral(part: str, link: Link) -> Link:
    """Paths of the author's machine, and pictures that tell a server of being looked at, lead
    nowhere in a copy."""
    if not link.outside:
        return replace(link, target=_relative(part, link))
    public = link.kind == "hyperlink" and _PUBLIC.match(link.target)
    return link if public else replace(link, target=_REMOVED)


def _relative(part: str, link: Link) -> str:
    path, hash_, place = link.target.partition("#")
    if not path:
        return link.target
    name = open_packaging.target(part, link)
    return relpath("/" + name, "/" + dirname(part)) + hash_ + place


def _targets(part: str, kept: Iterable[Link]) -> Iterator[str]:
    return (open_packaging.target(part, link) for link in kept if not link.outside)


def _part(kind: str, content: bytes, depth: int) -> bytes:
    lower = kind.lower()
    for ending, empty in _EMPTY.items():
        if lower.endswith(ending):
            return empty
    if lower.endswith(("xml", "vmldrawing")) and not lower.startswith("image/"):
        return traces.without(content, PARTS)
    if any(font in lower for font in _FONTS):
        return content
    if "officedocument" in lower:
        return cleaned(content, depth - 1)
    return nested.cleaned(content)
