"""Pixels as a PNG picture, made by the caller: nothing a locked process made is passed on."""

from io import BytesIO

from PIL import Image

from inspection.findings import Pixels

# Fast over small: the picture is fetched once, from the machine that made it.
_COMPRESSION = 3


def png(pixels: Pixels) -> bytes:
    """A PNG file of checked pixels (findings.Pixels: width * height * 3 bytes)."""
    picture = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.rgb)
    out = BytesIO()
    picture.save(out, "PNG", compress_level=_COMPRESSION)
    return out.getvalue()
