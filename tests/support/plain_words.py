"""Finds English in a page of the invented language, where every translated text has accents."""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from tests.support.pseudo_language import CODE

# Capitals alone are a code, as in the number of a case.
_PLAIN = re.compile(r"[A-Za-z]*[a-z][A-Za-z]+")
_READ_ALOUD = ("aria-label", "aria-description", "title", "alt", "placeholder")
# What people wrote, and what is the same in every language.
_NOT_OURS = {"bdi", "code"}


def plain_words(document: Element, names: Iterable[str]) -> list[str]:
    """Each text of a page with English in it, but for names and what people wrote.

    Args:
        names: what is a name, or words of the reference data; never a text of ours.
    """
    known = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    return [text.strip() for text in _texts(document) if _PLAIN.search(known.sub("", text))]


def _texts(element: Element) -> Iterator[str]:
    # The tag of a comment is no text.
    if not isinstance(element.tag, str) or _is_not_ours(element):
        return
    yield element.text or ""
    yield from (element.get(name, "") for name in _READ_ALOUD)
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def _is_not_ours(element: Element) -> bool:
    return (
        element.tag in _NOT_OURS
        or element.get("dir") == "auto"
        or element.get("lang", CODE) != CODE
        or "data-receipt-code" in element.attrib
        or "written" in element.get("class", "").split()
    )
