"""Pixels as a small picture that goes into every page, made by the caller as in `png.py`."""

from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image

from inspection.findings import Pixels

# Drawings first, without loss; a photograph with as little as it needs.
_QUALITIES = (90, 80, 70, 60)
_EFFORT = 6


@dataclass(frozen=True, slots=True)
class SmallPicture:
    """A WebP file and its size in points."""

    webp: bytes = field(repr=False)
    width: int
    height: int


def small_picture(pixels: Pixels, width: int, height: int, most: int) -> SmallPicture | None:
    """The picture within so many points and bytes; None where it would be too blurred.

    Args:
        pixels: checked (findings.Pixels: width * height * 3 bytes).
        width: at most, in points; a smaller picture is not blown up.
        height: at most, in points.
        most: bytes of the file.
    """
    picture = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.rgb)
    picture.thumbnail((width, height), Image.Resampling.LANCZOS)
    for quality in (None, *_QUALITIES):
        webp = _written(picture, quality)
        if len(webp) <= most:
            return SmallPicture(webp, picture.width, picture.height)
    return None


def _written(picture: Image.Image, quality: int | None) -> bytes:
    """The picture of a quality, or without any loss."""
    out = BytesIO()
    if quality is None:
        picture.save(out, "WEBP", lossless=True, method=_EFFORT)
    else:
        picture.save(out, "WEBP", quality=quality, method=_EFFORT)
    return out.getvalue()
