"""Posters, leaflets and cards: in every language, on their paper, with codes that lead there."""

import io
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from babel.support import Translations
from pypdf import PdfReader

from cases.domain.reference import LANGUAGES
from reviewer.posters.addresses import as_typed, is_public
from reviewer.posters.printing import DoesNotFit, printed
from reviewer.posters.sheets import HOUSE_INK, Ink, Kind, Paper, Sheet, from_bytes, to_bytes
from web.i18n import TRANSLATIONS

ROOT = Path(__file__).parents[3]
SITE = "https://meld.ombuds.example"
# The onion service of the Tor Project.
ONION = "http://2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid.onion"
MILLIMETRES = 25.4 / 72
TOKEN = re.compile(r"(--[a-z-]+): (#[0-9a-f]{6});")

SAID = {
    Kind.POSTER: ("Ask for protection", "What happens next?", "We answer."),
    Kind.LEAFLET: ("Ask for protection", "Who reads it?", "Other deadlines keep running"),
    Kind.CARDS: ("Confidential and free. To report, you need no name.",),
}
SAID_BY_ALL = (
    "Something wrong at a public service?",
    "Report fraud or abuse",
    "Complain about a public service",
)


def sheet(kind: Kind, language: str = "nl", **more: str) -> Sheet:
    values = {"office": "Ombuds <b>Test</b>", "address": SITE, "onion": "", **more}
    paper = Paper(values.pop("paper", "a4"))
    return Sheet(kind, paper, language, office_lines=("Straat 1", "1000 Brussel"), **values)


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def text_in(pdf: bytes) -> str:
    return plain("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def codes_in(pdf: bytes) -> list[str]:
    """What a phone reads in the printed pages."""
    pages = pypdfium2.PdfDocument(pdf)
    pictures = [page.render(scale=2, grayscale=True).to_pil() for page in pages]
    return [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [Kind.POSTER, Kind.LEAFLET])
def test_a_sheet_says_it_in_its_language_and_its_codes_lead_there(
    kind: Kind, language: str
) -> None:
    words = Translations.load(TRANSLATIONS, [language])

    pdf = printed(sheet(kind, language, onion=ONION))

    said = text_in(pdf)
    for text in (*SAID_BY_ALL, *SAID[kind]):
        assert plain(words.gettext(text)) in said
    assert "Ombuds <b>Test</b>" in said
    assert "1000 Brussel" in said
    assert "meld.ombuds.example" in said
    assert as_typed(ONION) in said.replace(" ", "")
    assert sorted(codes_in(pdf)) == [ONION, SITE]
    assert PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/Lang"] == language


def test_ten_cards_are_on_a_sheet() -> None:
    words = Translations.load(TRANSLATIONS, ["de"])

    pdf = printed(sheet(Kind.CARDS, "de"))

    said = text_in(pdf)
    for text in (*SAID_BY_ALL, *SAID[Kind.CARDS]):
        assert said.count(plain(words.gettext(text))) == 10
    assert codes_in(pdf) == [SITE] * 10


@pytest.mark.parametrize(
    ("kind", "paper", "pages", "size"),
    [
        (Kind.POSTER, "a3", 1, (297, 420)),
        (Kind.LEAFLET, "a4", 2, (148, 210)),
    ],
)
def test_it_fills_its_paper(kind: Kind, paper: str, pages: int, size: tuple[int, int]) -> None:
    found = PdfReader(io.BytesIO(printed(sheet(kind, paper=paper)))).pages

    assert len(found) == pages
    box = found[0].mediabox
    assert (round(box.width * MILLIMETRES), round(box.height * MILLIMETRES)) == size


def test_a_long_name_is_printed_smaller_and_one_that_cannot_be_read_is_refused() -> None:
    long = "Ombudsdienst für die Kontrolle der ganzen Verwaltung in allen Gemeinden der Region"

    pdf = printed(sheet(Kind.CARDS, "de", office=long))

    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    assert text_in(pdf).count(long) == 10
    with pytest.raises(DoesNotFit):
        printed(sheet(Kind.CARDS, "de", office=" ".join([long] * 4)))


def test_a_code_has_words_for_who_cannot_see_it_and_printing_again_changes_nothing() -> None:
    first = printed(sheet(Kind.POSTER, "en"))

    tree = PdfReader(io.BytesIO(first))
    alternatives = [
        found["/Alt"]
        for number in range(1, len(tree.xref[0]) + len(tree.xref_objStm) + 1)
        if isinstance(found := tree.get_object(number), dict) and "/Alt" in found
    ]
    assert alternatives == [f"QR code of {SITE}"]
    assert printed(sheet(Kind.POSTER, "en")) == first


def test_a_sheet_travels_whole_to_the_process_that_prints_it() -> None:
    sent = sheet(Kind.LEAFLET, "fr", onion=ONION)

    assert from_bytes(to_bytes(sent)) == sent


@pytest.mark.parametrize(
    "address",
    [SITE, f"{SITE}/", f"{SITE}:8443/nl", ONION, f"{ONION}/"],
)
def test_an_address_that_people_can_open_is_printed(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "meld.ombuds.example",
        "http://meld.ombuds.example",
        "https://localhost",
        "http://127.0.0.1:8000",
        "https://user@meld.ombuds.example",
        "https://meld.ombuds.example/?a=1",
        "https://meld.ombuds.example/ two",
        # One letter of the name is wrong.
        ONION.replace("wid.onion", "wia.onion"),
        ONION.replace("2gz", "gz"),
        "http://short.onion",
    ],
)
def test_an_address_that_nobody_can_open_is_not_printed(address: str) -> None:
    assert not is_public(address)


def test_the_colours_are_those_of_the_house() -> None:
    screen = (ROOT / "web/static/zegel.css").read_text()
    paper = (ROOT / "reviewer/templates/posters/print.css").read_text()

    light = dict(TOKEN.findall(screen[: screen.index("@media")]))
    assert dict(TOKEN.findall(paper)).items() <= light.items()
    assert (
        Ink(light["--brand"], light["--on-brand"], light["--accent"], light["--info"]) == HOUSE_INK
    )


def test_an_office_prints_in_colours_of_its_own() -> None:
    pink = Ink(brand="#ffd6e8", on_brand="#000000", accent="#7a003c", words="#7a1f00")
    own = replace(sheet(Kind.POSTER), ink=pink)

    (page,) = pypdfium2.PdfDocument(printed(from_bytes(to_bytes(own))))
    picture = page.render().to_pil().convert("RGB")

    counted = picture.getcolors(picture.width * picture.height) or []
    shown = {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in counted}
    assert {pink.brand, pink.words, pink.accent} <= shown
    assert HOUSE_INK.brand not in shown
