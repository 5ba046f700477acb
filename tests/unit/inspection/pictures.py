"""A photograph that says where it was taken."""

from io import BytesIO

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

MAKER = "Marked Camera"


def photograph() -> bytes:
    picture = Image.new("RGB", (8, 8), "red")
    exif = picture.getexif()
    exif[Base.Make] = MAKER
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (52.0, 5.0, 0.0)
    target = BytesIO()
    picture.save(target, "JPEG", exif=exif)
    return target.getvalue()
