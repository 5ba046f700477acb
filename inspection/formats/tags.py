"""Tags of recordings, as mutagen reads them, told as hidden data."""

from collections.abc import Iterator

from mutagen._vorbis import VComment
from mutagen.apev2 import APEv2
from mutagen.id3 import ID3
from mutagen.mp4 import MP4Tags

from inspection.findings import About, Hidden
from inspection.formats.traces import row

# Parts of the names that the schemes of tags use, in small letters.
_ABOUT = (
    (About.PLACE, ("location", "gps", "xyz", "place", "city", "country")),
    (
        About.PERSON,
        ("artist", "author", "composer", "performer", "owner", "copyright", "publisher"),
    ),
    (About.PERSON, ("tpe", "tcom", "tenc", "town", "tpub", "tcop", "\xa9art", "aart", "cprt")),
    (About.TIME, ("date", "year", "time", "tdrc", "tyer", "tdat", "tden", "tdtg", "\xa9day")),
    (About.SOFTWARE, ("encod", "software", "tool", "vendor", "tsse", "\xa9too", "\xa9swr")),
    (About.DEVICE, ("device", "make", "model", "camera", "\xa9mak", "\xa9mod", "manufacturer")),
    (About.TEXT, ("comment", "description", "lyrics", "title", "album", "comm", "uslt", "tit")),
    (About.TEXT, ("talb", "\xa9nam", "\xa9alb", "\xa9cmt", "\xa9lyr", "desc")),
)
_PICTURES = ("apic", "covr", "metadata_block_picture", "cover art", "geob")


def about(name: str) -> About:
    """What a tag of this name tells."""
    small = name.lower()
    if small.startswith(_PICTURES):
        return About.EMBEDDED
    return next(
        (kind for kind, parts in _ABOUT if any(part in small for part in parts)), About.OTHER
    )


def tag(name: str, value: object) -> Hidden:
    """A tag; of bytes only how many there are."""
    text = f"{len(value)} bytes" if isinstance(value, bytes) else value
    return row(about(name), name, text)


def picture(kind: str, description: str, content: bytes) -> Hidden:
    """A picture that belongs to a recording."""
    return row(About.EMBEDDED, "picture", f"{kind} {description} {len(content)} bytes")


def id3(tags: ID3 | None) -> Iterator[Hidden]:
    """Tags before an MP3 and within WAV and AIFF."""
    for frame in () if tags is None else tags.values():
        if frame.FrameID == "APIC":
            yield picture(frame.mime, frame.desc, frame.data)
        elif hasattr(frame, "data"):
            yield tag(frame.HashKey, frame.data)
        else:
            yield tag(frame.HashKey, frame)


def vorbis(tags: VComment | None) -> Iterator[Hidden]:
    """Tags in FLAC and Ogg."""
    if tags is None:
        return
    if tags.vendor:
        yield row(About.SOFTWARE, "vendor", tags.vendor)
    for name, value in tags:
        size = f"{len(value)} characters"
        yield tag(name, size if about(name) is About.EMBEDDED else value)


def apev2(tags: APEv2) -> Iterator[Hidden]:
    """Tags behind an MP3."""
    for name, value in tags.items():
        yield tag(name, value.value)


def mp4(tags: MP4Tags | None) -> Iterator[Hidden]:
    """Tags in MP4."""
    for name, values in () if tags is None else tags.items():
        for value in values if isinstance(values, list) else [values]:
            # Programs' own tags are bytes that hold text.
            if isinstance(value, bytes) and name.startswith("----"):
                yield tag(name, value.decode("utf-8", "replace"))
            else:
                yield tag(name, value)
