"""WebP files as chunks (RFC 9649): all but those that draw can be left out."""

import struct
from collections.abc import Iterator

from inspection.findings import About, Hidden

_HEAD = struct.Struct("<4sI")
_OUTER_BYTES = 12
_DRAWING = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"))
_READ_ELSEWHERE = frozenset((b"EXIF", b"XMP ", b"ICCP"))
# In the first byte of VP8X: profile, EXIF and XMP follow.
_METADATA_FLAGS = 0x20 | 0x08 | 0x04


class NotWebp(ValueError):
    """The chunks do not follow one another as they must."""


def without_metadata(data: bytes) -> bytes:
    """The chunks that draw. Raises NotWebp."""
    body = bytearray(b"WEBP")
    for name, content in _chunks(data):
        if name == b"VP8X":
            flags = content[8] & ~_METADATA_FLAGS
            body += content[:8] + bytes((flags,)) + content[9:]
        elif name in _DRAWING:
            body += content
    return b"RIFF" + len(body).to_bytes(4, "little") + bytes(body)


def hidden(data: bytes) -> Iterator[Hidden]:
    """Unknown chunks. Raises NotWebp."""
    for name, content in _chunks(data):
        if name not in _DRAWING and name not in _READ_ELSEWHERE:
            yield Hidden(About.OTHER, name.decode("ascii", "replace"), f"{len(content)} B")


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and bytes of each, padded to an even length."""
    at = _OUTER_BYTES
    end_of_all = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while at < end_of_all:
        if at + _HEAD.size > end_of_all:
            raise NotWebp
        name, length = _HEAD.unpack_from(data, at)
        end = at + _HEAD.size + length + length % 2
        if at + _HEAD.size + length > end_of_all or (name == b"VP8X" and length < 10):
            raise NotWebp
        yield name, data[at:end].ljust(end - at, b"\0")
        at = end
