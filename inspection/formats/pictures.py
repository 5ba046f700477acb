"""Photographs and other pictures: JPEG, PNG, GIF, WebP, TIFF, BMP, HEIC, AVIF."""

from collections.abc import Iterator
from io import BytesIO

import pillow_heif
from PIL import AvifImagePlugin, Image, ImageCms, ImageOps, ImageSequence

from inspection.findings import Hidden, Page, Pixels
from inspection.formats import (
    gif_blocks,
    heif_items,
    jpeg_segments,
    picture_metadata,
    png_chunks,
    webp_chunks,
)
from inspection.wire import EDGE_PIXELS

# 108 million points as of large telephones; three bytes each, twice while they are turned.
MAX_PIXELS = 120_000_000
MAX_PAGES = 200
_ORIENTATION = 0x0112
_UPRIGHT = 1
# Directories within a page, and what raw files of cameras say of their sensor (DNG 1.7).
_RAW_TAGS = frozenset((0x014A, 0x828E, 0xC612, 0xC640))
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "HEIF", "AVIF")
_WHITE = (255, 255, 255, 255)
_QUALITY = 95

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
Image.init()
# One file has one processor; libde265 starts a thread of its own all the same.
pillow_heif.options.DECODE_THREADS = 0
AvifImagePlugin.DEFAULT_MAX_THREADS = 1
pillow_heif.register_heif_opener()


def hidden(data: bytes) -> Iterator[Hidden]:
    """EXIF, XMP, IPTC, comments, colour profile, thumbnails, what hangs on behind the picture."""
    picture = _opened(data)
    yield from picture_metadata.rows(picture)
    if picture.format in ("JPEG", "MPO"):
        yield from jpeg_segments.hidden(data)
    elif picture.format == "PNG":
        yield from png_chunks.hidden(data)
    elif picture.format == "WEBP":
        yield from webp_chunks.hidden(data)


def cleaned(data: bytes) -> bytes | None:
    """The same points; drawn anew only where a turn or a colour profile has to be applied."""
    picture = _opened(data)
    kind = "JPEG" if picture.format == "MPO" else picture.format
    if kind == "HEIF":
        return heif_items.without_metadata(data)
    if kind == "GIF":
        return gif_blocks.without_metadata(data)
    if kind == "TIFF":
        return _tiff(picture)
    if kind == "BMP":
        return _saved(_bare(picture), "BMP")
    if _moves(picture) or not _needs_drawing(picture):
        return _without_metadata(kind, data)
    return _drawn(kind, picture)


def pages(data: bytes) -> int:
    """Those of a TIFF; of a moving picture the first."""
    picture = _opened(data)
    if picture.format != "TIFF":
        return 1
    return min(int(getattr(picture, "n_frames", 1)), MAX_PAGES)


def page(data: bytes, number: int) -> Page:
    """At most 1,600 points wide and high, upright, on white."""
    picture = _opened(data)
    if number:
        picture.seek(number)
        _check_size(picture)
    # JPEG can be read at a half, a quarter or an eighth of its size.
    picture.draft("RGB", (EDGE_PIXELS, EDGE_PIXELS))
    upright = ImageOps.exif_transpose(picture)
    flat = _on_white(_in_plain_colours(upright))
    flat.thumbnail((EDGE_PIXELS, EDGE_PIXELS))
    return Pixels(flat.width, flat.height, flat.tobytes())


def _opened(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data), formats=_FORMATS)
    _check_size(picture)
    return picture


def _check_size(picture: Image.Image) -> None:
    """Before anything is unpacked."""
    if picture.width * picture.height > MAX_PIXELS:
        raise Image.DecompressionBombError("too many points")


def _moves(picture: Image.Image) -> bool:
    return picture.format != "MPO" and bool(getattr(picture, "is_animated", False))


def _needs_drawing(picture: Image.Image) -> bool:
    turned = picture.getexif().get(_ORIENTATION, _UPRIGHT) != _UPRIGHT
    return turned or picture_metadata.has_other_colours(picture)


def _without_metadata(kind: str | None, data: bytes) -> bytes | None:
    if kind == "JPEG":
        return jpeg_segments.without_metadata(data)
    if kind == "PNG":
        return png_chunks.without_metadata(data)
    return webp_chunks.without_metadata(data) if kind == "WEBP" else None


def _drawn(kind: str | None, picture: Image.Image) -> bytes | None:
    sampling = jpeg_segments.sampling(picture) if kind == "JPEG" else -1
    upright = _bare(_in_plain_colours(ImageOps.exif_transpose(picture)))
    if kind == "JPEG":
        return _saved(upright, "JPEG", quality=_QUALITY, subsampling=sampling)
    if kind == "PNG":
        return _saved(upright, "PNG")
    return _saved(upright, "WEBP", quality=_QUALITY) if kind == "WEBP" else None


def _tiff(picture: Image.Image) -> bytes | None:
    """Every page, packed without loss; None for a camera's raw file, whose picture lies deeper."""
    if getattr(picture, "n_frames", 1) > MAX_PAGES or not _RAW_TAGS.isdisjoint(picture.getexif()):
        return None
    frames = []
    for frame in ImageSequence.Iterator(picture):
        _check_size(frame)
        frames.append(_bare(_in_plain_colours(ImageOps.exif_transpose(frame))))
    return _saved(
        frames[0], "TIFF", save_all=True, append_images=frames[1:], compression="tiff_deflate"
    )


def _bare(picture: Image.Image) -> Image.Image:
    """The points alone: a copy that knows nothing of the file it came from."""
    copy = picture.copy()
    transparency = picture.info.get("transparency")
    copy.info = {} if transparency is None else {"transparency": transparency}
    # An opened file's copy keeps its EXIF aside.
    bare = Image.new(copy.mode, copy.size)
    bare.info = copy.info
    if copy.palette is not None:
        bare.putpalette(copy.palette)
    bare.paste(copy)
    return bare


def _saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def _in_plain_colours(picture: Image.Image) -> Image.Image:
    """In sRGB, where the picture has a profile that says otherwise and can be applied."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return picture
    mode = "RGB" if picture.mode == "CMYK" else picture.mode
    if mode == "L":
        return picture
    try:
        converted = ImageCms.profileToProfile(
            picture, ImageCms.ImageCmsProfile(BytesIO(profile)), _SRGB, outputMode=mode
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return picture
    return converted or picture


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):
        # Sixteen bits a point.
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layer.size, _WHITE), layer).convert("RGB")
    return picture.convert("RGB")


_SRGB = ImageCms.createProfile("sRGB")
