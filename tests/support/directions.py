"""Whether what people wrote can run the other way than the page: Arabic in a page in Dutch.

Without `dir="auto"` or `<bdi>` a browser lays such a text out as the page runs: full stops and
numbers land at the wrong end, and the text reads as if somebody else had written it.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

# "Invoice 12 (copy)." as somebody writes it who writes from right to left.
ARABIC = "فاتورة 12 (نسخة)."
_LETTER = "ف"
# What the browser shows outside the page, or does not show, has no direction of its own.
_UNSEEN = {"title", "option", "script", "style"}


def bound_to_the_page(document: Element) -> list[str]:
    """Where Arabic letters stand whose direction is the page's: the element and its text."""
    return list(_bound(document, free=False))


def _bound(element: Element, *, free: bool) -> Iterator[str]:
    if element.tag in _UNSEEN or element.get("type") == "hidden":
        return
    free = free or element.tag == "bdi" or element.get("dir") == "auto"
    own = [element.text, *(child.tail for child in element), element.get("value")]
    if not free and any(_LETTER in text for text in own if text):
        yield f"<{element.tag} class={element.get('class')!r}> {element.text}"
    for child in element:
        yield from _bound(child, free=free)
