"""Plain text, and markup shown as the text it is written in: nothing of it is ever interpreted."""

import re
from collections.abc import Iterator

from inspection.findings import Hidden
from inspection.formats import charsets
from inspection.formats.base import Format
from inspection.formats.words import DOCUMENT, Sections, Worded

# Four bytes for a character at most, and one character more to see that there is more.
_ENOUGH = 4 * (DOCUMENT + 1)
# What a text can hold and nobody sees: control characters, and letters without width, with which
# copies are marked. Those that scripts and pictures in letters need are left out.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u061c\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e01ef]"
)


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
        """The same; None for markup, which can hold anything anywhere, and for what has in it
        what no reader sees."""
        if not self._plain or _UNSEEN.search(charsets.text(data).removeprefix("\ufeff")):
            return None
        return data

    def sections(self, data: bytes) -> Sections:
        """All of it."""
        return ((charsets.text(data[:_ENOUGH]),),)


TEXT: Format = _Text(plain=True)
# HTML, SVG, XML, RTF.
SOURCE: Format = _Text(plain=False)
