"""What a page is made of, words and repetitions apart: by it pages are known for alike."""

import re
from itertools import groupby

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:\s[^<>]*?)?)(/?)>")
_ATTRIBUTE = re.compile(r'\b([a-z-]+)(?:="([^"]*)")?')
# Those that no tag closes (HTML standard, "void elements").
_VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
# Of these the value says what an element is; of the others only whether they are there.
_TELLING = frozenset({"class", "role", "type", "aria-live", "aria-current"})
# These come and go with what somebody answered.
_PASSING = frozenset({"value", "checked", "selected"})
_OUTLINE = re.compile(r"<(h[1-6]|main|nav|header|footer|form)\b")

Trait = tuple[str, ...]


def traits_of(text: str) -> set[Trait]:
    """Each element, told by its attributes, in the one that holds it; and the order of headings
    and landmarks. `text` is a page of ours, which closes what it opens."""
    outline = tuple(tag for tag, _ in groupby(_OUTLINE.findall(text)))
    return {*_places(text), ("outline", *outline)}


def _places(text: str) -> set[Trait]:
    holders = [""]
    found: set[Trait] = set()
    for closing, name, attributes, empty in _TAG.findall(text):
        if closing:
            _close(holders, name)
            continue
        element = _element(name, attributes)
        found.add((holders[-1], element))
        if not empty and name not in _VOID:
            holders.append(element)
    return found


def _close(holders: list[str], name: str) -> None:
    """Leave an element, and those in it whose end the standard lets one leave out."""
    while len(holders) > 1 and holders.pop().partition(" ")[0] != name:
        pass


def _element(name: str, attributes: str) -> str:
    said = {
        f"{key}={value}" if key in _TELLING else key
        for key, value in _ATTRIBUTE.findall(attributes)
        if key not in _PASSING
    }
    return " ".join((name, *sorted(said)))
