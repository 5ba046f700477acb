"""From a letter or a certificate to the bytes of a PDF, in memory and from nothing but its values.

Tagged for screen readers (PDF/UA-1), with title and language; the same input gives the same bytes.
"""

from threading import Lock
from typing import NoReturn

from flask import current_app
from flask_babel import force_locale

from cases.domain.day_words import day_in_words
from reviewer.letters.documents import Letter, RecordOfDates, pieces, printable
from reviewer.letters.weasyprint_quietly import HTML, URLFetcher

# Pango and fontconfig below WeasyPrint are not promised to be safe in several threads at once, and
# a letter takes a twentieth of a second.
_ONE_AT_A_TIME = Lock()
_VARIANT = "pdf/ua-1"


class AddressRefused(Exception):
    """A document asked for something outside itself."""


class Nothing(URLFetcher):
    """Fetches nothing: no file, no network, no data address."""

    def fetch(self, url: str, headers: object = None) -> NoReturn:
        """Raises AddressRefused, whatever the address."""
        raise AddressRefused


def letter_pdf(letter: Letter) -> bytes:
    """The letter on A4 pages, in its own language."""
    return laid_out(filled("letters/letter.html", letter.language, letter=letter))


def dates_pdf(record: RecordOfDates) -> bytes:
    """The certificate of a case's days."""
    return laid_out(filled("letters/dates.html", record.language, record=record))


def filled(template: str, language: str, **values: object) -> str:
    """A template of ours with these values, in this language: what `laid_out` takes."""
    with force_locale(language):
        # Not as a page: a document knows nothing of who asked for it.
        page = current_app.jinja_env.get_template(template).render(
            day=lambda day: day_in_words(day, language),
            pieces=pieces,
            **values,
        )
    return printable(page)


def laid_out(page: str) -> bytes:
    """The PDF of a filled template. Knows no request: it may be called after one."""
    return counted(page)[0]


def counted(page: str) -> tuple[bytes, int]:
    """The same, and how many pages it has."""
    with _ONE_AT_A_TIME:
        document = HTML(string=page, url_fetcher=Nothing()).render(pdf_variant=_VARIANT)
        return document.write_pdf(pdf_variant=_VARIANT), len(document.pages)
