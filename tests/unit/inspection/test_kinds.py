"""What a file is, whatever it is called."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from inspection import kinds

OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."


def archive(**entries: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for name, content in entries.items():
            made.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def picture(kind: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (9, 9)).save(out, kind)
    return out.getvalue()


def office(kind: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as made:
        made.writestr(
            "[Content_Types].xml", f"<Types><Override ContentType='{OFFICE}{kind}.main+xml'/>"
        )
    return out.getvalue()


def boxes(brand: bytes) -> bytes:
    return b"\0\0\0\x14ftyp" + brand + bytes(8)


MAIL = b"Received: from a\r\n by b\r\nFrom: a@example.org\r\nSubject: x\r\n\r\nHello"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)

CONTENTS = [
    (picture("JPEG"), "image/jpeg"),
    (picture("PNG"), "image/png"),
    (picture("GIF"), "image/gif"),
    (picture("WEBP"), "image/webp"),
    (picture("TIFF"), "image/tiff"),
    (picture("BMP"), "image/bmp"),
    (boxes(b"heic"), "image/heic"),
    (boxes(b"mif1"), "image/heif"),
    (boxes(b"avif"), "image/avif"),
    (boxes(b"isom"), "video/mp4"),
    (boxes(b"M4A "), "audio/mp4"),
    (boxes(b"qt  "), "video/quicktime"),
    (boxes(b"3gp4"), "video/3gpp"),
    (b"%PDF-1.7\n", "application/pdf"),
    (office("wordprocessingml.document"), OFFICE + "wordprocessingml.document"),
    (office("spreadsheetml.sheet"), OFFICE + "spreadsheetml.sheet"),
    (office("presentationml.presentation"), OFFICE + "presentationml.presentation"),
    (archive(mimetype=OPEN + "text"), OPEN + "text"),
    (archive(mimetype=OPEN + "spreadsheet"), OPEN + "spreadsheet"),
    (archive(mimetype="text/html"), "application/zip"),
    (archive(readme="x"), "application/zip"),
    (OLD_OFFICE + "WordDocument".encode("utf-16-le"), "application/msword"),
    (OLD_OFFICE, "application/x-ole-storage"),
    (b"ID3\x04" + bytes(50), "audio/mpeg"),
    (b"fLaC" + bytes(50), "audio/flac"),
    (b"OggS" + bytes(24) + b"OpusHead", "audio/opus"),
    (b"RIFF\x20\0\0\0WAVEfmt ", "audio/wav"),
    (MAIL, "message/rfc822"),
    (b"Dear office,\nFrom: here", "text/plain"),
    ("Geachte heer, één vraag".encode(), "text/plain"),
    ("text".encode("utf-16"), "text/plain"),
    (b"<!DOCTYPE html><p>x", "text/html"),
    (b"\n<script>alert(1)</script>", "text/html"),
    (b"<?xml version='1.0'?><html><body>", "text/html"),
    (b"<?xml version='1.0'?><svg xmlns='x'><script/></svg>", "image/svg+xml"),
    (b"<svg onload='x'>", "image/svg+xml"),
    (b"<?xml version='1.0'?><gpx>", "application/xml"),
    (b"{\\rtf1 x}", "application/rtf"),
    (b"%!PS-Adobe-3.0\n%%For: Jan", "application/postscript"),
    (b"MZ" + bytes(300), "application/vnd.microsoft.portable-executable"),
    (b"Rar!\x1a\x07\x01\x00" + bytes(50), "application/vnd.rar"),
    (b"", "application/octet-stream"),
    (bytes(range(256)), "application/octet-stream"),
]


@pytest.mark.parametrize(("content", "media_type"), CONTENTS)
def test_content_tells_what_a_file_is(content: bytes, media_type: str) -> None:
    assert kinds.kind_of(content, "photo.jpg").media_type == media_type


@pytest.mark.parametrize(
    ("content", "name", "fits"),
    [
        (picture("JPEG"), "IMG_1.JPG", True),
        (picture("JPEG"), "IMG_1.jpeg", True),
        (picture("JPEG"), "IMG_1.png", False),
        (picture("JPEG"), "no extension", True),
        (b"<html><script>", "photo.jpg", False),
        (b"MZ" + bytes(300), "invoice.pdf", False),
        (b"MZ" + bytes(300), "invoice.pdf.exe", True),
        (b"a;b\n1;2", "list.csv", True),
        (bytes(range(256)), "what.jpg", False),
        (bytes(range(256)), "what.bin", True),
        (picture("JPEG"), "gpj\u202e.exe", False),
    ],
)
def test_a_name_that_promises_something_else_is_noticed(
    content: bytes, name: str, fits: bool
) -> None:
    assert kinds.fits(kinds.kind_of(content, name), name) is fits


@pytest.mark.parametrize(
    ("name", "cleanable"),
    [
        ("notes.txt", True),
        ("LIST.CSV", True),
        ("notes", True),
        ("drawing.dxf", False),
        ("notebook.ipynb", False),
        ("letter.doc", False),
        ("page.html", False),
        ("print.prn", False),
    ],
)
def test_text_is_its_own_clean_copy_only_where_its_name_promises_text(
    name: str, cleanable: bool
) -> None:
    assert kinds.cleanable(kinds.kind_of(b"$LASTSAVEDBY\nJan\n", name), name) is cleanable


def test_a_picture_is_cleaned_whatever_its_name() -> None:
    assert kinds.cleanable(kinds.kind_of(picture("PNG"), "a.jpg"), "a.jpg")


@pytest.mark.parametrize(
    "content",
    [
        picture("GIF") + archive(readme="x"),
        b"%PDF-1.4\n" + picture("JPEG") + b"<html><script>",
        picture("JPEG")[:-2] + b"PK\x03\x04" + archive(readme="x"),
        archive(readme="x")[:-10],
        b"PK\x03\x04" + bytes(100),
        b"RIFF",
        b"OggS",
        b"FORM",
        b"\0\0\0\x01ftyp",
        b"\xff\xfe<",
    ],
)
def test_what_is_two_things_at_once_or_only_begins_is_called_something(content: bytes) -> None:
    assert "/" in kinds.kind_of(content, "x").media_type


@given(st.binary(max_size=300), st.text(max_size=20))
def test_whatever_the_content_it_is_called_something(content: bytes, name: str) -> None:
    kind = kinds.kind_of(content, name)

    assert "/" in kind.media_type
    assert kinds.fits(kind, name) in (True, False)


def test_every_kind_that_is_cleaned_is_read_by_somebody() -> None:
    assert all(kind.format is not None for kind in kinds.KINDS if kind.cleanable)
    assert len({kind.media_type for kind in kinds.KINDS}) == len(kinds.KINDS)
    assert all(kind.extensions for kind in kinds.KINDS)
