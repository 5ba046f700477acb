"""GIF files as blocks (GIF89a): all but those that draw can be left out."""

from collections.abc import Iterator

_TRAILER, _EXTENSION, _IMAGE = 0x3B, 0x21, 0x2C
_COMMENT, _PLAIN_TEXT, _APPLICATION = 0xFE, 0x01, 0xFF
# How often the frames are repeated.
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_HAS_COLOURS, _COLOUR_BITS = 0x80, 0x07
_SCREEN_BYTES = 13
_IMAGE_BYTES = 10


class NotGif(ValueError):
    """The blocks do not follow one another as they must."""


def without_metadata(data: bytes) -> bytes:
    """The blocks that draw, up to the last. Raises NotGif."""
    begin = _SCREEN_BYTES + _colours(data, 10)
    return data[:begin] + b"".join(_drawing(data, begin)) + bytes((_TRAILER,))


def _drawing(data: bytes, at: int) -> Iterator[bytes]:
    while (kind := _byte(data, at)) != _TRAILER:
        if kind == _EXTENSION:
            end = _end_of_parts(data, at + 2)
            if _draws(data, at):
                yield data[at:end]
        elif kind == _IMAGE:
            # One byte between the colours and the points: the size of the first codes.
            end = _end_of_parts(data, at + _IMAGE_BYTES + _colours(data, at + 9) + 1)
            yield data[at:end]
        else:
            raise NotGif
        at = end


def _draws(data: bytes, at: int) -> bool:
    label = _byte(data, at + 1)
    if label == _APPLICATION:
        return data[at + 3 : at + 14] in _LOOPS
    return label not in (_COMMENT, _PLAIN_TEXT)


def _colours(data: bytes, flags_at: int) -> int:
    """Bytes of the table of colours that the flags there announce."""
    flags = _byte(data, flags_at)
    return 3 << ((flags & _COLOUR_BITS) + 1) if flags & _HAS_COLOURS else 0


def _end_of_parts(data: bytes, at: int) -> int:
    """Behind the empty part that ends a row of them."""
    while length := _byte(data, at):
        at += length + 1
    return at + 1


def _byte(data: bytes, at: int) -> int:
    if at >= len(data):
        raise NotGif
    return data[at]
