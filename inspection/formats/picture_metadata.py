"""What photographs carry beside their points, as rows that people can read."""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageCms, ImageFile, IptcImagePlugin, PngImagePlugin

from inspection.findings import About, Hidden
from inspection.formats import exif, xmp

# Profiles that every camera and screen has; they tell of nobody.
_COMMON_PROFILES = ("srgb", "display p3", "adobe rgb (1998)", "adobe rgb", "uncalibrated")
_IPTC = {
    5: (About.TEXT, "ObjectName"),
    25: (About.TEXT, "Keywords"),
    55: (About.TIME, "DateCreated"),
    60: (About.TIME, "TimeCreated"),
    65: (About.SOFTWARE, "OriginatingProgram"),
    80: (About.PERSON, "By-line"),
    85: (About.PERSON, "By-lineTitle"),
    90: (About.PLACE, "City"),
    92: (About.PLACE, "Sub-location"),
    95: (About.PLACE, "Province-State"),
    101: (About.PLACE, "Country"),
    105: (About.TEXT, "Headline"),
    110: (About.PERSON, "Credit"),
    115: (About.PERSON, "Source"),
    116: (About.PERSON, "CopyrightNotice"),
    120: (About.TEXT, "Caption-Abstract"),
    122: (About.PERSON, "Writer-Editor"),
}


def rows(picture: Image.Image) -> Iterator[Hidden]:
    """Of an opened picture, whose points need not be unpacked."""
    if isinstance(picture, PngImagePlugin.PngImageFile):
        # Texts may follow the points.
        picture.load()
        yield from _texts(picture)
    yield from exif.rows(picture.getexif(), own_file=picture.format == "TIFF")
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp")
    if packet:
        yield from xmp.rows(packet)
    yield from _iptc(picture)
    yield from _comment(picture)
    if (name := profile_name(picture)) and not name.lower().startswith(_COMMON_PROFILES):
        yield Hidden(About.DEVICE, "ICC", name)


def profile_name(picture: Image.Image) -> str | None:
    """What its colour profile calls itself; None if it has none."""
    profile = picture.info.get("icc_profile")
    if not profile:
        return None
    try:
        opened = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.getProfileDescription(opened).strip() or "ICC"
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return "ICC"


def has_other_colours(picture: Image.Image) -> bool:
    """Whether its colours would change without its profile."""
    name = profile_name(picture)
    return name is not None and not name.lower().startswith("srgb")


def _texts(picture: PngImagePlugin.PngImageFile) -> Iterator[Hidden]:
    for name, text in picture.text.items():
        if name != "XML:com.adobe.xmp":
            yield Hidden(xmp.about(name, About.TEXT), name, str(text))


def _comment(picture: Image.Image) -> Iterator[Hidden]:
    """JPEG's comments are read with its segments."""
    comment = picture.info.get("comment")
    if comment and picture.format not in ("JPEG", "MPO"):
        text = comment.decode("utf-8", "replace") if isinstance(comment, bytes) else str(comment)
        yield Hidden(About.TEXT, "Comment", text)


def _iptc(picture: Image.Image) -> Iterator[Hidden]:
    if not isinstance(picture, ImageFile.ImageFile):
        return
    try:
        found = IptcImagePlugin.getiptcinfo(picture) or {}
    except (SyntaxError, ValueError, IndexError, KeyError):
        return
    for (record, number), value in found.items():
        known = _IPTC.get(number)
        if record == 2 and known:
            for text in value if isinstance(value, list) else [value]:
                yield Hidden(*known, bytes(text).decode("utf-8", "replace"))
