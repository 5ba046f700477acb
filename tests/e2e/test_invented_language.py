"""A language is data: the pages in an invented one, accented, longer and from right to left."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from cases.domain.reference.files import shipped_tables
from crypto.words import words_for
from tests.support.axe import NARROW, sideways
from tests.support.browser import HEIGHT, WIDTH, Windows
from tests.support.html import text_of
from tests.support.office import NAME, PEOPLE
from tests.support.page_rules import parse
from tests.support.plain_words import plain_words
from tests.support.portal_steps import COMPLAINT
from tests.support.pseudo_language import CODE, program_with_it, pseudo
from web.i18n import LANGUAGES

CODE_MARK = "data-receipt-code"
LINK = '<link rel="stylesheet" href="/static/zegel.css">'
# Whatever a reader sees of it stands outside the window.
CUT = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(each => {
    const box = each.getBoundingClientRect()
    return box.width > 1 && box.height > 1 && (box.left < -1 || box.right > innerWidth + 1)
        && !each.closest('.visually-hidden, .skip-link')
}).map(each => each.outerHTML.slice(0, 160))"""
TURN = "direction => { document.documentElement.dir = direction }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The main pages as a program with one more language writes them."""
    program, target = tmp_path_factory.mktemp("program"), tmp_path_factory.mktemp("pages")
    program_with_it(program)
    command = [sys.executable, "-m", "tests.support.pseudo_pages", str(target)]
    subprocess.run(command, cwd=program, check=True)
    return target


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, str]:
    """Each page by its name, as sent."""
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.html"))}


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    windows = Windows(browser)
    yield windows.open(scripts=True)
    windows.close()
    assert windows.faults == []


def names() -> set[str]:
    """What stays as it is in every language."""
    people = {word for person in PEOPLE for word in (person.login, person.name)}
    lists = {
        value.strip()
        for rows in shipped_tables().values()
        for row in rows.values()
        for value in row.values()
        if len(value.strip()) > 1
    }
    written = {str(COMPLAINT["problem"]), "Paper clips vanish."}
    return {NAME, "Zegel"} | people | lists | written | set(LANGUAGES.values())


def test_a_language_is_added_by_a_folder_and_a_line(pages: dict[str, str]) -> None:
    assert CODE not in LANGUAGES
    assert len(pages) > 40
    for page in pages.values():
        root = parse(page)
        assert (root.get("lang"), root.get("dir")) == (CODE, "rtl")
    assert pseudo("Can we help you?") in text_of(parse(pages["01_ur_check"]))


def test_a_language_without_a_word_list_has_english_receipt_codes(pages: dict[str, str]) -> None:
    receipts = [parse(page) for page in pages.values() if CODE_MARK in page]
    shown = [
        each for page in receipts for each in page.iter() if "data-receipt-code" in each.attrib
    ]

    assert len(shown) == 2
    for code in shown:
        assert set(text_of(code).split()) <= set(words_for("en"))


def test_every_text_of_the_pages_can_be_translated(pages: dict[str, str]) -> None:
    known = names()
    found = {name: plain_words(parse(page), known) for name, page in pages.items()}

    assert {name: texts for name, texts in found.items() if texts} == {}


def test_a_planted_english_text_is_found() -> None:
    page = f'<!doctype html><html lang="{CODE}"><title>x</title><p>Ķééþþþ</p><p>Keep it</p></html>'

    assert plain_words(parse(page), {"nothing"}) == ["Keep it"]


def test_longer_words_from_either_side_run_over_no_edge(
    pages: dict[str, str], folder: Path, window: Page
) -> None:
    style = f"<style>{(folder / 'style.css').read_text('utf-8')}</style>"
    faults = []
    for name, page in pages.items():
        assert LINK in page
        window.set_content(page.replace(LINK, style))
        for width in (WIDTH, NARROW):
            window.set_viewport_size({"width": width, "height": HEIGHT})
            for direction in ("ltr", "rtl"):
                window.evaluate(TURN, direction)
                if sideways(window) or window.evaluate(CUT):
                    faults.append((name, width, direction, window.evaluate(CUT)[:2]))

    assert faults == []
