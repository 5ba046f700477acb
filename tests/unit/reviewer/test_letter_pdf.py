"""A letter as PDF: readable by a screen reader, the same each time, and nothing but its text."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel
from pypdf import PdfReader

import reviewer
from reviewer.letters.documents import (
    DatedStep,
    Letter,
    NoticeTo,
    RecordOfDates,
    paragraphs_of,
    pieces,
    printable,
)
from reviewer.letters.pdf import AddressRefused, Nothing, dates_pdf, letter_pdf

HOSTILE = (
    "<script>alert(1)</script> <img src=file:///etc/passwd> <b>& amp; {reference}\n\n"
    "</style></p> @import url(http://evil.test/x.css);\x00\x07\ud800\n\n😀 مرحبا שלום"
)


def a_letter(text: str, language: str = "nl", subject: str = "Uw klacht") -> Letter:
    return Letter(
        language=language,
        office="Ombuds <i>Test</i>",
        office_lines=("Straat 1", "1000 Brussel"),
        addressee=("Jan <b>Janssens</b>",),
        reference="OM.2026.0001",
        day=date(2026, 11, 23),
        subject=subject,
        paragraphs=paragraphs_of(text),
        signature="Ingrid Intake",
    )


def text_in(pdf: bytes) -> str:
    return " ".join(
        "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split()
    )


@pytest.fixture
def printing() -> Iterator[None]:
    """An application with the templates and translations, and nothing else of the console."""
    app = Flask("reviewer", root_path=str(Path(reviewer.__file__).parent))
    Babel(app)
    with app.app_context():
        yield


@pytest.mark.usefixtures("printing")
def test_a_letter_is_a_tagged_document_with_title_and_language() -> None:
    document = PdfReader(io.BytesIO(letter_pdf(a_letter("Eerste.\n\nTweede."))))

    root = document.trailer["/Root"]
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert document.metadata is not None
    assert document.metadata.title == "Uw klacht"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


@pytest.mark.usefixtures("printing")
def test_the_same_letter_is_the_same_bytes_at_any_moment() -> None:
    first, second = letter_pdf(a_letter("Eerste.")), letter_pdf(a_letter("Eerste."))

    metadata = PdfReader(io.BytesIO(first)).trailer["/Root"]["/Metadata"].get_object().get_data()
    assert first == second
    # Nothing in it tells when it was made.
    assert b"Date" not in first + metadata


@pytest.mark.usefixtures("printing")
def test_hostile_text_is_printed_as_text() -> None:
    pdf = letter_pdf(a_letter(HOSTILE, subject="<title>&"))

    text = text_in(pdf)
    assert "<script>alert(1)</script> <img src=file:///etc/passwd> <b>& amp; {reference}" in text
    assert "</style></p> @import url(http://evil.test/x.css);" in text
    assert "مرحبا" in text
    assert "Ombuds <i>Test</i>" in text
    assert "😀" in text
    assert "root:" not in text
    assert not [name for name in (b"/JavaScript", b"/EmbeddedFile", b"/URI") if name in pdf]


@pytest.mark.usefixtures("printing")
@pytest.mark.parametrize("text", ["x" * 20_000, "woord " * 3_333, "مرحبا " * 3_333, "a\n\n" * 600])
def test_a_long_text_fills_pages(text: str) -> None:
    pdf = letter_pdf(a_letter(text))

    assert len(PdfReader(io.BytesIO(pdf)).pages) > 1


def test_a_document_can_fetch_nothing() -> None:
    for address in ("file:///etc/passwd", "http://evil.test/", "data:text/plain,x", "relative"):
        with pytest.raises(AddressRefused):
            Nothing().fetch(address)


def test_long_words_are_cut_and_nothing_is_lost() -> None:
    text = f"kort {'x' * 130} en {'y' * 60} einde"

    assert "".join(pieces(text)) == text
    assert max(len(word) for piece in pieces(text) for word in piece.split()) == 60
    assert printable("a\x00b\ud800c\u200ed") == "abc\u200ed"


@pytest.mark.usefixtures("printing")
def test_a_certificate_says_the_days_and_who_was_told() -> None:
    record = RecordOfDates(
        language="fr",
        office="Ombuds Test",
        reference="OM.2026.0001",
        kind="Plainte",
        lodged_on=date(2026, 11, 1),
        steps=(DatedStep(date(2026, 11, 23), "acknowledge", "<Accusé>", NoticeTo.PERSON),),
        closed_on=None,
        issued_on=date(2026, 12, 1),
    )

    text = text_in(dates_pdf(record))

    for said in ("OM.2026.0001", "1er novembre 2026", "23 novembre 2026 <Accusé>", "Plainte"):
        assert said in text


@pytest.mark.usefixtures("printing")
@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_a_letter_prints_in_every_language(language: str) -> None:
    document = PdfReader(io.BytesIO(letter_pdf(a_letter("Hallo.", language))))

    assert document.trailer["/Root"]["/Lang"] == language
