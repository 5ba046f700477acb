"""The shortest recordings that players accept, with everything in them that telephones write."""

from collections.abc import Iterable
from io import BytesIO
from struct import pack

from mutagen.flac import FLAC
from mutagen.id3 import APIC, ID3, TPE1, TXXX
from mutagen.ogg import OggPage

JAN = "Jan Marked"
PLACE = "+52.0907+005.1214/"
SOUND = b"sound" * 40


def mp3() -> bytes:
    """Ten frames of silence, MPEG 1 layer III at 128 kbit/s."""
    frames = BytesIO((b"\xff\xfb\x90\x00" + bytes(413)) * 10)
    tags = ID3()
    tags.add(TPE1(text=JAN))
    tags.add(TXXX(desc="location", text=PLACE))
    tags.add(APIC(mime="image/png", desc="cover", data=b"\x89PNG"))
    tags.save(frames)
    return frames.getvalue()


def flac() -> bytes:
    """A stream of no frames."""
    info = pack(">HHBHBHQ", 4096, 4096, 0, 0, 0, 0, (44100 << 44) | (15 << 36)) + bytes(16)
    application = b"\x82" + len(b"jan!Jan Marked").to_bytes(3, "big") + b"jan!Jan Marked"
    data = BytesIO(b"fLaC\x00" + len(info).to_bytes(3, "big") + info + application + SOUND)
    sound = FLAC(data)
    sound["artist"] = JAN
    sound["location"] = PLACE
    data.seek(0)
    sound.save(data)
    return data.getvalue()


def ogg() -> bytes:
    """Opus: its head, its tags and one packet."""
    head = b"OpusHead\x01\x01" + bytes(2) + pack("<IHB", 48000, 0, 0)
    fields = [f"artist={JAN}".encode(), f"location={PLACE}".encode()]
    comments = b"".join(pack("<I", len(field)) + field for field in fields)
    vendor = b"marked program"
    tags = b"OpusTags" + pack("<I", len(vendor)) + vendor + pack("<I", len(fields)) + comments
    return b"".join(_page(number, part) for number, part in enumerate((head, tags, SOUND)))


def _page(number: int, packet: bytes) -> bytes:
    page = OggPage()
    page.packets = [packet]
    page.sequence = number
    page.first = number == 0
    page.last = number == 2
    return page.write()


def wav() -> bytes:
    artist = _chunk(b"LIST", b"INFO" + _chunk(b"IART", JAN.encode()))
    broadcast = _chunk(b"bext", bytes(256) + JAN.encode().ljust(64) + b"2026-03-02" + bytes(300))
    form = _chunk(b"fmt ", pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8))
    content = b"WAVE" + form + artist + broadcast + _chunk(b"data", SOUND)
    return b"RIFF" + pack("<I", len(content)) + content


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + pack("<I", len(content)) + content + bytes(len(content) % 2)


def movie(*tracks: bytes) -> bytes:
    """A QuickTime film with user data, Apple's keys and these tracks before its sound."""
    place = pack(">HH", len(PLACE), 0) + PLACE.encode()
    user = box(b"udta", box(b"\xa9xyz", place), box(b"\xa9mak", pack(">HH", 9, 0) + b"Marked Co"))
    name = b"com.apple.quicktime.location.ISO6709"
    keys = box(b"keys", pack(">II", 0, 1), box(b"mdta", name))
    value = box(b"data", pack(">II", 1, 0) + PLACE.encode())
    values = box(b"ilst", pack(">I", 8 + len(value)) + pack(">I", 1) + value)
    apple = box(b"meta", box(b"hdlr", bytes(8) + b"mdta" + bytes(13)), keys, values)
    times = box(b"mvhd", pack(">IIIII", 0, 3_855_000_000, 3_855_000_000, 1000, 0) + bytes(80))
    moov = box(b"moov", times, *tracks, user, apple)
    return box(b"ftyp", b"qt  " + bytes(4)) + box(b"mdat", SOUND) + moov


def track(handler: bytes, chunks: Iterable[tuple[int, int]] = ()) -> bytes:
    """A track of this kind whose samples stand at these places, with these lengths."""
    places = tuple(chunks)
    head = box(b"hdlr", bytes(8) + handler + bytes(12) + b"Core Media Marked\0")
    sizes = pack(">III", 0, 0, len(places)) + b"".join(pack(">I", size) for _, size in places)
    offsets = pack(">II", 0, len(places)) + b"".join(pack(">I", place) for place, _ in places)
    runs = pack(">IIIII", 0, 1, 1, 1, 1)
    samples = box(b"stbl", box(b"stsz", sizes), box(b"stco", offsets), box(b"stsc", runs))
    times = box(b"mdhd", pack(">IIIII", 0, 3_855_000_000, 3_855_000_000, 1000, 0) + bytes(4))
    return box(b"trak", box(b"mdia", times, head, box(b"minf", samples)))


def box(kind: bytes, *contents: bytes) -> bytes:
    content = b"".join(contents)
    return pack(">I", 8 + len(content)) + kind + content
