"""Photographs: what they carry, how they look, and a copy without."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pillow_heif
import pytest
from PIL import Image, ImageChops, ImageCms, PngImagePlugin

from inspection.client import Inspector
from inspection.findings import About, Failure, InspectionFailed, Pixels
from inspection.formats import jpeg_segments, pictures

pillow_heif.register_heif_opener()

XMP = (
    b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
    b"xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
    b"xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:creator><rdf:Seq><rdf:li>Ada Canary</rdf:li>"
    b"</rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
)
MARKS = (b"Canary", "Canary".encode("utf-16-le"), b"Exif", b"xmpmeta", b"Hoofdstraat")
CARRYING = ["JPEG", "PNG", "WEBP", "TIFF", "HEIF"]


def exif(orientation: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[0x010F] = "Canary Cameras"
    made[0x013B] = "Ada Canary"
    made[0x0132] = "2026:05:04 03:02:01"
    made[0x9C9C] = "Hoofdstraat".encode("utf-16-le")
    if orientation != 1:
        made[0x0112] = orientation
    place = made.get_ifd(0x8825)
    place[1], place[2] = "S", (52.0, 22.0, 26.5)
    place[3], place[4] = "E", (4.0, 53.0, 2.0)
    return made


def scene() -> Image.Image:
    """Red above, blue below, so that a turn shows."""
    picture = Image.new("RGB", (120, 80), (220, 0, 0))
    picture.paste((0, 0, 220), (0, 40, 120, 80))
    return picture


def saved(kind: str, picture: Image.Image | None = None, **options: Any) -> bytes:
    out = BytesIO()
    (picture or scene()).save(out, kind, **options)
    return out.getvalue()


def found(data: bytes) -> dict[str, tuple[About, str]]:
    return {row.name: (row.about, row.value) for row in pictures.hidden(data)}


def cleaned(data: bytes) -> bytes:
    copy = pictures.cleaned(data)
    assert copy is not None
    assert [row for row in pictures.hidden(copy)] == []
    # The name of an empty item stays in a HEIC's table.
    marks = [mark for mark in MARKS if b"ftyp" not in data[:12] or mark != b"Exif"]
    assert [mark for mark in marks if mark in copy] == []
    return copy


def same_points(one: bytes, other: bytes) -> bool:
    pair = [Image.open(BytesIO(data)).convert("RGBA") for data in (one, other)]
    return pair[0].size == pair[1].size and ImageChops.difference(*pair).getbbox() is None


@pytest.fixture(scope="module")
def inspector() -> Iterator[Inspector]:
    with Inspector() as opened:
        yield opened


@pytest.mark.parametrize("kind", CARRYING)
def test_a_photograph_tells_where_when_and_by_whom_it_was_taken(kind: str) -> None:
    rows = found(saved(kind, exif=exif()))

    if kind != "TIFF":
        assert rows["GPSPosition"] == (About.PLACE, "-52.374028, 4.883889")
    assert rows["Artist"] == (About.PERSON, "Ada Canary")
    assert rows["Make"] == (About.DEVICE, "Canary Cameras")
    assert rows["DateTime"] == (About.TIME, "2026:05:04 03:02:01")
    assert rows["XPComment"] == (About.TEXT, "Hoofdstraat")


@pytest.mark.parametrize("kind", CARRYING)
def test_a_cleaned_photograph_tells_nothing_and_looks_the_same(kind: str) -> None:
    data = saved(kind, exif=exif(), xmp=XMP) if kind != "PNG" else saved(kind, exif=exif())

    assert same_points(data, cleaned(data))


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "HEIF"])
def test_xmp_is_read(kind: str) -> None:
    assert found(saved(kind, xmp=XMP))["creator"] == (About.PERSON, "Ada Canary")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_turned_photograph_stands_upright_in_copy_and_preview(kind: str) -> None:
    data = saved(kind, exif=exif(orientation=6))

    copy = Image.open(BytesIO(cleaned(data))).convert("RGB")
    page = pictures.page(data, 0)

    assert copy.size == (80, 120)
    red, _, blue = copy.getpixel((75, 60))  # type: ignore[misc]
    assert red > 180 > 60 > blue
    assert isinstance(page, Pixels)
    assert (page.width, page.height) == (80, 120)


def test_texts_and_times_of_a_png_are_read_and_left_out() -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "Ada Canary")
    texts.add_itxt("Comment", "Hoofdstraat 1")
    texts.add(b"tIME", struct.pack(">H5B", 2026, 5, 4, 3, 2, 1))
    data = saved("PNG", pnginfo=texts) + b"Canary behind the end"

    rows = found(data)

    assert rows["Author"] == (About.PERSON, "Ada Canary")
    assert rows["Comment"] == (About.TEXT, "Hoofdstraat 1")
    assert rows["tIME"] == (About.TIME, "2026-05-04 03:02:01")
    assert rows["Appended"][0] is About.EMBEDDED
    assert same_points(data, cleaned(data))


def test_comments_thumbnails_and_what_hangs_on_behind_a_jpeg_are_read_and_left_out() -> None:
    marker = b"\xff\xe5\x00\x0cCanary\0abc"
    plain = saved("JPEG", comment=b"Hoofdstraat 1")
    data = plain[:2] + marker + plain[2:] + b"\0\0ftypmp42 Canary film"

    rows = found(data)

    assert rows["Comment"] == (About.TEXT, "Hoofdstraat 1")
    assert rows["APP5"][1].startswith("Canary")
    assert rows["Appended"][0] is About.EMBEDDED
    assert same_points(data, cleaned(data))


@pytest.mark.parametrize("marker", [0xC8, 0xDC, 0xDF, 0xF0, 0xFD])
def test_a_segment_of_a_jpeg_that_draws_nothing_is_told_and_left_out(marker: int) -> None:
    plain = saved("JPEG")
    data = plain[:2] + bytes((0xFF, marker, 0, 8)) + b"Canary" + plain[2:]

    assert found(data)[f"FF{marker:02X}"] == (About.OTHER, "10 B")
    assert b"Canary" not in cleaned(data)
    assert same_points(plain, cleaned(data))


def test_a_jpeg_keeps_every_packed_point() -> None:
    data = saved("JPEG", exif=exif(), progressive=True, quality=60)

    scans = [part for marker, part, _ in jpeg_segments.segments(data) if marker == 0xDA]
    kept = [part for marker, part, _ in jpeg_segments.segments(cleaned(data)) if marker == 0xDA]

    assert kept == scans
    assert len(scans) > 1


def test_a_colour_profile_is_applied_before_it_is_dropped() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    data = saved("JPEG", icc_profile=profile)

    assert "ICC" in found(data)
    assert Image.open(BytesIO(cleaned(data))).size == (120, 80)


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_a_moving_picture_goes_on_moving(kind: str) -> None:
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "green", "blue")]
    options: dict[str, Any] = {"save_all": True, "append_images": frames[1:], "duration": 90}
    if kind == "GIF":
        options |= {"comment": b"Ada Canary", "loop": 0}
    else:
        options |= {"exif": exif()}
    data = saved(kind, frames[0], **options)

    copy = Image.open(BytesIO(cleaned(data)))

    assert getattr(copy, "n_frames", 1) == 3
    assert copy.info["loop"] == 0
    assert list(pictures.hidden(data)) != []


def test_every_page_of_a_tiff_is_shown_and_kept() -> None:
    pages = [Image.new("RGB", (30, 30), colour) for colour in ("red", "green")]
    data = saved("TIFF", pages[0], save_all=True, append_images=pages[1:], exif=exif())

    second = pictures.page(data, 1)

    assert pictures.pages(data) == pictures.pages(cleaned(data)) == 2
    assert isinstance(second, Pixels)
    assert second.rgb[:3] == bytes((0, 128, 0))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_way_of_keeping_colours_is_shown(mode: str) -> None:
    kind = "TIFF" if mode == "CMYK" else "PNG"
    data = saved(kind, Image.new(mode, (20, 10)))

    page = pictures.page(data, 0)

    assert isinstance(page, Pixels)
    assert len(page.rgb) == 600
    assert same_points(data, cleaned(data))


@pytest.mark.parametrize("size", [(5000, 3000), (3, 9000), (1, 1)])
def test_a_preview_is_never_larger_than_a_screen(size: tuple[int, int]) -> None:
    page = pictures.page(saved("PNG", Image.new("L", size)), 0)

    assert isinstance(page, Pixels)
    assert max(page.width, page.height) <= 1600
    assert min(page.width, page.height) >= 1
    assert len(page.rgb) == page.width * page.height * 3


def test_a_heic_that_is_a_film_too_is_not_called_clean() -> None:
    data = saved("HEIF") + b"\0\0\0\x0cmoovabcd"

    assert pictures.cleaned(data) is None


def bomb(width: int, height: int) -> bytes:
    """A PNG of few bytes and very many points."""

    def chunk(name: bytes, content: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + checksum

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    points = zlib.compress(bytes(3_000_000), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", points) + chunk(b"IEND", b"")
    )


def text_bomb() -> bytes:
    """A PNG whose texts unpack to hundreds of megabytes."""
    texts = PngImagePlugin.PngInfo()
    for number in range(100):
        texts.add_text(f"k{number}", "A" * 1_000_000, zip=True)
    return saved("PNG", pnginfo=texts)


@pytest.mark.parametrize(
    ("data", "failure"),
    [
        (bomb(60_000, 60_000), Failure.TOO_LARGE),
        (bomb(2**31 - 1, 2**31 - 1), Failure.TOO_LARGE),
        (bomb(0, 5), Failure.BROKEN),
        (text_bomb(), Failure.BROKEN),
        (saved("JPEG")[:200], Failure.BROKEN),
        (saved("GIF")[:30], Failure.BROKEN),
        (saved("WEBP")[:30], Failure.BROKEN),
        (saved("HEIF")[:200], Failure.BROKEN),
        (saved("TIFF")[:10], Failure.BROKEN),
        (b"\xff\xd8\xff" + b"\xff" * 5000, Failure.BROKEN),
        (b"II*\0\x08\0\0\0" + b"\xff" * 5000, Failure.BROKEN),
        (b"GIF89a" + b"\xff" * 5000, Failure.BROKEN),
    ],
)
def test_a_hostile_picture_is_refused_and_costs_nothing_else(
    inspector: Inspector, data: bytes, failure: Failure
) -> None:
    with pytest.raises(InspectionFailed) as failed:
        inspector.page([data], len(data), "photo.jpg", 0)

    assert failed.value.failure is failure
    assert inspector.look([saved("BMP")], len(saved("BMP")), "x.bmp").pages == 1


@pytest.mark.parametrize("kind", [*CARRYING, "GIF", "AVIF"])
def test_the_locked_process_can_read_what_we_read(inspector: Inspector, kind: str) -> None:
    data = saved(kind)

    page = inspector.page([data], len(data), "x", 0)

    assert isinstance(page, Pixels)
    assert (page.width, page.height) == (120, 80)
    assert inspector.look([data], len(data), "x").pages == 1
