"""Plain text, and markup shown as the text it is written in: nothing of it is ever interpreted."""

from collections.abc import Iterator

from inspection.findings import Hidden
from inspection.formats import charsets
from inspection.formats.base import Format
from inspection.formats.words import DOCUMENT, Sections, Worded

# Four bytes for a character at most, and one character more to see that there is more.
_ENOUGH = 4 * (DOCUMENT + 1)


class _Text(Worded):
    """Text.

    Args:
        plain: that a reader sees all of it, so that a copy without hidden data is the text itself.
    """

    def __init__(self, *, plain: bool) -> None:
        self._plain = plain

    def hidden(self, _data: bytes) -> Iterator[Hidden]:
        """Nothing that the preview does not show."""
        return iter(())

    def cleaned(self, data: bytes) -> bytes | None:
        """The same; None for markup, which can hold anything anywhere."""
        return data if self._plain else None

    def sections(self, data: bytes) -> Sections:
        """All of it."""
        return ((charsets.text(data[:_ENOUGH]),),)


TEXT: Format = _Text(plain=True)
# HTML, SVG, XML, RTF.
SOURCE: Format = _Text(plain=False)
