"""Text out of strangers' files, made harmless to show."""

import re

# Order of writing turned round, invisible letters and tags: what is read is not what is there.
_HIDING = (
    "\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_CONTROL = r"\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNWANTED = re.compile(f"[{_CONTROL}{_HIDING}]")
_SPACES = re.compile(r"\s+")


def lines(text: str) -> str:
    """Text of several lines without control and direction characters; newline and tab stay."""
    return _UNWANTED.sub("", _LINE_END.sub("\n", text))


def line(text: str, limit: int) -> str:
    """The same on one line, at most `limit` characters."""
    # Cut first as well: a metadata field may be as long as its file.
    return _SPACES.sub(" ", lines(text[: limit * 8])).strip()[:limit]
