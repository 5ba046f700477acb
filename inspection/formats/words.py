"""A document as pages of plain text, with bounds that hold whatever the document says."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator

from inspection.findings import Words

PAGE = 20_000
DOCUMENT = 200_000
PAGES = 500

# What a reader meets one after the other (sheets, slides), each as pieces of text.
Sections = Iterable[Iterable[str]]


class Worded(ABC):
    """The half of a `Format` that shows a document as text."""

    @abstractmethod
    def sections(self, data: bytes) -> Sections:
        """The document's text; each section begins on a page of its own."""

    def pages(self, data: bytes) -> int:
        """How many pages can be shown."""
        return len(paged(self.sections(data)))

    def page(self, data: bytes, number: int) -> Words:
        """One of them, counted from 0."""
        return paged(self.sections(data))[number]


def paged(sections: Sections) -> tuple[Words, ...]:
    """Sections as pages of at most `PAGE` characters; reading stops at `DOCUMENT` in all.

    Returns:
        The pages; the last one is `cut` if the document goes on.
    """
    pages: list[str] = []
    room = DOCUMENT
    for section in sections:
        if len(pages) >= PAGES:
            return _cut(pages)
        text, whole = _within(section, room)
        room -= len(text)
        pages.extend(_chunks(text))
        if not whole:
            return _cut(pages)
    return tuple(Words(page, cut=False) for page in pages)


def _within(pieces: Iterable[str], room: int) -> tuple[str, bool]:
    taken: list[str] = []
    for piece in pieces:
        taken.append(piece[:room])
        if len(piece) > room:
            return "".join(taken), False
        room -= len(piece)
    return "".join(taken), True


def _chunks(text: str) -> Iterator[str]:
    for start in range(0, max(len(text), 1), PAGE):
        yield text[start : start + PAGE]


def _cut(pages: list[str]) -> tuple[Words, ...]:
    *full, last = pages
    return (*(Words(page, cut=False) for page in full), Words(last, cut=True))
