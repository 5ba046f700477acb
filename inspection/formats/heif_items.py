"""HEIF and HEIC files as items in boxes (ISO 23008-12, ISO 14496-12).

Metadata are items of their own. They are overwritten where they lie, so that no address changes
and no point is unpacked; how the picture is turned is a property beside them and stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass

_FULL_BOX_BYTES = 4
_LARGEST_ITEMS = 10_000
_METADATA_ITEMS = (b"Exif", b"mime", b"uri ")
# What a photograph needs at the top; anything else (a film, a maker's box) is blanked.
_PICTURE_BOXES = (b"ftyp", b"meta", b"mdat", b"free", b"skip")
# An Exif item without entries: four bytes to its start, then an empty directory.
_EMPTY_EXIF = b"\0\0\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"


class NotHeif(ValueError):
    """The boxes do not lie in one another as they must."""


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    begin: int
    content: int
    end: int


def without_metadata(data: bytes) -> bytes | None:
    """The file with its metadata blanked; None for one that is a film too. Raises NotHeif."""
    top = list(_boxes(data, 0, len(data)))
    if any(box.kind == b"moov" for box in top):
        return None
    out = bytearray(data)
    for box in top:
        if box.kind not in _PICTURE_BOXES:
            out[box.begin + 4 : box.begin + 8] = b"free"
            _blank(out, box.content, box.end)
        elif box.kind in (b"free", b"skip"):
            _blank(out, box.content, box.end)
    meta = _only(top, b"meta")
    inner = list(_boxes(data, meta.content + _FULL_BOX_BYTES, meta.end))
    if not _blank_items(data, out, inner):
        return None
    return bytes(out)


def _blank_items(data: bytes, out: bytearray, inner: list[_Box]) -> bool:
    """False if an item lies where we cannot follow."""
    kinds = dict(_item_kinds(data, _only(inner, b"iinf")))
    begin_of_inner_data = next((box.content for box in inner if box.kind == b"idat"), 0)
    for number, method, extents in _item_places(data, _only(inner, b"iloc")):
        if kinds.get(number) not in _METADATA_ITEMS:
            continue
        if method not in (0, 1):
            return False
        start = begin_of_inner_data if method == 1 else 0
        for offset, length in extents:
            begin = start + offset
            if begin + length > len(out):
                raise NotHeif
            _blank(out, begin, begin + length)
            if kinds[number] == b"Exif" and length >= len(_EMPTY_EXIF):
                out[begin : begin + len(_EMPTY_EXIF)] = _EMPTY_EXIF
    return True


def _blank(out: bytearray, begin: int, end: int) -> None:
    out[begin:end] = bytes(end - begin)


def _boxes(data: bytes, at: int, end: int) -> Iterator[_Box]:
    while at + 8 <= end:
        length, content = _number(data, at, 4), at + 8
        if length == 1:
            length, content = _number(data, at + 8, 8), at + 16
        elif length == 0:
            length = end - at
        if length < content - at or at + length > end:
            raise NotHeif
        yield _Box(data[at + 4 : at + 8], at, content, at + length)
        at += length


def _only(boxes: list[_Box], kind: bytes) -> _Box:
    found = [box for box in boxes if box.kind == kind]
    if len(found) != 1:
        raise NotHeif
    return found[0]


def _item_kinds(data: bytes, box: _Box) -> Iterator[tuple[int, bytes]]:
    """Number and type of each item (box iinf)."""
    count_bytes = 2 if data[box.content] == 0 else 4
    begin = box.content + _FULL_BOX_BYTES + count_bytes
    for entry in _boxes(data, begin, box.end):
        number_bytes = 4 if data[entry.content] >= 3 else 2
        at = entry.content + _FULL_BOX_BYTES
        # A number for protection lies between.
        kind_at = at + number_bytes + 2
        yield _number(data, at, number_bytes), data[kind_at : kind_at + 4]


def _item_places(data: bytes, box: _Box) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Number, method and extents of each item (box iloc)."""
    reading = _Numbers(data, box.content, box.end)
    version = reading.take(1)
    reading.take(3)
    sizes = reading.take(2)
    offset_bytes, length_bytes = sizes >> 12, sizes >> 8 & 15
    base_bytes, index_bytes = sizes >> 4 & 15, sizes & 15 if version else 0
    count = reading.take(2 if version < 2 else 4)
    if count > _LARGEST_ITEMS:
        raise NotHeif
    for _ in range(count):
        number = reading.take(2 if version < 2 else 4)
        method = reading.take(2) & 15 if version else 0
        reading.take(2)
        base = reading.take(base_bytes)
        extents = []
        for _ in range(reading.take(2)):
            reading.take(index_bytes)
            offset = base + reading.take(offset_bytes)
            extents.append((offset, reading.take(length_bytes)))
        yield number, method, extents


def _number(data: bytes, at: int, length: int) -> int:
    return int.from_bytes(data[at : at + length], "big")


class _Numbers:
    """Numbers one behind the other, within one box."""

    def __init__(self, data: bytes, at: int, end: int) -> None:
        self._data = data
        self._at = at
        self._end = end

    def take(self, length: int) -> int:
        if self._at + length > self._end:
            raise NotHeif
        self._at += length
        return _number(self._data, self._at - length, length)
