"""JPEG files as segments (ITU-T T.81 annex B): all but the picture's own can be left out.

Nothing is unpacked, so no point changes.
"""

from collections.abc import Iterator

from PIL import Image, JpegImagePlugin

from inspection.findings import About, Hidden

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_JFIF, _ADOBE = 0xE0, 0xEE
_APPLICATION = range(0xE0, 0xF0)
_UNKNOWN = frozenset(_APPLICATION) - {_ADOBE}
_COMMENT = 0xFE
# What a picture is made of: tables, frames, scans. Everything else goes, and so does a segment
# that no program knows.
_PICTURE = frozenset((*range(0xC0, 0xC8), *range(0xC9, 0xD0), 0xDA, 0xDB, 0xDD))
# The number of lines, behind the first scan, in four bytes.
_LINES, _LINES_SIZE = 0xDC, 6
# Segments without content.
_BARE = frozenset((0x01, *range(0xD0, 0xD8)))
# Identifiers of segments that others show in their own way.
_READ_ELSEWHERE = (b"Exif\0", b"http://ns.adobe.com/", b"ICC_PROFILE", b"Photoshop 3.0", b"JFIF\0")
_DEFAULT_SAMPLING = 2


class NotJpeg(ValueError):
    """The segments do not follow one another as they must."""


def without_metadata(data: bytes) -> bytes:
    """The segments of the picture only, up to its end. Raises NotJpeg."""
    out = bytearray(b"\xff\xd8")
    for marker, content, _ in segments(data):
        if marker == _JFIF and content[4:9] == b"JFIF\0":
            # Version and density; the small picture behind them goes.
            out += b"\xff\xe0\x00\x10" + content[4:16].ljust(12, b"\0") + b"\0\0"
        elif marker == _ADOBE and content[4:9] == b"Adobe":
            # Says how the colours are kept.
            out += b"\xff\xee\x00\x0e" + content[4:16]
        elif _belongs(marker, content):
            out += content
    return bytes(out)


def _belongs(marker: int, content: bytes) -> bool:
    if marker == _LINES:
        return len(content) == _LINES_SIZE
    return marker in _PICTURE or marker in _BARE or marker == _END


def hidden(data: bytes) -> Iterator[Hidden]:
    """Comments, makers' segments, what follows the picture's end. Raises NotJpeg."""
    end = 0
    for marker, content, behind in segments(data):
        end = behind
        if marker == _COMMENT:
            yield Hidden(About.TEXT, "Comment", content[4:2048].decode("utf-8", "replace"))
        elif marker in _UNKNOWN and not content[4:].startswith(_READ_ELSEWHERE):
            name = content[4:20].split(b"\0")[0].decode("ascii", "replace")
            yield Hidden(About.OTHER, f"APP{marker - 0xE0}", f"{name} ({len(content)} B)")
        elif marker not in _APPLICATION and not _belongs(marker, content):
            yield Hidden(About.OTHER, f"FF{marker:02X}", f"{len(content)} B")
    if end < len(data):
        yield Hidden(About.EMBEDDED, "Appended", f"{len(data) - end} B")


def sampling(picture: Image.Image) -> int:
    """How coarsely its colours are kept, as Pillow counts it when it writes."""
    known = JpegImagePlugin.get_sampling(picture)
    return known if known >= 0 else _DEFAULT_SAMPLING


def segments(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Each segment after the start: its marker, its bytes from the marker on (of a scan with the
    packed points behind it), and where it ends. The last is the end marker. Raises NotJpeg."""
    if data[:2] != b"\xff\xd8":
        raise NotJpeg
    at = 2
    while True:
        if data[at : at + 1] != b"\xff":
            raise NotJpeg
        while data[at : at + 1] == b"\xff":
            at += 1
        if at >= len(data):
            raise NotJpeg
        begin, marker = at, data[at]
        at = _end_of(data, marker, at + 1)
        yield marker, b"\xff" + data[begin:at], at
        if marker == _END:
            return


def _end_of(data: bytes, marker: int, at: int) -> int:
    if marker == _END or marker in _BARE:
        return at
    length = int.from_bytes(data[at : at + 2], "big")
    at += length
    if length < 2 or at > len(data):
        raise NotJpeg
    return _end_of_points(data, at) if marker == _SCAN else at


def _end_of_points(data: bytes, at: int) -> int:
    """The next marker that is neither a stuffed byte nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise NotJpeg
        if data[at + 1] != 0 and data[at + 1] not in _BARE and data[at + 1] != 0xFF:
            return at
        at += 1 if data[at + 1] == 0xFF else 2
