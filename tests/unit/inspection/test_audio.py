import struct
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import mutagen
import mutagen.apev2
import pytest

from inspection.findings import About, InspectionFailed
from inspection.formats.audio import AUDIO, known
from tests.unit.inspection.recordings import (
    JAN,
    PLACE,
    SOUND,
    box,
    flac,
    movie,
    mp3,
    ogg,
    track,
    wav,
)

# What the worker turns into "broken": neither a crash nor a loop.
PLAIN = (mutagen.MutagenError, struct.error, KeyError, ValueError, EOFError, InspectionFailed)
TAGGED = [mp3, flac, ogg]


def told(data: bytes) -> set[tuple[About, str]]:
    return {(row.about, row.value) for row in AUDIO.hidden(data)}


def clean(data: bytes) -> bytes:
    copy = AUDIO.cleaned(data)
    assert copy is not None
    return copy


@pytest.mark.parametrize("make", TAGGED)
def test_tags_tell_people_and_places(make: Callable[[], bytes]) -> None:
    rows = told(make())

    assert (About.PERSON, JAN) in rows
    assert (About.PLACE, PLACE) in rows


def test_a_cover_is_an_embedded_picture() -> None:
    assert any(about is About.EMBEDDED and "image/png" in value for about, value in told(mp3()))


@pytest.mark.parametrize("make", TAGGED)
def test_a_cleaned_copy_plays_and_tells_nothing(make: Callable[[], bytes]) -> None:
    copy = clean(make())

    assert JAN.encode() not in copy
    assert PLACE.encode() not in copy
    assert b"marked program" not in copy
    assert told(copy) == set()
    assert mutagen.File(BytesIO(copy)) is not None


@pytest.mark.parametrize("make", [flac, ogg, wav, movie])
def test_the_sound_itself_stays(make: Callable[[], bytes]) -> None:
    assert SOUND in clean(make())


def test_a_wave_loses_every_chunk_but_its_sound() -> None:
    rows = told(wav())

    copy = clean(wav())

    assert {(About.PERSON, JAN), (About.TIME, "2026-03-02")} <= rows
    assert JAN.encode() not in copy
    assert told(copy) == set()
    assert mutagen.File(BytesIO(copy)).info.sample_rate == 8000


def test_tags_of_every_scheme_behind_the_sound_go_in_whatever_order() -> None:
    sound = clean(mp3())
    lyrics = b"LYRICSBEGININD00006Canary"
    behind = lyrics + b"%06dLYRICS200" % len(lyrics) + b"TAG" + b"Canary".ljust(125, b"\0")
    with_apev2 = BytesIO(sound)
    tags = mutagen.apev2.APEv2()
    tags["Artist"] = "Canary"
    tags.save(with_apev2)

    assert clean(sound + behind) == sound
    assert clean(with_apev2.getvalue() + behind) == sound


def test_a_film_tells_place_device_and_time() -> None:
    rows = told(movie())

    assert (About.PLACE, PLACE) in rows
    assert (About.DEVICE, "Marked Co") in rows
    assert (About.TIME, "2026-02-27T01:20:00+00:00") in rows


def test_a_cleaned_film_has_everything_in_its_place_and_says_nothing() -> None:
    data = movie(track(b"vide"))

    copy = clean(data)

    assert len(copy) == len(data)
    assert copy.index(SOUND) == data.index(SOUND)
    assert told(copy) == set()
    for trace in (PLACE, "Marked"):
        assert trace.encode() not in copy


@pytest.mark.parametrize("kind", [b"gps ", b"XMP_", b"loci", b"sefd", b"wide"])
def test_boxes_that_cameras_put_in_of_their_own_are_emptied(kind: bytes) -> None:
    own = box(kind, b"Canary")
    plain = movie(track(b"vide"))
    begin = plain.index(b"moov") - 4
    size = int.from_bytes(plain[begin : begin + 4], "big")
    head = (size + len(own)).to_bytes(4, "big")
    data = plain[:begin] + head + plain[begin + 4 :] + own

    # One within the film's own description, one behind it, and bytes behind them all.
    copy = clean(data + own + b"Canary")

    assert len(copy) == len(data + own + b"Canary")
    assert b"Canary" not in copy
    assert SOUND in copy
    if kind != b"wide":
        assert (About.OTHER, "6 bytes") in told(data + own)


def test_a_film_that_was_cut_off_keeps_what_came_of_it() -> None:
    data = movie(track(b"vide")) + box(b"mdat", SOUND)[:-20]

    assert SOUND[:-20] in clean(data)[-len(SOUND) :]


def test_a_film_whose_description_is_packed_is_not_called_clean() -> None:
    assert AUDIO.cleaned(box(b"ftyp", b"qt  ") + box(b"moov", box(b"cmov", b"x"))) is None


def test_a_track_of_places_is_emptied_with_its_samples() -> None:
    plain = movie(track(b"vide"))
    start = plain.index(SOUND)
    data = movie(track(b"vide"), track(b"meta", [(start + 5, 5), (start + 15, 10)]))

    copy = clean(data)

    assert any(value == "meta" for _, value in told(data))
    assert told(copy) == set()
    kept = copy[start : start + len(SOUND)]
    assert kept[:25] == b"sound" + bytes(5) + b"sound" + bytes(10)
    assert kept[25:] == SOUND[25:]


def test_nothing_is_shown_of_a_recording() -> None:
    assert AUDIO.pages(mp3()) == 0


@pytest.mark.parametrize("make", [mp3, flac, ogg, wav, movie])
def test_a_recording_is_known_by_its_beginning(make: Callable[[], bytes]) -> None:
    assert known(make())
    assert not known(b"\x89PNG" + bytes(20))


@pytest.mark.parametrize("make", [mp3, flac, ogg, wav, movie])
def test_a_cut_recording_ends_in_an_answer_or_a_plain_error(make: Callable[[], bytes]) -> None:
    data = make()
    for end in range(12, len(data), 37):
        for ask in (lambda cut: list(AUDIO.hidden(cut)), AUDIO.cleaned):
            with suppress(*PLAIN):
                ask(data[:end])
