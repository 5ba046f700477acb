"""Which characters of a typed text are kept."""

import unicodedata

# A word processor separates lines and pages with these.
_LINE_BREAKS = str.maketrans({"\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})


def normalise_lines(text: str) -> str:
    """One line feed per line end, and no blanks around the text."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_BREAKS).strip()


def without_unreadable(text: str) -> str:
    """The text without characters that no page can show: controls, halves, non-characters."""
    return "".join(character for character in text if not _unreadable(character))


def _unreadable(character: str) -> bool:
    if character in "\n\t":
        return False
    point = ord(character)
    non_character = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
    return non_character or unicodedata.category(character) in {"Cc", "Cs"}
