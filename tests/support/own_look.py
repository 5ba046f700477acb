"""An office's own look: unlike the house's in everything, and valid."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

_TEXTS = """
[name]
nl = "Ombudsman Voorbeeldstad"
fr = "Médiateur de Villexemple"
de = "Ombudsstelle Musterstadt"
en = "Example City Ombudsman"

[welcome]
nl = "Welkom bij de ombudsman van Voorbeeldstad."
fr = "Bienvenue chez le médiateur de Villexemple."
de = "Willkommen bei der Ombudsstelle von Musterstadt."
en = "Welcome to the ombudsman of Example City."

[contact]
nl = ["Grote Markt 1, 1000 Voorbeeldstad", "02 000 00 00"]
fr = ["Grand-Place 1, 1000 Villexemple", "02 000 00 00"]
de = ["Großer Markt 1, 1000 Musterstadt", "02 000 00 00"]
en = ["1 Great Market, 1000 Example City", "02 000 00 00"]

[site]
nl = "https://ombudsman.voorbeeldstad.example/nl"
fr = "https://ombudsman.voorbeeldstad.example/fr"
de = "https://ombudsman.voorbeeldstad.example/de"
en = "https://ombudsman.voorbeeldstad.example/en"

[logo]
file = "logo.png"

[logo.alt]
nl = "Een toren met een vlag"
fr = "Une tour avec un drapeau"
de = "Ein Turm mit einer Fahne"
en = "A tower with a flag"
"""
# As far from the house as an office may go.
STRANGE = """
[colours.light]
brand = "#ffd6e8"
accent = "#7a003c"
link = "#7a1f00"
button = "#4b0082"

[colours.dark]
brand = "#d8f3a2"
accent = "#d0207c"
on_brand = "#101600"
link = "#ffb38a"
button = "#e0b0ff"
"""
# What an office would choose.
PLEASANT = """
[colours.light]
brand = "#5a1e6e"
accent = "#ffd23f"

[colours.dark]
accent = "#f2c4ff"
"""
LOOK = _TEXTS + STRANGE
PLEASANT_LOOK = _TEXTS + PLEASANT


def put_on(home: Path, look: str = LOOK) -> None:
    """Give the office in this folder a look of its own, with a logo."""
    (home / "look.toml").write_text(look, "utf-8")
    (home / "logo.png").write_bytes(logo())


def logo(kind: str = "PNG") -> bytes:
    """A tower with a flag, 600 by 240 points, on nothing."""
    picture = Image.new("RGBA", (600, 240), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((40, 100, 140, 220), fill="#4b0082")
    draw.polygon(((90, 20), (180, 50), (90, 80)), fill="#7a003c")
    draw.line((90, 20, 90, 100), fill="#4b0082", width=8)
    draw.ellipse((240, 40, 560, 200), outline="#7a1f00", width=16)
    out = BytesIO()
    (picture.convert("RGB") if kind == "JPEG" else picture).save(out, kind)
    return out.getvalue()
