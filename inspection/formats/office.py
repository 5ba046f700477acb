"""Word, Excel and PowerPoint files since 2007, of whatever program writes them."""

from collections.abc import Iterator

from inspection.findings import About, Hidden
from inspection.formats import nested, office_cleaning, office_words, traces
from inspection.formats.base import Format
from inspection.formats.markup import Opened, Text, events, local
from inspection.formats.nested import Unclean
from inspection.formats.office_traces import LEFT_OUT, PARTS, PROPERTIES
from inspection.formats.open_packaging import ROOT, Types, links, target
from inspection.formats.packages import Package
from inspection.formats.traces import row
from inspection.formats.words import Sections, Worded

ROWS = 500
# Hold cells and looks, and none of the traces.
_LARGE = ("worksheet+xml", "sharedstrings+xml", "theme+xml", "relationships+xml")
_CODE = ("vbaproject", "activex", "oleobject")


class _Office(Worded):
    """docx, xlsx, pptx."""

    def hidden(self, data: bytes) -> Iterator[Hidden]:
        """Properties, people, times, links to elsewhere, what is hidden, embedded or a program."""
        package = Package(data)
        # The same author stands at every change.
        seen: dict[tuple[About, str, str], Hidden] = {}
        for found in _found(package, Types(package)):
            seen.setdefault((found.about, found.name, found.value), found)
            if len(seen) >= ROWS:
                break
        return iter(seen.values())

    def cleaned(self, data: bytes) -> bytes | None:
        """A copy with neutral properties and authors; None with programs or foreign objects."""
        try:
            return office_cleaning.cleaned(data)
        except Unclean:
            return None

    def sections(self, data: bytes) -> Sections:
        """All text of a document, sheet after sheet, slide after slide."""
        return office_words.sections(data)


OFFICE: Format = _Office()


def _found(package: Package, types: Types) -> Iterator[Hidden]:
    yield from _links(package, ROOT)
    # Properties first: a table is read from its beginning.
    for name in sorted(package.names, key=lambda name: "properties" not in types.of(name)):
        yield from _part(name, types.of(name).lower(), package)
        yield from _links(package, name)


def _part(name: str, kind: str, package: Package) -> Iterator[Hidden]:
    if kind.endswith("properties+xml") and "customxml" not in kind:
        yield from _properties(package.read(name), custom="custom" in kind)
    elif any(code in kind for code in _CODE):
        yield row(About.EMBEDDED, "program or object", name)
    elif kind.endswith(_LARGE):
        return
    elif kind.endswith(("xml", "vmldrawing")) and not kind.startswith("image/"):
        yield from traces.found(package.read(name), PARTS)
        yield from _unseen(package.read(name), kind)
    elif "officedocument" in kind and not kind.endswith(("printersettings", "obfuscatedfont")):
        yield row(About.EMBEDDED, "embedded file", name)
    else:
        yield from nested.hidden(name, package.read(name))


def _properties(content: bytes, *, custom: bool) -> Iterator[Hidden]:
    """Each property as a row; one that an office adds itself under the name it gave."""
    name = given = ""
    for event in events(content):
        match event:
            case Opened(tag, attributes):
                name = local(tag)
                given = attributes.get("name", given)
            case Text(text) if text.strip() and custom:
                yield row(About.OTHER, given, text)
            case Text(text) if text.strip() and name in PROPERTIES:
                yield row(PROPERTIES[name], name, text)


def _links(package: Package, part: str) -> Iterator[Hidden]:
    for link in links(package, part):
        about = LEFT_OUT.get(link.kind)
        if link.outside and link.kind != "hyperlink":
            yield row(About.OTHER, f"link to {link.kind}", link.target)
        elif link.outside and link.target.lower().startswith(("file:", "\\\\")):
            yield row(About.OTHER, "hyperlink", link.target)
        elif about is not None:
            yield row(about, link.kind, target(part, link))


def _unseen(content: bytes, kind: str) -> Iterator[Hidden]:
    """What a reader is not shown: comments, what was deleted, hidden sheets and slides, notes."""
    comments = "comments" in kind or "notesslide" in kind
    path: list[str] = []
    for event in events(content):
        match event:
            case Opened(name, attributes):
                path.append(local(name))
                yield from _hidden_sheet(path, attributes)
            case Text(text) if text.strip():
                if path[-1] == "delText":
                    yield row(About.TEXT, "deleted text", text)
                elif comments and path[-1] in ("t", "text"):
                    yield row(About.TEXT, "note" if "notes" in kind else "comment", text)
            case _:
                if not isinstance(event, Text):
                    path.pop()


def _hidden_sheet(path: list[str], attributes: dict[str, str]) -> Iterator[Hidden]:
    if path[-1] == "sheet" and attributes.get("state", "visible") != "visible":
        yield row(About.TEXT, "hidden sheet", attributes.get("name", ""))
    elif path == ["sld"] and attributes.get("show") in ("0", "false"):
        yield row(About.TEXT, "hidden slide", "")
