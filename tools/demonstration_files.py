"""The files of the demonstration's cases, made anew: `python -m tools.demonstration_files`.

A photo that says where it was taken, a letter that names its author, a list. All of it is invented.
"""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from PIL.ExifTags import GPS, IFD, Base
from weasyprint import HTML

FOLDER = Path(__file__).parents[1] / "reviewer" / "demonstration" / "files"
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
ROWS = (
    ("Requested", "Street", "Architect", "Granted"),
    ("2 April", "Gasworks Lane 11", "Bureau Lijn", "4 April"),
    ("3 April", "Orchard Street 2", "M. Okafor", "29 June"),
    ("9 April", "Gasworks Lane 14", "Bureau Lijn", "10 April"),
    ("12 April", "Mill Square 7", "Atelier Noord", "14 July"),
    ("4 June", "Canal Quay 30", "Bureau Lijn", "6 June"),
)
COLUMNS = (210, 440, 780, 1050)
LETTER = """<!doctype html><html lang="nl"><head><title>Betalingen maart</title>
<meta name="author" content="d.verzonnen"><meta name="generator" content="Kantoor 12"></head>
<body><h1>Betalingen maart</h1><p>Factuur 2026-118: tweemaal betaald, op 3 en op 17 maart.</p>
<p>De tweede betaling ging naar een andere rekening.</p></body></html>"""
LIST = "invoice;paid on;account\n2026-118;3 March;A\n2026-118;17 March;B\n2026-131;2 April;A\n"


def photo(path: Path) -> None:
    """A list on a desk, photographed with a telephone that notes time and place."""
    picture = Image.new("RGB", (1400, 1000), (120, 96, 72))
    draw = ImageDraw.Draw(picture)
    draw.polygon([(150, 90), (1270, 60), (1300, 930), (120, 910)], fill=(246, 244, 236))
    title, body = ImageFont.truetype(FONT, 44), ImageFont.truetype(FONT, 32)
    draw.text((210, 150), "Counter 2: permits", fill=(30, 30, 40), font=title)
    for number, row in enumerate(ROWS):
        for left, text in zip(COLUMNS, row, strict=True):
            draw.text((left, 260 + 95 * number), text, fill=(40, 40, 50), font=body)
    exif = Image.Exif()
    exif[Base.Make], exif[Base.Model] = "Verzonnen", "Telefoon 7"
    exif[Base.DateTime] = "2026:06:08 17:42:10"
    exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = "2026:06:08 17:42:10"
    exif.get_ifd(IFD.GPSInfo).update(
        {
            GPS.GPSLatitudeRef: "N",
            GPS.GPSLatitude: (50.0, 50.0, 48.0),
            GPS.GPSLongitudeRef: "E",
            GPS.GPSLongitude: (4.0, 21.0, 9.0),
        }
    )
    picture.save(path, quality=80, exif=exif)


def main() -> None:
    """Write the three files."""
    photo(FOLDER / "IMG_0608.jpg")
    HTML(string=LETTER).write_pdf(FOLDER / "betalingen-maart.pdf")
    (FOLDER / "double-payments.csv").write_text(LIST)


if __name__ == "__main__":
    main()
