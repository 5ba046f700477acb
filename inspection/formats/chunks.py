"""Sound in chunks: WAV (RIFF, small end first) and AIFF (big end first)."""

from collections.abc import Iterator
from struct import pack, unpack_from

from inspection.findings import About, Failure, Hidden, InspectionFailed
from inspection.formats import tags
from inspection.formats.traces import row

# What is needed to play it.
_SOUND = frozenset({b"fmt ", b"fact", b"data", b"COMM", b"SSND", b"FVER"})
_HEADER = 8
_FORM = 12
CHUNKS = 10_000
# EBU Tech 3285: description, originator, its reference, date and time of a broadcast recording.
_BROADCAST = (
    ("description", 0, 256),
    ("originator", 256, 288),
    ("originator reference", 288, 320),
    ("date", 320, 330),
    ("time", 330, 338),
)
# In LIST chunks, names of people and machines begin like this.
_INFO = {
    b"IART": About.PERSON,
    b"IENG": About.PERSON,
    b"ITCH": About.PERSON,
    b"ICRD": About.TIME,
    b"ISFT": About.SOFTWARE,
    b"ISRC": About.DEVICE,
    b"ICMT": About.TEXT,
    b"INAM": About.TEXT,
}
_ID3 = frozenset({b"id3 ", b"ID3 "})


def hidden(data: bytes) -> Iterator[Hidden]:
    """What stands beside the sound, without ID3 tags."""
    for name, content in _chunks(data[_FORM:], _order(data)):
        if name in _SOUND or name in _ID3:
            continue
        if name == b"LIST" and content[:4] == b"INFO":
            for key, value in _chunks(content[4:], _order(data)):
                yield row(_INFO.get(key, About.OTHER), _text(key), _text(value))
        elif name == b"bext":
            for part, start, end in _BROADCAST:
                if text := _text(content[start:end]):
                    yield row(tags.about(part), part, text)
        else:
            yield row(_OTHERS.get(name, About.OTHER), _text(name), _text(content[:2000]))


_OTHERS = {b"AUTH": About.PERSON, b"NAME": About.TEXT, b"ANNO": About.TEXT, b"(c) ": About.PERSON}


def sound_only(data: bytes) -> bytes:
    """A copy with the chunks that are needed to play it."""
    order = _order(data)
    kept = b"".join(
        name + pack(f"{order}I", len(content)) + content + bytes(len(content) % 2)
        for name, content in _chunks(data[_FORM:], order)
        if name in _SOUND
    )
    return data[:4] + pack(f"{order}I", len(kept) + 4) + data[8:_FORM] + kept


def _order(data: bytes) -> str:
    return "<" if data[:4] == b"RIFF" else ">"


def _chunks(data: bytes, order: str) -> Iterator[tuple[bytes, bytes]]:
    position = count = 0
    while position + _HEADER <= len(data):
        count += 1
        if count > CHUNKS:
            raise InspectionFailed(Failure.BROKEN)
        name = data[position : position + 4]
        (length,) = unpack_from(f"{order}I", data, position + 4)
        start = position + _HEADER
        yield name, data[start : start + length]
        # Chunks begin at even places.
        position = start + length + length % 2


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace").replace("\0", " ").strip()
