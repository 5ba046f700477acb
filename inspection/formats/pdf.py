"""PDF documents: pages drawn by PDFium, hidden data read and left out with qpdf.

PDFium is built without a JavaScript engine, and its form module, which runs actions, is never
started.
"""

from collections.abc import Iterator
from math import isfinite

import pypdfium2
from pypdfium2 import PdfiumError

from inspection.findings import Failure, Hidden, InspectionFailed, Page, Pixels
from inspection.formats import pdf_cleaning, pdf_metadata
from inspection.wire import EDGE_PIXELS, PAGES

# PDFium's word for a document that wants a password (fpdfview.h: FPDF_ERR_PASSWORD).
_WANTS_PASSWORD = 4
# A stamp is not blown up to a poster.
_LARGEST_SCALE = 4.0
# Points; PDF allows 14,400 (ISO 32000-1, annex C), what is far beyond is an attack.
_LARGEST_SIDE = 10_000_000.0


def hidden(data: bytes) -> Iterator[Hidden]:
    """Document data, attachments, scripts and other actions, authors of notes, signatures,
    metadata of its pictures."""
    with pdf_cleaning.opened(data) as document:
        yield from pdf_metadata.rows(document, data)


def cleaned(data: bytes) -> bytes | None:
    """The same pages without all that; links to web pages stay."""
    return pdf_cleaning.cleaned(data)


def pages(data: bytes) -> int:
    """Its pages."""
    with _drawable(data) as document:
        return min(len(document), PAGES)


def page(data: bytes, number: int) -> Page:
    """At most 1,600 points wide and high; notes are drawn, forms are not started."""
    with _drawable(data) as document:
        shown = document[number]
        width, height = shown.get_size()
        longest = max(width, height)
        if not (isfinite(longest) and min(width, height) > 0 and longest < _LARGEST_SIDE):
            raise InspectionFailed(Failure.BROKEN)
        # One less, since PDFium rounds up.
        scale = min((EDGE_PIXELS - 1) / longest, _LARGEST_SCALE)
        picture = shown.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        return Pixels(picture.width, picture.height, picture.tobytes())


def _drawable(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except PdfiumError as error:
        wants_password = getattr(error, "err_code", None) == _WANTS_PASSWORD
        failure = Failure.UNSUPPORTED if wants_password else Failure.BROKEN
        raise InspectionFailed(failure) from error
