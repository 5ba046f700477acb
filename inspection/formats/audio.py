"""Recordings: MP3, AAC, FLAC, Ogg, Opus, WAV, AIFF, and MP4 and QuickTime with sound or film."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

from mutagen.aac import AAC
from mutagen.aiff import AIFF
from mutagen.apev2 import APENoHeaderError, APEv2
from mutagen.flac import FLAC, SeekTable, StreamInfo
from mutagen.id3 import ID3, ID3NoHeaderError
from mutagen.mp3 import MP3
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggspeex import OggSpeex
from mutagen.oggvorbis import OggVorbis
from mutagen.wave import WAVE

from inspection.findings import About, Failure, Hidden, InspectionFailed, Page
from inspection.formats import chunks, movies, tags
from inspection.formats.base import Format


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of recording: how it begins, and what reads and cleans it."""

    fits: Callable[[bytes], bool]
    hidden: Callable[[bytes], Iterator[Hidden]]
    cleaned: Callable[[bytes], bytes | None]


class _Audio:
    """Every kind of recording. There is nothing to show of them."""

    def hidden(self, data: bytes) -> Iterator[Hidden]:
        """Tags, their pictures, places and times, and the program that made the file."""
        return _kind(data).hidden(data)

    def cleaned(self, data: bytes) -> bytes | None:
        """A copy of the sound (and film) alone."""
        return _kind(data).cleaned(data)

    def pages(self, data: bytes) -> int:
        """None."""
        return 0

    def page(self, data: bytes, number: int) -> Page:
        """There are none."""
        raise IndexError(number)


AUDIO: Format = _Audio()


def known(data: bytes) -> bool:
    """Whether it is a recording that can be read here."""
    return any(kind.fits(data) for kind in _KINDS)


def _kind(data: bytes) -> _Kind:
    for kind in _KINDS:
        if kind.fits(data):
            return kind
    raise InspectionFailed(Failure.UNSUPPORTED)


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(starts)


def _form(outer: bytes, inner: bytes) -> Callable[[bytes], bool]:
    return lambda data: data[:4] == outer and data[8:12] == inner


def _ogg(codec: bytes) -> Callable[[bytes], bool]:
    return lambda data: data[:4] == b"OggS" and codec in data[:128]


def _frames(layers: frozenset[int]) -> Callable[[bytes], bool]:
    """Frames of MPEG sound: eleven bits set, then the version and the layer."""
    return lambda data: len(data) > 1 and data[0] == 0xFF and (data[1] & 0xF6) in layers


_MP3 = frozenset({0xF2, 0xE2, 0xF4, 0xE4, 0xF6, 0xE6})
_AAC = frozenset({0xF0})


def _mp3_hidden(data: bytes) -> Iterator[Hidden]:
    sound = MP3(BytesIO(data))
    yield from _appended(data, tags.id3(sound.tags))
    if sound.info.encoder_info:
        yield Hidden(About.SOFTWARE, "encoder", sound.info.encoder_info)


def _aac_hidden(data: bytes) -> Iterator[Hidden]:
    yield from _appended(data, tags.id3(AAC(BytesIO(data)).tags))


def _appended(data: bytes, rows: Iterator[Hidden]) -> Iterator[Hidden]:
    """What is before the sound, and then what another scheme of tags put after it."""
    yield from rows
    try:
        yield from tags.apev2(APEv2(BytesIO(data)))
    except APENoHeaderError:
        return


def _without_ends(data: bytes) -> bytes:
    """Without tags at both ends, in whatever order they stand there."""
    shorter = _without_lyrics(_without_id3(_without_apev2(data)))
    return shorter if len(shorter) == len(data) else _without_ends(shorter)


def _without_apev2(data: bytes) -> bytes:
    copy = BytesIO(data)
    try:
        APEv2(copy).delete(copy)
    except APENoHeaderError:
        return data
    return copy.getvalue()


def _without_id3(data: bytes) -> bytes:
    copy = BytesIO(data)
    try:
        ID3(copy).delete(copy)
    except ID3NoHeaderError:
        return data
    return copy.getvalue()


_LYRICS, _LYRICS_END = b"LYRICSBEGIN", b"LYRICS200"


def _without_lyrics(data: bytes) -> bytes:
    """Lyrics3 v2: its length in six digits, and its name, at the end."""
    digits = data[-len(_LYRICS_END) - 6 : -len(_LYRICS_END)]
    if not (data.endswith(_LYRICS_END) and digits.isdigit()):
        return data
    begin = len(data) - len(_LYRICS_END) - 6 - int(digits)
    return data[:begin] if begin > 0 and data.startswith(_LYRICS, begin) else data


def _flac_hidden(data: bytes) -> Iterator[Hidden]:
    sound = FLAC(BytesIO(data))
    yield from tags.vorbis(sound.tags)
    for picture in sound.pictures:
        yield tags.picture(picture.mime, picture.desc, picture.data)
    for block in sound.metadata_blocks:
        if block.code == _APPLICATION:
            yield Hidden(About.OTHER, "application data", f"{len(block.write())} bytes")


_APPLICATION = 2


def _flac_cleaned(data: bytes) -> bytes:
    sound = FLAC(BytesIO(data))
    sound.metadata_blocks = [
        block for block in sound.metadata_blocks if isinstance(block, StreamInfo | SeekTable)
    ]
    sound.tags = None
    copy = BytesIO(data)
    sound.save(copy, deleteid3=True, padding=lambda _room: 0)
    return copy.getvalue()


_Ogg = type[OggVorbis] | type[OggOpus] | type[OggSpeex] | type[OggFLAC]


def _ogg_kind(codec: bytes, reader: _Ogg) -> _Kind:
    return _Kind(
        _ogg(codec),
        lambda data: tags.vorbis(reader(BytesIO(data)).tags),
        lambda data: _ogg_cleaned(reader, data),
    )


def _ogg_cleaned(reader: _Ogg, data: bytes) -> bytes:
    sound = reader(BytesIO(data))
    copy = BytesIO(data)
    sound.tags.clear()
    # The program's name; the format wants one, and takes an empty one.
    sound.tags.vendor = ""
    sound.save(copy, padding=lambda _room: 0)
    return copy.getvalue()


def _chunked(outer: bytes, inner: bytes, reader: type[WAVE] | type[AIFF]) -> _Kind:
    def hidden(data: bytes) -> Iterator[Hidden]:
        yield from tags.id3(reader(BytesIO(data)).tags)
        yield from chunks.hidden(data)

    return _Kind(_form(outer, inner), hidden, chunks.sound_only)


_KINDS = (
    _Kind(movies.known, movies.hidden, movies.cleaned),
    _Kind(_begins(b"fLaC"), _flac_hidden, _flac_cleaned),
    _ogg_kind(b"OpusHead", OggOpus),
    _ogg_kind(b"\x01vorbis", OggVorbis),
    _ogg_kind(b"Speex   ", OggSpeex),
    _ogg_kind(b"\x7fFLAC", OggFLAC),
    _chunked(b"RIFF", b"WAVE", WAVE),
    _chunked(b"FORM", b"AIFF", AIFF),
    _chunked(b"FORM", b"AIFC", AIFF),
    _Kind(_frames(_AAC), _aac_hidden, _without_ends),
    _Kind(lambda data: data[:3] == b"ID3" or _frames(_MP3)(data), _mp3_hidden, _without_ends),
)
