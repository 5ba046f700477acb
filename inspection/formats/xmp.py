"""XMP packets (ISO 16684): a small XML inside photographs, documents and recordings."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from inspection.findings import About, Hidden

_ROWS = 200
_LARGEST = 4 * 1024 * 1024
_VALUE_LETTERS = 500
# A word of the technical name, and what such a field tells; the first that fits.
_WORDS = (
    ("gps", About.PLACE), ("city", About.PLACE), ("country", About.PLACE),
    ("location", About.PLACE), ("latitude", About.PLACE), ("longitude", About.PLACE),
    ("state", About.PLACE), ("date", About.TIME), ("time", About.TIME), ("when", About.TIME),
    ("creatortool", About.SOFTWARE), ("software", About.SOFTWARE), ("producer", About.SOFTWARE),
    ("application", About.SOFTWARE), ("generator", About.SOFTWARE), ("toolkit", About.SOFTWARE),
    ("xmptk", About.SOFTWARE),
    ("version", About.SOFTWARE), ("author", About.PERSON), ("creator", About.PERSON),
    ("artist", About.PERSON), ("person", About.PERSON), ("owner", About.PERSON),
    ("rights", About.PERSON), ("copyright", About.PERSON), ("manager", About.PERSON),
    ("company", About.PERSON), ("publisher", About.PERSON), ("email", About.PERSON),
    ("serial", About.DEVICE), ("make", About.DEVICE), ("model", About.DEVICE),
    ("lens", About.DEVICE), ("camera", About.DEVICE), ("device", About.DEVICE),
    ("title", About.TEXT), ("subject", About.TEXT), ("description", About.TEXT),
    ("comment", About.TEXT), ("keyword", About.TEXT), ("caption", About.TEXT),
    ("headline", About.TEXT),
)  # fmt: skip
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_CONTAINERS = frozenset(_RDF + name for name in ("li", "Alt", "Bag", "Seq", "Description", "RDF"))


def rows(packet: bytes | str) -> Iterator[Hidden]:
    """Every value of a packet, at most 200; what cannot be read as one row that says so."""
    encoded = packet.encode() if isinstance(packet, str) else packet
    encoded = encoded.strip(b"\0 \t\r\n")
    if not encoded:
        return
    try:
        if len(encoded) > _LARGEST:
            raise ValueError
        root = fromstring(encoded)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        yield Hidden(About.OTHER, "XMP", f"{len(encoded)} B")
        return
    for count, (name, value) in enumerate(_values(root)):
        if count >= _ROWS:
            return
        yield Hidden(about(name, About.OTHER), name, value[:_VALUE_LETTERS])


def about(name: str, otherwise: About) -> About:
    """What a field of this technical name tells."""
    lowered = name.lower()
    return next((kind for word, kind in _WORDS if word in lowered), otherwise)


def _values(root: Element) -> Iterator[tuple[str, str]]:
    """Without recursion: a packet may lie as deep as its writer likes."""
    waiting = [(root, "XMP")]
    while waiting:
        element, outer = waiting.pop()
        name = outer if element.tag in _CONTAINERS else _local(element.tag)
        for key, value in element.attrib.items():
            if value.strip() and key != _LANGUAGE and not key.startswith(_RDF):
                yield _local(key), value.strip()
        if element.text and element.text.strip():
            yield name, element.text.strip()
        waiting.extend((child, name) for child in reversed(element))


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
