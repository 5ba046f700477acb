"""Files that tell more than they show, and files that somebody made to do harm."""

import struct
import zlib
from io import BytesIO

import pikepdf
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

CAMERA = "Marked Camera"
SCRIPT = "<script>alert('mark of a script')</script>"
MARK = "mark of a script"


def photograph() -> bytes:
    """A small picture that says where and with what it was taken."""
    picture = Image.new("RGB", (8, 6), "red")
    exif = picture.getexif()
    exif[Base.Make] = CAMERA
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (50.0, 51.0, 0.0)
    target = BytesIO()
    picture.save(target, "JPEG", exif=exif)
    return target.getvalue()


def pdf(pages: int = 3, script: bool = False) -> bytes:
    """Empty pages; with a script that runs when it is opened."""
    target = BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        document.docinfo["/Author"] = "Marked Author"
        if script:
            action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{MARK}')")
            document.Root.OpenAction = document.make_indirect(action)
        document.save(target)
    return target.getvalue()


def bomb() -> bytes:
    """A PNG of some kilobytes that says it unpacks to three thousand million points."""
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(4 * 1024 * 1024))
    chunks = ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    checked = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + checked


HTML = f"<!doctype html><html><body>{SCRIPT}<p>Hello</p></body></html>".encode()
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" onload="x()">{SCRIPT}</svg>'.encode()
