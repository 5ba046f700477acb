"""MP4, M4A and QuickTime: boxes in boxes (ISO 14496-12). Telephones write place, time and device
into several of them, some of which no tag library knows, so a copy has them emptied in place: what
stands where in the file stays as the sound and film expect it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from struct import unpack_from

from mutagen.mp4 import MP4, MP4StreamInfoError

from inspection.findings import About, Failure, Hidden, InspectionFailed
from inspection.formats import movie_samples, tags
from inspection.formats.traces import row

BOXES = 20_000
DEPTH = 8
_FIRST = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
_PARENTS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"moof", b"traf"})
# What film and sound are played by (ISO 14496-12, 14496-14, QuickTime). Everything else is emptied
# in a copy: user data, tags, and what cameras and telephones put in under names of their own, such
# as the places that a car was at.
_NEEDED = frozenset(
    part
    for level in (
        b"ftyp styp moov mdat moof mfra sidx ssix pdin prft",
        b"mvhd trak mvex tkhd tref trgr edts elst mdia tapt mdhd hdlr elng minf",
        b"vmhd smhd hmhd nmhd sthd gmhd dinf stbl stsd stts stsc stco co64 stsz stz2 ctts cslg",
        b"stss stps stsh sdtp sbgp sgpd csgp subs padb stdp saiz saio senc pssh",
        b"mfhd traf tfhd tfdt trun",
    )
    for part in level.split()
)
# Told in their own way, or empty as a rule.
_TOLD = frozenset({b"udta", b"meta", b"uuid", b"free", b"skip", b"wide", b"pnot", b"PICT"})
_TIMES = frozenset({b"mvhd", b"tkhd", b"mdhd"})
# Tracks that are played: film, sound, subtitles, times for cutting. Others can hold a place for
# every second, within the data that a copy keeps.
_PLAYED = frozenset({b"vide", b"soun", b"subt", b"sbtl", b"text", b"tmcd", b"clcp"})
# Types of handlers that belong to a way of storing, not to a track.
_STORAGE = frozenset({b"url ", b"alis", b"mdir", b"mdta"})
_EPOCH = datetime(1904, 1, 1, tzinfo=UTC)
_FREE = b"free"


@dataclass(frozen=True, slots=True)
class _Box:
    """A box: its place, where its content begins and where it ends."""

    kind: bytes
    start: int
    content: int
    end: int
    parent: bytes


def known(data: bytes) -> bool:
    """Whether it is such a file."""
    return data[4:8] in _FIRST and data[8:12] not in (b"heic", b"avif", b"mif1")


def hidden(data: bytes) -> Iterator[Hidden]:
    """Tags, times, and what telephones write beside them."""
    yield from _tags(data)
    for box in _boxes(data):
        if box.kind in _TIMES:
            yield from _times(data, box)
        elif box.kind == b"udta":
            yield from _user_data(data, box)
        elif box.kind == b"meta" and box.parent == b"moov":
            yield from _keyed(data, box)
        elif box.kind == b"uuid" or box.kind not in _NEEDED | _TOLD:
            yield row(About.OTHER, _text(box.kind), f"{box.end - box.content} bytes")
        elif box.kind == b"hdlr" and _track(data, box) not in _PLAYED | _STORAGE:
            yield row(About.OTHER, "data track", _text(data[box.content + 8 : box.content + 12]))


def cleaned(data: bytes) -> bytes | None:
    """A copy with that emptied; None where a film in fragments has tracks of data, or is packed."""
    boxes = list(_boxes(data))
    # Everything about the film, packed: it cannot be emptied in place.
    if any(box.kind == b"cmov" for box in boxes):
        return None
    unplayed = [box for box in boxes if box.kind == b"trak" and not _is_played(data, box, boxes)]
    if unplayed and any(box.kind == b"moof" for box in boxes):
        return None
    copy = bytearray(data)
    for box in unplayed:
        tables = {part.kind: data[part.content : part.end] for part in _within(box, boxes)}
        for start, size in movie_samples.places(tables):
            _blank(copy, start, min(start + size, len(copy)))
    for box in boxes:
        _neutralise(copy, box)
    for box in unplayed:
        _free(copy, box)
    _blank_behind(copy, max((box.end for box in boxes if not box.parent), default=0))
    return bytes(copy)


def _blank_behind(copy: bytearray, end: int) -> None:
    """What hangs on behind the last box; a film that was cut off while it was sent is none."""
    if copy[end + 4 : end + 8] != b"mdat":
        _blank(copy, end, len(copy))


def _neutralise(copy: bytearray, box: _Box) -> None:
    if box.kind == b"hdlr":
        # Behind the handler's type and three reserved numbers: its name.
        _blank(copy, box.content + 24, box.end)
    elif box.kind not in _NEEDED:
        _free(copy, box)
    elif box.kind in _TIMES:
        start, size = _time_fields(copy, box)
        _blank(copy, start, start + 2 * size)


def _free(copy: bytearray, box: _Box) -> None:
    copy[box.start + 4 : box.start + 8] = _FREE
    _blank(copy, box.content, box.end)


def _is_played(data: bytes, track: _Box, boxes: Iterable[_Box]) -> bool:
    handlers = [box for box in _within(track, boxes) if box.kind == b"hdlr"]
    return all(_track(data, box) in _PLAYED | _STORAGE for box in handlers)


def _within(outer: _Box, boxes: Iterable[_Box]) -> Iterator[_Box]:
    return (box for box in boxes if outer.content <= box.start and box.end <= outer.end)


def _blank(copy: bytearray, start: int, end: int) -> None:
    if end > start:
        copy[start:end] = bytes(end - start)


def _boxes(data: bytes) -> Iterator[_Box]:
    """Every box that stands in one of `_PARENTS` or by itself, outer before inner."""
    waiting = [(0, len(data), b"", 0)]
    count = 0
    while waiting:
        start, end, parent, depth = waiting.pop()
        for box in _row(data, start, end, parent):
            count += 1
            if count > BOXES or depth > DEPTH:
                raise InspectionFailed(Failure.BROKEN)
            yield box
            if box.kind in _PARENTS:
                waiting.append((box.content, box.end, box.kind, depth + 1))


def _row(data: bytes, start: int, end: int, parent: bytes) -> Iterator[_Box]:
    """The boxes one after the other from here to there."""
    while start + 8 <= end:
        (size,) = unpack_from(">I", data, start)
        content = start + 8
        if size == 1 and start + 16 <= end:
            (size,) = unpack_from(">Q", data, content)
            content += 8
        stop = end if size == 0 else start + size
        # Four zeros end a list in QuickTime.
        if stop > end or stop < content:
            return
        yield _Box(data[start + 4 : start + 8], start, content, stop, parent)
        start = stop


def _track(data: bytes, box: _Box) -> bytes:
    return data[box.content + 8 : box.content + 12]


def _tags(data: bytes) -> Iterator[Hidden]:
    try:
        yield from tags.mp4(MP4(BytesIO(data)).tags)
    except MP4StreamInfoError:
        return


def _time_fields(data: bytes | bytearray, box: _Box) -> tuple[int, int]:
    """Where creation and modification stand, and how many bytes each has."""
    return box.content + 4, 8 if data[box.content : box.content + 1] == b"\1" else 4


def _times(data: bytes, box: _Box) -> Iterator[Hidden]:
    start, size = _time_fields(data, box)
    seconds = int.from_bytes(data[start : start + size], "big")
    if 0 < seconds < 2**33:
        moment = _EPOCH + timedelta(seconds=seconds)
        yield row(About.TIME, f"{_text(box.kind)} created", moment.isoformat())


def _user_data(data: bytes, box: _Box) -> Iterator[Hidden]:
    """QuickTime's own texts: a length and a language before each."""
    for item in _row(data, box.content, box.end, box.kind):
        if item.kind[:1] == b"\xa9":
            yield tags.tag(item.kind.decode("latin-1"), _text(data[item.content + 4 : item.end]))
        elif item.kind not in (b"meta", b"\0\0\0\0"):
            yield row(About.OTHER, _text(item.kind), f"{item.end - item.content} bytes")


def _keyed(data: bytes, box: _Box) -> Iterator[Hidden]:
    """Apple's list of names ("com.apple.quicktime.location.ISO6709") and its list of values."""
    # As ISO 14496-12 has it there are a version and flags first; as QuickTime has it, not.
    start = box.content + (4 if data[box.content : box.content + 4] == bytes(4) else 0)
    inside = {item.kind: item for item in _row(data, start, box.end, box.kind)}
    if b"keys" not in inside or b"ilst" not in inside:
        return
    keys, values = inside[b"keys"], inside[b"ilst"]
    names = [
        _text(data[key.content : key.end])
        for key in _row(data, keys.content + 8, keys.end, keys.kind)
    ]
    for item in _row(data, values.content, values.end, values.kind):
        number = int.from_bytes(item.kind, "big")
        if 0 < number <= len(names):
            # A box "data" with type and language before the value.
            yield tags.tag(names[number - 1], _text(data[item.content + 16 : item.end]))


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace").replace("\0", " ").strip()
