"""Which characters of a typed text are kept."""

import re

# A word processor separates lines and pages with these.
_LINE_BREAKS = str.maketrans({"\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
# Controls but tab and line feed (category Cc), halves of pairs (Cs), and the non-characters: two
# blocks' worth in the middle, and the last two of each plane. One pattern, because a body at the
# limit holds millions of characters and a loop over them takes a second and tens of megabytes.
_LAST_TWO = "".join(
    f"{chr(plane | 0xFFFE)}-{chr(plane | 0xFFFF)}" for plane in range(0, 17 << 16, 1 << 16)
)
_UNREADABLE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_LAST_TWO}]")


def normalise_lines(text: str) -> str:
    """One line feed per line end, and no blanks around the text."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_BREAKS).strip()


def without_unreadable(text: str) -> str:
    """The text without characters that no page can show: controls, halves, non-characters."""
    return _UNREADABLE.sub("", text)
