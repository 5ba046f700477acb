"""EXIF (JEITA CP-3451) as rows that people can read."""

from collections.abc import Iterator, Mapping
from typing import Any

from PIL import ExifTags, Image

from inspection.findings import About, Hidden
from inspection.formats import xmp

_GPS, _DETAILS, _INTEROPERABILITY = 0x8825, 0x8769, 0xA005
_MAKER_NOTE, _COMMENT = 0x927C, 0x9286
_THUMBNAIL_LENGTH = 0x0202
_XP_TAGS = range(0x9C9B, 0x9CA0)
# How the points lie in the file, how large and how turned they are: everybody sees that.
_STRUCTURE = frozenset(
    (0x0112, 0x0128, 0x011A, 0x011B, 0x0213, 0x0211, 0x0214, _GPS, _DETAILS, _INTEROPERABILITY,
     0xA001, 0xA002, 0xA003, 0x9000, 0xA000, 0x9101, 0x8773, 0x02BC, 0x83BB, 0x8649)
)  # fmt: skip
# Tags below this describe a TIFF's points; texts among them are named.
_TIFF_TAGS = range(0x00FE, 0x0157)
_TIFF_TEXTS = frozenset(
    (0x010D, 0x010E, 0x010F, 0x0110, 0x011D, 0x0131, 0x0132, 0x013B, 0x013C, 0x0151)
)
_SHOOTING = About.DEVICE
_DEGREES = {"N": 1, "S": -1, "E": 1, "W": -1}


def rows(exif: Image.Exif, own_file: bool) -> Iterator[Hidden]:
    """Of a picture's EXIF; `own_file`: it is a TIFF, whose own tags stand among them."""
    yield from _place(exif.get_ifd(_GPS))
    yield from _fields(exif, own_file)
    yield from _fields(exif.get_ifd(_DETAILS), own_file)
    thumbnail = exif.get_ifd(ExifTags.IFD.IFD1).get(_THUMBNAIL_LENGTH)
    if thumbnail:
        yield Hidden(About.EMBEDDED, "Thumbnail", f"{thumbnail} B")


def _fields(tags: Mapping[int, Any], own_file: bool) -> Iterator[Hidden]:
    for tag, value in tags.items():
        if tag in _STRUCTURE or (tag in _TIFF_TAGS and tag not in _TIFF_TEXTS):
            continue
        name = ExifTags.TAGS.get(tag, f"0x{tag:04X}")
        if tag == _MAKER_NOTE:
            yield Hidden(About.DEVICE, name, f"{len(value)} B")
            continue
        if text := _text(tag, value):
            otherwise = About.OTHER if tag not in ExifTags.TAGS or own_file else _SHOOTING
            yield Hidden(_about(name, otherwise), name, text)


def _about(name: str, otherwise: About) -> About:
    # Not a moment, for all its name.
    return otherwise if name == "ExposureTime" else xmp.about(name, otherwise)


def _place(gps: Mapping[int, Any]) -> Iterator[Hidden]:
    """Latitude and longitude as people look them up, then each field as it is."""
    latitude = _decimal(gps.get(2), gps.get(1))
    longitude = _decimal(gps.get(4), gps.get(3))
    if latitude is not None and longitude is not None:
        yield Hidden(About.PLACE, "GPSPosition", f"{latitude:.6f}, {longitude:.6f}")
    for tag, value in gps.items():
        name = ExifTags.GPSTAGS.get(tag, f"GPS 0x{tag:04X}")
        text = _text(tag, value)
        if text and tag != 0:
            time = name in ("GPSDateStamp", "GPSTimeStamp")
            yield Hidden(About.TIME if time else About.PLACE, name, text)


def _decimal(parts: Any, direction: Any) -> float | None:
    """Degrees, minutes and seconds as one number."""
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
        return _DEGREES[str(direction).strip("\0 ")] * (degrees + minutes / 60 + seconds / 3600)
    except (TypeError, ValueError, KeyError, ZeroDivisionError):
        return None


def _text(tag: int, value: Any) -> str:
    """A value as text; empty where there is nothing to read."""
    if isinstance(value, tuple):
        if tag in _XP_TAGS and all(isinstance(part, int) and 0 <= part < 256 for part in value):
            return _text(tag, bytes(value))
        return " ".join(_text(tag, part) for part in value[:64])
    if isinstance(value, bytes):
        return _letters(tag, value)
    return str(value).strip("\0 ")


def _letters(tag: int, value: bytes) -> str:
    if tag in _XP_TAGS:
        return value.decode("utf-16-le", "replace").strip("\0 ")
    if tag == _COMMENT:
        # Eight letters name the encoding.
        encoding = "utf-16" if value.startswith(b"UNICODE") else "utf-8"
        return value[8:].decode(encoding, "replace").strip("\0 ")
    text = value.rstrip(b"\0 ")
    if text and all(32 <= byte < 127 for byte in text):
        return text.decode("ascii")
    return f"{len(value)} B" if any(value) and len(value) > 8 else text.hex()
