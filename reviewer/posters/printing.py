"""From a sheet to its PDF, in its own language."""

from pathlib import Path

import segno
from flask import Flask
from markupsafe import Markup

import reviewer
from reviewer.letters.pdf import counted, filled
from reviewer.posters.addresses import as_typed, is_onion
from reviewer.posters.sheets import Kind, Sheet
from web import i18n

TEMPLATES = {
    Kind.POSTER: "posters/poster.html",
    Kind.LEAFLET: "posters/leaflet.html",
    Kind.CARDS: "posters/cards.html",
}
PAGES = {Kind.POSTER: 1, Kind.LEAFLET: 2, Kind.CARDS: 1}
# Of two cards each, as sheets of business cards are cut.
ROWS_OF_CARDS = 5
# Hundredths of the type that looks best: a longer language or name is printed a little smaller.
SIZES = (100, 95, 90, 85, 80)


class DoesNotFit(Exception):
    """No size of type that people can read brings the texts onto the paper."""


def printed(sheet: Sheet) -> bytes:
    """The PDF of a sheet; the same sheet gives the same bytes. Raises DoesNotFit."""
    with _templates().app_context():
        for size in SIZES:
            pdf, pages = counted(_filled(sheet, size))
            if pages == PAGES[sheet.kind]:
                return pdf
    raise DoesNotFit


def _filled(sheet: Sheet, size: int) -> str:
    return filled(
        TEMPLATES[sheet.kind],
        sheet.language,
        sheet=sheet,
        size=size,
        code=drawn,
        as_typed=as_typed,
        is_onion=is_onion,
        language_names=tuple(i18n.LANGUAGES.values()),
        rows=ROWS_OF_CARDS,
    )


def drawn(address: str, alternative: str) -> Markup:
    """A QR code as SVG that grows to its frame, with words for who cannot see it."""
    drawing = segno.make(address, error="m", micro=False)
    svg = drawing.svg_inline(
        border=4, light="#fff", dark="#000", omitsize=True, title=alternative, svgclass="qr"
    )
    return Markup(svg)  # noqa: S704 - made by segno, which escapes the title


def _templates() -> Flask:
    """An application with the templates and the translations, and nothing else of the console."""
    app = Flask("reviewer", root_path=str(Path(reviewer.__file__).parent), static_folder=None)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    i18n.configure(app)
    return app
