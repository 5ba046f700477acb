"""The page of a file: what it is, how it came, what it hides; and its pages, drawn safely."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from inspection.findings import Failure
from reviewer.application import create_console
from reviewer.file_words import LOOKING_FAILED, SCANNING_FAILED, kind_text
from reviewer.virus_scan import ScanFailure
from tests.support.case_files import case_with_files
from tests.support.clamd import EICAR, FOUND_AS, LARGEST_TAKEN, clamd
from tests.support.compiled_templates import CompiledTemplates
from tests.support.html import Client, Page, text_of
from tests.support.office import Office
from tests.support.page_rules import FILE_SECURITY_POLICY, PNG_SIGNATURE
from tests.support.staff_steps import case_page, sign_in
from tests.support.strange_files import CAMERA, HTML, MARK, SVG, bomb, pdf, photograph
from web.services import build_services
from web.settings import Audience, Limits

Browser = Callable[[str], Client]


@pytest.fixture
def ingrid(browser: Browser) -> Client:
    return browser("ingrid")


def file_page(client: Client, case_id: str, name: str) -> Page:
    """Follow the link of a file on the page of its case."""
    page = case_page(client, case_id)
    links = [each for each in page.document.iter("a") if text_of(each) == name]
    (address,) = {each.get("href", "") for each in links}
    return client.get(address)


def section(page: Page, id: str) -> str:
    """The text of one box."""
    return text_of(page.one("id", id))


def test_a_photograph_is_shown_with_what_it_hides(office: Office, ingrid: Client) -> None:
    photo = photograph()
    page = file_page(ingrid, case_with_files(office, {"photo.jpg": photo}), "photo.jpg")

    assert page.heading.endswith("photo.jpg")
    assert "Picture (image/jpeg)" in page.text
    assert sha256(photo).hexdigest() in page.text
    assert "Sent or made by The person" in page.text
    hidden = section(page, "hidden")
    assert CAMERA in hidden
    assert "GPSLatitude" in hidden
    assert hidden.index("Where") < hidden.index("Which device")
    assert "Came with message 1" in section(page, "course")
    assert "does not fit" not in page.text


def test_the_pages_of_a_document_are_pictures_drawn_here(office: Office, ingrid: Client) -> None:
    page = file_page(ingrid, case_with_files(office, {"contract.pdf": pdf(3)}), "contract.pdf")
    address = page.url.removesuffix("/view")

    first = ingrid.get(f"{address}/page/1")
    (picture,) = first.document.iter("img")
    assert picture.get("alt") == "Page 1 of 3 of contract.pdf"
    assert not first.all("rel", "prev")
    (following,) = first.all("rel", "next")
    second = ingrid.get(following.get("href", ""))
    assert second.heading.startswith("Page 2 of 3")
    assert len(second.all("rel", "prev")) == len(second.all("rel", "next")) == 1

    drawn = ingrid.get(picture.get("src", "")).response
    assert drawn.data.startswith(PNG_SIGNATURE)
    assert drawn.headers["Content-Security-Policy"] == FILE_SECURITY_POLICY
    for gone in ("page/0", "page/4", "page/4.png", "page/0.png"):
        assert ingrid.get(f"{address}/{gone}").status == 404


@pytest.mark.parametrize(
    ("name", "content", "type_shown", "fits"),
    [
        ("page.jpg", HTML, "text/html", False),
        ("drawing.svg", SVG, "image/svg+xml", True),
        ("drawing.png", SVG, "image/svg+xml", False),
        ("script.pdf", pdf(1, script=True), "application/pdf", True),
    ],
    ids=["html", "svg", "svg as png", "pdf with script"],
)
def test_a_hostile_file_is_named_and_never_shown_as_what_it_is(
    office: Office, ingrid: Client, name: str, content: bytes, type_shown: str, fits: bool
) -> None:
    page = file_page(ingrid, case_with_files(office, {name: content}), name)
    preview = ingrid.get(page.url.replace("/view", "/page/1"))

    # Every page was checked already: no script, no handler, no frame.
    assert type_shown in page.text
    assert ("The content does not fit the name" in page.text) is not fits
    assert preview.status == 200
    for answer in (page.source, preview.source):
        assert f"<script>alert('{MARK}" not in answer
        assert "<svg xmlns" not in answer
    saved = ingrid.get(page.url.removesuffix("/view")).response
    assert saved.mimetype == "application/octet-stream"
    assert saved.headers["Content-Disposition"].startswith("attachment")


def test_what_cannot_be_looked_into_can_still_be_saved(office: Office, ingrid: Client) -> None:
    case_id = case_with_files(office, {"huge.png": bomb(), "broken.pdf": b"%PDF-1.7 broken"})

    for name, said in (("huge.png", Failure.TOO_LARGE), ("broken.pdf", Failure.BROKEN)):
        page = file_page(ingrid, case_id, name)
        assert str(LOOKING_FAILED[said]) in section(page, "hidden"), name
        assert not [form for form in page.forms if form.action.endswith("/clean")]
        preview = ingrid.get(page.url.replace("/view", "/page/1"))
        assert str(LOOKING_FAILED[said]) in preview.text
        assert not list(preview.document.iter("img"))
        assert ingrid.get(page.url.replace("/view", "/page/1.png")).status == 404
        assert ingrid.get(page.url.removesuffix("/view")).status == 200


def test_a_name_that_turns_around_is_shown_straight(office: Office, ingrid: Client) -> None:
    name = "report\u202egpj.exe"
    page = file_page(ingrid, case_with_files(office, {name: b"MZ\x90"}), "report gpj.exe")

    assert "\u202e" not in page.source
    assert "A program. Do not open it." in page.text


def test_a_file_over_the_limit_costs_no_process(
    office: Office, compiled_console: CompiledTemplates
) -> None:
    app = create_console(office.services(Audience.CONSOLE, Limits(inspected=100)))
    app.jinja_env.bytecode_cache = compiled_console
    small = Client(app)
    sign_in(small, office, "ingrid")

    page = file_page(small, case_with_files(office, {"photo.jpg": photograph()}), "photo.jpg")

    assert "too large" in section(page, "hidden")
    assert "Not known: nobody looked into it" in page.text


def test_the_page_of_a_file_is_for_whoever_holds_the_case(
    office: Office, ingrid: Client, browser: Browser
) -> None:
    page = file_page(ingrid, case_with_files(office, {"a.txt": b"a text"}), "a.txt")
    igor = browser("igor")

    for path in ("/view", "/page/1", "/page/1.png"):
        address = page.url.replace("/view", path)
        assert igor.get(address).status == 404
        assert ingrid.get(address[:40] + "0" * 32 + address[72:]).status == 404
    shown = ingrid.get(page.url.replace("/view", "/page/1"))
    assert "a text" in shown.text
    # A text is no picture.
    assert ingrid.get(page.url.replace("/view", "/page/1.png")).status == 404


def test_all_files_of_a_case_stand_in_one_list(office: Office, ingrid: Client) -> None:
    case_id = case_with_files(office, {"a.txt": b"a", "b.txt": b"b"})

    listed = text_of(case_page(ingrid, case_id).one("id", "all-files"))

    assert "a.txt" in listed
    assert "b.txt" in listed
    assert listed.count("The person") == 2


@pytest.fixture(scope="module")
def scanner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with clamd(tmp_path_factory.mktemp("clamd")) as socket:
        yield socket


ConsoleWith = Callable[[Path], Client]


@pytest.fixture
def console_with(office: Office, compiled_console: CompiledTemplates) -> ConsoleWith:
    """The browser of a person at a console with this scanner."""

    def signed_in(socket: Path) -> Client:
        settings = replace(office.settings(Audience.CONSOLE), clamav_socket=socket)
        app = create_console(build_services(settings, office.database, office.clock))
        app.jinja_env.bytecode_cache = compiled_console
        client = Client(app)
        sign_in(client, office, "ingrid")
        return client

    return signed_in


def test_a_virus_is_marked_wherever_its_file_is_listed(
    office: Office, console_with: ConsoleWith, scanner: Path
) -> None:
    client = console_with(scanner)
    case_id = case_with_files(office, {"bad.txt": EICAR, "good.txt": b"good"})

    found = client.submit(file_page(client, case_id, "bad.txt"), "/scan")
    clean = client.submit(file_page(client, case_id, "good.txt"), "/scan")

    assert "The file was scanned" in found.text
    assert "A virus scanner found something in this file" in found.text
    assert FOUND_AS in section(found, "course")
    assert "Nothing was found" in section(clean, "course")
    case = case_page(client, case_id)
    marks = [text_of(each) for each in case.all("class", "tag--refused")]
    # With its message, in the list of all files and in the history.
    assert marks == ["A virus was found"] * 3


def test_a_scanner_that_cannot_answer_stops_nobody(
    office: Office, console_with: ConsoleWith, scanner: Path, tmp_path: Path
) -> None:
    down = console_with(tmp_path / "nobody")
    case_id = case_with_files(office, {"a.txt": b"a", "large": bytes(LARGEST_TAKEN + 1)})

    page = down.submit(file_page(down, case_id, "a.txt"), "/scan")
    assert str(SCANNING_FAILED[ScanFailure.DOWN]) in page.text
    there = console_with(scanner)
    page = there.submit(file_page(there, case_id, "large"), "/scan")
    assert str(SCANNING_FAILED[ScanFailure.TOO_LARGE]) in page.text
    assert "Scanned for viruses" not in section(page, "course")


def test_without_a_scanner_the_page_says_so(office: Office, ingrid: Client) -> None:
    page = file_page(ingrid, case_with_files(office, {"a.txt": b"a"}), "a.txt")

    assert "No virus scanner is set up here." in section(page, "viruses")
    assert not [form for form in page.forms if form.action.endswith("/scan")]


def test_every_failure_has_its_sentence(office: Office) -> None:
    assert set(LOOKING_FAILED) == set(Failure)
    assert set(SCANNING_FAILED) == set(ScanFailure)


@pytest.mark.parametrize(
    ("media_type", "words"),
    [
        ("image/heic", "Picture"),
        ("application/octet-stream", "Nobody knows this kind of file"),
        ("application/vnd.ms-word.document.macroEnabled.12", "Office document that can hold"),
        ("font/ttf", "Another kind of file"),
    ],
)
def test_a_kind_of_file_has_words(ingrid: Client, media_type: str, words: str) -> None:
    with ingrid.app.test_request_context("/en/", headers={"Accept-Language": "en"}):
        assert str(kind_text(media_type)).startswith(words)
