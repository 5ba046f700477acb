"""A copy of a file without its hidden data: beside the original, or not there at all."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from cases.actions import file_work
from cases.actions.case_files import files_of
from cases.actions.reading import office_thread, open_case
from cases.domain.attachments import NAME_SIZE, Attachment
from cases.domain.contents import FileWork
from cases.errors import StaleCase
from cases.models import Evidence
from reviewer.cleaned_copies import copied_name
from tests.support.case_files import case_with_files
from tests.support.html import Client, Page, text_of
from tests.support.office import Office
from tests.support.staff_steps import case_page
from tests.support.strange_files import CAMERA, photograph

Browser = Callable[[str], Client]


@pytest.fixture
def ingrid(browser: Browser) -> Client:
    return browser("ingrid")


def page_of(client: Client, office: Office, case_id: str, name: str) -> Page:
    """The page of the newest file with this name."""
    (file,) = [each for each in attached(office, case_id) if each.name == name]
    return client.get(f"/en/case/{case_id}/file/{file.object_name}/view")


def attached(office: Office, case_id: str) -> list[Attachment]:
    """Every file of a case."""
    with office.database.reading() as session:
        case = open_case(session, bytes.fromhex(case_id), office.signed_in("ingrid").keys)
        return [each.attachment for each in files_of(case, office_thread(session, case))]


def stored(office: Office) -> list[str]:
    """The state of every row of a file; raises where the store holds another object."""
    with office.database.reading() as session:
        rows = {row.id.hex(): row.state for row in session.scalars(select(Evidence))}
    assert {path.name for path in (office.home / "evidence").iterdir()} == set(rows)
    return sorted(rows.values())


def test_a_copy_lies_beside_its_original_and_hides_nothing(office: Office, ingrid: Client) -> None:
    photo = photograph()
    case_id = case_with_files(office, {"photo.jpg": photo})

    page = ingrid.submit(page_of(ingrid, office, case_id, "photo.jpg"), "/clean")

    assert page.heading.endswith("photo (cleaned).jpg")
    assert "The original is unchanged" in page.text
    assert CAMERA not in page.text
    assert "photo.jpg" in text_of(page.one("id", "course"))
    assert not [form for form in page.forms if form.action.endswith("/clean")]
    original, copy = attached(office, case_id)
    assert (copy.cleaned, copy.made_from) == (True, original.id)
    assert office.files()["photo.jpg"] == photo
    assert CAMERA.encode() not in office.files()["photo (cleaned).jpg"]
    assert office.steps() == [FileWork.CLEANED_COPY]
    assert stored(office) == ["kept", "kept"]
    before = page_of(ingrid, office, case_id, "photo.jpg")
    assert "photo (cleaned).jpg" in text_of(before.one("id", "course"))
    assert "photo (cleaned).jpg" in text_of(case_page(ingrid, case_id).one("id", "history"))


def test_pressed_twice_there_is_one_copy(office: Office, ingrid: Client) -> None:
    case_id = case_with_files(office, {"photo.jpg": photograph()})
    page = page_of(ingrid, office, case_id, "photo.jpg")

    first, second = (ingrid.submit(page, "/clean") for _ in range(2))

    assert second.url == first.url
    assert len(attached(office, case_id)) == 2
    assert stored(office) == ["kept", "kept"]


def test_what_cannot_be_cleaned_says_so_and_leaves_nothing(office: Office, ingrid: Client) -> None:
    case_id = case_with_files(office, {"a.exe": b"MZ\x90", "photo.jpg": photograph()})
    offered = page_of(ingrid, office, case_id, "photo.jpg")
    path = page_of(ingrid, office, case_id, "a.exe").url.replace("/view", "/clean")

    page = ingrid.post(path, {"csrf_token": offered.value("csrf_token")})

    assert "We cannot take hidden data out of this kind of file." in page.text
    assert stored(office) == ["kept", "kept"]


def test_a_copy_that_no_step_keeps_is_gone_with_the_request(
    office: Office, ingrid: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = case_with_files(office, {"photo.jpg": photograph()})
    page = page_of(ingrid, office, case_id, "photo.jpg")

    def refuse(*ignored: object) -> None:
        raise StaleCase

    # What a database does that fails in the middle of the view's transaction.
    monkeypatch.setattr(file_work, "note_step", refuse)
    answer = ingrid.submit(page, "/clean")

    assert answer.status == 409
    assert stored(office) == ["kept"]
    assert office.steps() == []


def test_a_store_that_fails_costs_the_copy_only(office: Office, ingrid: Client) -> None:
    case_id = case_with_files(office, {"photo.jpg": photograph()})
    page = page_of(ingrid, office, case_id, "photo.jpg")
    folder = office.home / "evidence"
    aside = folder.rename(office.home / "aside")

    folder.write_text("no folder")
    answer = ingrid.submit(page, "/clean")
    folder.unlink()
    Path(aside).rename(folder)

    assert answer.status == 503
    assert len(attached(office, case_id)) == 1
    assert office.steps() == []


def test_whoever_only_reads_makes_no_copy(office: Office, ingrid: Client, browser: Browser) -> None:
    case_id = case_with_files(office, {"photo.jpg": photograph()})
    page = page_of(ingrid, office, case_id, "photo.jpg")
    igor = browser("igor")
    token = igor.get("/en/").value("csrf_token")

    for path in ("/clean", "/scan"):
        assert igor.post(page.url.replace("/view", path), {"csrf_token": token}).status == 404
    assert stored(office) == ["kept"]


@pytest.mark.parametrize(
    ("name", "folder", "copied"),
    [
        ("photo.jpg", "", "photo (cleaned).jpg"),
        ("photo", "2025/may", "2025/may/photo (cleaned)"),
        ("a.tar.gz", "", "a.tar (cleaned).gz"),
        ("x" * (NAME_SIZE - 4) + ".jpg", "", "x" * (NAME_SIZE - 40) + " (cleaned).jpg"),
    ],
)
def test_a_copy_is_named_after_its_original(
    ingrid: Client, name: str, folder: str, copied: str
) -> None:
    file = Attachment(b"i" * 16, name, "", 1, b"k" * 32, b"d" * 32, folder)
    with ingrid.app.test_request_context("/en/", headers={"Accept-Language": "en"}):
        assert copied_name(file) == copied
