"""PNG files as chunks (W3C PNG, third edition): all but those that draw can be left out."""

import struct
from collections.abc import Iterator

from inspection.findings import About, Hidden

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEAD = struct.Struct(">I4s")
# Length, name and checksum.
_FRAME_BYTES = 12
_DRAWING = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"cICP", b"sBIT",
     b"acTL", b"fcTL", b"fdAT")
)  # fmt: skip
# Shown by those who read them, or telling nothing.
_READ_ELSEWHERE = frozenset((b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"iCCP", b"pHYs", b"bKGD"))


class NotPng(ValueError):
    """The chunks do not follow one another as they must."""


def without_metadata(data: bytes) -> bytes:
    """The chunks that draw, up to the last. Raises NotPng."""
    kept = (content for name, content in _chunks(data) if name in _DRAWING)
    return _SIGNATURE + b"".join(kept)


def hidden(data: bytes) -> Iterator[Hidden]:
    """The time of the last change, unknown chunks, what follows the end. Raises NotPng."""
    length = len(_SIGNATURE)
    for name, content in _chunks(data):
        length += len(content)
        if name == b"tIME" and len(content) == _FRAME_BYTES + 7:
            year, *rest = struct.unpack(">H5B", content[8:15])
            month, day, hour, minute, second = rest
            moment = f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"
            yield Hidden(About.TIME, "tIME", moment)
        elif name not in _DRAWING and name not in _READ_ELSEWHERE:
            yield Hidden(About.OTHER, name.decode("ascii", "replace"), f"{len(content)} B")
    if len(data) > length:
        yield Hidden(About.EMBEDDED, "Appended", f"{len(data) - length} B")


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    name = b""
    while name != b"IEND":
        if at + _FRAME_BYTES > len(data):
            raise NotPng
        length, name = _HEAD.unpack_from(data, at)
        end = at + length + _FRAME_BYTES
        if end > len(data):
            raise NotPng
        yield name, data[at:end]
        at = end
