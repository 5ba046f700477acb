"""Bytes as text, whatever program wrote them."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # Before UTF-16, whose mark begins in the same way.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The mail library's own, which is no alias of any other; the locked process loads nothing late.
codecs.lookup("raw_unicode_escape")


def text(data: bytes) -> str:
    """Text as it marks itself, else as UTF-8, else as UTF-16 if every second byte is empty as in
    western text, else as the western character set that takes every byte."""
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return data.decode(charset, "replace")
    try:
        # Not final: the caller may have cut in the middle of a character.
        return codecs.getincrementaldecoder(_guess(data[:4096]))().decode(data)
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _guess(start: bytes) -> str:
    if start and start[1::2].count(0) > len(start) // 4:
        return "utf-16-le"
    if start and start[::2].count(0) > len(start) // 4:
        return "utf-16-be"
    return "utf-8"
