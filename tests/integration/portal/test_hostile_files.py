"""What strangers send as files: each ends in a clear page or in a harmless file."""

import unicodedata
from urllib.parse import unquote

import pytest

from portal.application import create_portal
from tests.support.compiled_templates import CompiledTemplates
from tests.support.html import Client, File, Page
from tests.support.multipart_body import Part, encoded_form
from tests.support.office import Office
from tests.support.portal_steps import add_files, code_on, listed_files, open_mailbox
from web.settings import Audience, Limits
from web.uploads import ATTACH

SENT = {"what": "Paper clips vanish."}
HTML = b"<script>document.location = 'https://evil.example'</script>"
TINY = 10_000
FILE = "/mailbox/file/"

# As a stranger writes it, and as the office sees it.
NAMES = {
    "../../../etc/passwd": "etc/passwd",
    "..\\..\\boot.ini": "boot.ini",
    "/etc/shadow": "etc/shadow",
    "a/../../b.txt": "a/b.txt",
    "photo\u202egpj.exe": "photo gpj.exe",
    "\u2066turned\u2069\u200b.pdf": "turned .pdf",
    "cut\0off.jpg": "cut off.jpg",
    "bell\a and \x1b[31mred.txt": "bell and [31mred.txt",
    "two\r\nContent-Type: text/html\r\n\r\nlines.txt": "two Content-Type text/html lines.txt",
    "\"><img src=x onerror='alert(1)'>.png": "img src=x onerror='alert(1)' .png",
    "{{ 7 + 7 }}.txt": "{{ 7 + 7 }}.txt",
    "....": "file",
    "n" * 10_000 + ".txt": "n" * 200,
    "/".join(["deep"] * 400) + "/leaf.txt": "/".join(["deep"] * 8) + "/leaf.txt",
}


def form_of(client: Client) -> Page:
    return client.get("/en/report")


def send(client: Client, parts: list[Part], longer: int = 0) -> Page:
    """Send parts of our own making, after the fields that a page carries."""
    fields = form_of(client).form("/report").filled(SENT)
    own = [Part(name, value.encode()) for name, value in fields.items(multi=True)]
    body, kind = encoded_form([*own, *parts])
    return client.post("/en/report", body, None, kind, len(body) + longer)


def test_no_name_leads_out_of_its_folder_or_hides_what_it_is(
    client: Client, office: Office
) -> None:
    files: list[File] = [
        (name, str(number).encode(), "text/plain") for number, name in enumerate(NAMES)
    ]

    page = add_files(client, form_of(client), "/report", *files, **SENT)
    client.submit(page, "/report", SENT)

    kept = office.files()
    assert listed_files(page) == list(NAMES.values()) == list(kept)
    assert list(kept.values()) == [content for _, content, _ in files]
    for path in kept:
        assert not any(unicodedata.category(letter).startswith("C") for letter in path)
        assert not {"", ".", ".."} & set(path.split("/"))


def test_a_page_that_is_named_like_a_picture_comes_back_as_bytes_to_save(
    client: Client, office: Office
) -> None:
    page = client.submit(form_of(client), "/report", SENT, files=[("photo.jpg", HTML, "text/html")])
    mailbox = open_mailbox(client, code_on(page))
    (link,) = [found for each in mailbox.all("href") if FILE in (found := each.get("href", ""))]

    answer = client.get(link).response

    assert answer.data == HTML
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert (
        unquote(answer.headers["Content-Disposition"]) == "attachment; filename*=UTF-8''photo.jpg"
    )


def test_ten_thousand_tiny_files_are_too_many_and_cost_no_words(
    office: Office, compiled_portal: CompiledTemplates
) -> None:
    portal = create_portal(office.services(Audience.PORTAL, Limits(file_count=5)))
    portal.jinja_env.bytecode_cache = compiled_portal
    client = Client(portal)

    page = send(client, [Part("files", b"x", f"{number}.txt") for number in range(TINY)])

    assert page.status == 413
    assert "5" in page.text
    assert SENT["what"] in page.text
    assert (office.facts(), office.pending_files()) == ([], 0)


def test_a_field_that_comes_twice_is_told_and_loses_nothing(client: Client, office: Office) -> None:
    page = send(client, [Part("what", b"Another story."), Part("files", b"one", "a.txt")])

    assert page.status == 422
    assert "sent this answer twice" in page.text
    assert page.value("what").splitlines() == [SENT["what"], "Another story."]
    assert listed_files(page) == ["a.txt"]
    assert office.facts() == []


def test_files_of_one_name_and_in_any_field_are_files(client: Client, office: Office) -> None:
    parts = [
        Part("what", b"one", "same.txt"),
        Part("files", b"two", "same.txt"),
        Part("files", b"words where a file goes"),
        Part("", b"three", "of no field.txt"),
    ]

    page = send(client, [*parts, Part(ATTACH, b"yes")])
    client.submit(page, "/report", SENT)

    assert listed_files(page) == ["same.txt", "same.txt", "of no field.txt"]
    assert len(office.facts()) == 1
    assert office.pending_files() == 0


BROKEN = {
    "a name of 20 kB": ([Part("files", b"x", "n" * 20_000)], 0, 413),
    "five megabytes of text": ([Part("what", b"w" * 5 * 1024 * 1024)], 0, 413),
    "a thousand fields and more": ([Part("what", b"")] * 20_001, 0, 413),
    "less than announced": ([Part("files", b"x", "a.txt")], 1000, 400),
}


@pytest.mark.parametrize(("parts", "longer", "status"), BROKEN.values(), ids=BROKEN.keys())
def test_what_cannot_be_read_has_a_page_and_leaves_nothing(
    client: Client, office: Office, parts: list[Part], longer: int, status: int
) -> None:
    page = send(client, [Part("files", b"whole", "whole.txt"), *parts], longer)

    assert page.status == status
    assert page.heading
    assert (office.facts(), office.pending_files()) == ([], 0)


def test_what_is_no_form_at_all_has_a_page(client: Client) -> None:
    kind = "multipart/form-data; boundary=zz"

    page = client.post("/en/report", b"canary " * 100_000, content_type=kind)

    assert page.status == 400
    assert page.form("/report")
