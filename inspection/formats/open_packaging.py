"""The parts of an Office file and how they hang together (ECMA-376, part 2): what each part is,
and which part leads to which. Office shows what relationships reach, and nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename, dirname, join, normpath

from inspection.formats.markup import Closed, Event, Opened, events, local, written
from inspection.formats.packages import Package

TYPES = "[Content_Types].xml"
# The package itself, which leads to the document.
ROOT = ""
_TYPES_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship.

    Attributes:
        name: by which the part's XML calls it.
        kind: the last step of its type, such as "hyperlink"; types differ between editions of the
            standard, and their last steps do not.
        type: the whole.
        target: as it is written.
        outside: it leads out of the file.
    """

    name: str
    kind: str
    type: str
    target: str
    outside: bool


class Types:
    """What each part is.

    Args:
        package: the Office file.

    Raises:
        KeyError: it says nothing of its parts.
    """

    def __init__(self, package: Package) -> None:
        self._named: dict[str, str] = {}
        self._endings: dict[str, str] = {}
        for event in events(package.read(TYPES)):
            match event:
                case Opened(name, {"PartName": part, "ContentType": kind}) if "Override" in name:
                    self._named[part.lstrip("/").lower()] = kind
                case Opened(name, {"Extension": ending, "ContentType": kind}) if "Default" in name:
                    self._endings[ending.lower()] = kind

    def of(self, part: str) -> str:
        """The media type of a part, "" where it has none."""
        ending = part.rpartition(".")[2].lower()
        return self._named.get(part.lower()) or self._endings.get(ending, "")

    def all(self) -> Iterable[str]:
        """Every media type that is named."""
        return (*self._named.values(), *self._endings.values())


def links_name(part: str) -> str:
    """The name of the part that holds a part's relationships."""
    return join(dirname(part), "_rels", basename(part) + ".rels")


def links(package: Package, part: str) -> tuple[Link, ...]:
    """The relationships of a part, or of `ROOT`."""
    name = links_name(part)
    if name not in package:
        return ()
    return tuple(
        _link(event.attributes)
        for event in events(package.read(name))
        if isinstance(event, Opened) and local(event.name) == "Relationship"
    )


def _link(attributes: Mapping[str, str]) -> Link:
    kind = attributes.get("Type", "")
    return Link(
        name=attributes.get("Id", ""),
        kind=kind.rpartition("/")[2],
        type=kind,
        target=attributes.get("Target", ""),
        outside=attributes.get("TargetMode") == "External",
    )


def target(part: str, link: Link) -> str:
    """The name of the part that a relationship within the file leads to."""
    path = link.target.partition("#")[0]
    return normpath(join("/", dirname(part), path)).lstrip("/")


def written_links(kept: Iterable[Link]) -> bytes:
    """The part that holds these relationships."""
    return written(_element("Relationships", _LINKS_NAMESPACE, map(_attributes, kept)))


def written_types(kept: Mapping[str, str]) -> bytes:
    """What each of these parts is, by name."""
    rows = [{"Extension": "rels", "ContentType": _RELATIONSHIPS}]
    rows += [{"PartName": f"/{part}", "ContentType": kind} for part, kind in kept.items()]
    return written(_element("Types", _TYPES_NAMESPACE, rows))


_RELATIONSHIPS = "application/vnd.openxmlformats-package.relationships+xml"
_CHILD = {"Relationships": "Relationship", "Types": "Override"}


def _attributes(link: Link) -> dict[str, str]:
    attributes = {"Id": link.name, "Type": link.type, "Target": link.target}
    return attributes | ({"TargetMode": "External"} if link.outside else {})


def _element(name: str, namespace: str, rows: Iterable[dict[str, str]]) -> Iterator[Event]:
    yield Opened(name, {"xmlns": namespace})
    for row in rows:
        child = "Default" if "Extension" in row else _CHILD[name]
        yield Opened(child, row)
        yield Closed(child)
    yield Closed(name)
