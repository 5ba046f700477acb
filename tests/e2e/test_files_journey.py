"""A person's way with files on the served portal, in Chromium: with scripts and without.

The windows with scripts keep the pages' policy: the one script of ours must run under it.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.support.axe import faults_of, sideways
from tests.support.browser import Windows
from tests.support.office import Office
from tests.support.office_home import office_home
from tests.support.pages import PortalPages, fill, submit, words_of
from tests.support.served import PORTAL, Served, serve
from tests.support.uploading import wait_until

MIB = 1024 * 1024
WHAT = "Paper clips vanish, and nobody asks."
LETTER = ("letter.txt", b"Dear colleague,\r\nno.\r\n")
TABLE = ("table.csv", bytes(range(256)) * 3)
DEEP = ("invoices/2025/march.csv", b"a;b\n1;2\n")
FLAT = ("invoices/list.csv", b"c;d\n")
HELD_UP = "Look at your files first"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_home(tmp_path_factory.mktemp("files") / "home") as founded:
        yield founded


@pytest.fixture(scope="module")
def portal(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serve(PORTAL, office.home, tmp_path_factory.mktemp("logs")) as served:
        yield served


@pytest.fixture
def visitor(windows: Windows, portal: Served) -> PortalPages:
    """Somebody without scripts, as in Tor Browser at its safest level."""
    return PortalPages(windows.open(), portal.url)


@pytest.fixture
def scripted(windows: Windows, portal: Served) -> PortalPages:
    """Somebody whose browser runs the script of a page, under the page's own policy."""
    return PortalPages(windows.open(scripts=True, policy_kept=True), portal.url)


def written(folder: Path, *files: tuple[str, bytes]) -> list[Path]:
    """Files on the person's disk."""
    paths = [folder / name for name, _ in files]
    for path, (_, content) in zip(paths, files, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return paths


def photo_that_tells_where() -> bytes:
    """A JPEG with the camera's name and a place in it."""
    exif = Image.Exif()
    exif[0x0110] = "Canary 3000"
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 50.0, 50.0), 3: "E", 4: (4.0, 21.0, 9.0)})
    into = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(into, "JPEG", exif=exif)
    return into.getvalue()


def listed(form: Locator) -> list[str]:
    """The paths in the form's list."""
    return form.locator(".files__file > span:first-child > bdi").all_text_contents()


def add(form: Locator) -> None:
    """Press the button that adds files, without a script."""
    with form.page.expect_navigation():
        form.get_by_role("button", name="Add these files").click()


def saved(page: Page) -> dict[str, bytes]:
    """Every file that the mailbox links to, saved."""
    found = {}
    for link in page.locator(".files__list a").all():
        with page.expect_download() as download:
            link.click()
        found[link.inner_text()] = download.value.path().read_bytes()
    return found


def objects(office: Office) -> set[str]:
    """Everything in the store, unfinished objects too."""
    return {path.name for path in (office.home / "evidence").glob("*")}


def test_files_and_a_folder_go_with_a_report_and_come_back_whole(
    visitor: PortalPages, office: Office, tmp_path: Path
) -> None:
    two = written(tmp_path, LETTER, TABLE)
    written(tmp_path, DEEP, FLAT)
    visitor.go("/report")
    form = visitor.form("/report")
    form.locator("#files-chosen").set_input_files(two)
    form.locator("#files-folder").set_input_files(tmp_path / "invoices")
    fill(form, {"what": WHAT})
    add(form)
    assert sorted(listed(form)) == sorted([LETTER[0], TABLE[0], DEEP[0], FLAT[0]])
    assert form.locator("[name=what]").input_value() == WHAT

    assert submit(form).status == 200, words_of(visitor.page)
    visitor.open_mailbox(visitor.code)
    files = dict((LETTER, TABLE, DEEP, FLAT))
    assert saved(visitor.page) == files

    message = visitor.form("/mailbox/message")
    message.locator("#files-chosen").set_input_files(written(tmp_path, ("more.bin", b"\0\xff")))
    assert submit(message).status == 200
    assert "Your message was sent" in words_of(visitor.page)
    files["more.bin"] = b"\0\xff"
    assert saved(visitor.page) == files
    assert office.files() == files


def test_a_cleaned_photo_no_longer_tells_where_it_was_taken(
    visitor: PortalPages, office: Office, tmp_path: Path
) -> None:
    (photo, secret) = written(
        tmp_path, ("photo.jpg", photo_that_tells_where()), ("secret.bin", b"\1\2\3")
    )
    visitor.go("/report")
    form = visitor.form("/report")
    form.locator("#files-chosen").set_input_files([photo, secret])
    form.locator("[name=clean]").check()
    fill(form, {"what": WHAT})

    submit(form)
    assert HELD_UP in words_of(visitor.page), words_of(visitor.page)
    rows = form.locator(".files__file").all_inner_texts()
    assert "Hidden data was taken out." in rows[0]
    assert "cannot take hidden data out of this kind of file" in rows[1]
    assert submit(form).status == 200
    visitor.open_mailbox(visitor.code)

    assert "hidden data was taken out" in words_of(visitor.page)
    theirs = saved(visitor.page)["photo.jpg"]
    assert theirs == office.files()["photo.jpg"]
    before, after = (Image.open(io.BytesIO(each)) for each in (photo.read_bytes(), theirs))
    assert (dict(before.getexif()) != {}, dict(after.getexif())) == (True, {})
    assert before.size == after.size
    assert b"Canary" not in theirs


def slow_line(page: Page, rate: int) -> None:
    """Send no more than this many bytes in a second from now on."""
    conditions = {"offline": False, "latency": 0, "downloadThroughput": -1}
    page.context.new_cdp_session(page).send(
        "Network.emulateNetworkConditions", {**conditions, "uploadThroughput": rate}
    )


def test_a_script_shows_how_far_it_is_and_stops_it(
    scripted: PortalPages, office: Office, tmp_path: Path
) -> None:
    before = objects(office)
    large, small = written(tmp_path, ("large.bin", b"x" * 12 * MIB), LETTER)
    scripted.go("/report")
    page, form = scripted.page, scripted.form("/report")
    slow_line(page, 4 * MIB)
    fill(form, {"what": WHAT})
    form.locator("#files-chosen").set_input_files(large)

    form.get_by_role("button", name="Send the report").click()
    bar, stop = form.locator("progress"), form.get_by_role("button", name="Stop")
    expect(form.get_by_role("button", name="Send the report")).to_be_disabled()
    expect(stop).to_be_focused()
    expect(page.get_by_label("Your files are on their way.")).to_be_visible()
    wait_until(lambda: 0 < float(bar.get_attribute("value") or bar.evaluate("b => b.value")) < 90)
    stop.click()

    expect(form.locator("[data-files-message]")).to_have_text(
        "Stopped. These files were not added."
    )
    expect(bar).to_be_hidden()
    wait_until(lambda: office.pending_files() == 0 and objects(office) == before)
    assert page.url.endswith("/en/report")
    assert form.locator("[name=what]").input_value() == WHAT

    form.locator("#files-chosen").set_input_files(small)
    with page.expect_response(re.compile("/en/report$")) as added, page.expect_navigation() as sent:
        form.get_by_role("button", name="Send the report").click()
    assert added.value.request.resource_type == "xhr"
    assert "data-receipt-code" in sent.value.text()
    assert LETTER[1] in office.files().values()


def test_with_a_script_files_are_added_taken_off_and_announced_in_place(
    scripted: PortalPages, tmp_path: Path
) -> None:
    first, second, secret = written(tmp_path, LETTER, TABLE, ("secret.bin", b"\1\2\3"))
    scripted.go("/report")
    form, chosen = scripted.form("/report"), scripted.page.locator("#files-chosen")
    plus = form.get_by_role("button", name="Add these files")
    assert faults_of(scripted.page) == []

    for path, count in ((first, "1 file is here."), (second, "2 files are here.")):
        chosen.set_input_files(path)
        plus.click()
        expect(form.locator("[data-files-status]")).to_contain_text(count)
        expect(chosen).to_be_focused()
        expect(chosen).to_have_value("")
    fill(form, {"what": WHAT})
    form.get_by_label(f"Take off {first.name}").check()
    form.get_by_role("button", name="Take off what is ticked").click()
    expect(form.locator("[data-files-status]")).to_contain_text("1 file is here.")
    assert listed(form) == [second.name]

    # What cannot be cleaned holds the report up until she has seen it.
    chosen.set_input_files(secret)
    form.locator("[name=clean]").check()
    form.get_by_role("button", name="Send the report").click()
    expect(form.locator("[data-files-undecided]")).to_be_focused()
    assert listed(form) == [second.name, secret.name]
    assert faults_of(scripted.page) == []
    assert form.locator("[name=what]").input_value() == WHAT
    with scripted.page.expect_navigation() as sent:
        form.get_by_role("button", name="Send the report").click()
    assert "data-receipt-code" in sent.value.text()


def test_with_a_script_no_error_costs_words_or_earlier_files(
    scripted: PortalPages, office: Office, windows: Windows, tmp_path: Path
) -> None:
    first, second = written(tmp_path, LETTER, ("found.csv", TABLE[1]))
    scripted.go("/report")
    page, form = scripted.page, scripted.form("/report")
    chosen, said = page.locator("#files-chosen"), form.locator("[data-files-message]")
    plus = form.get_by_role("button", name="Add these files")
    fill(form, {"what": WHAT})
    chosen.set_input_files(first)
    plus.click()
    expect(form.locator("[data-files-status]")).to_contain_text("1 file is here.")
    chosen.set_input_files(second)

    form.locator("[data-files]").evaluate("field => { field.dataset.fileLimit = 1 }")
    plus.click()
    expect(said).to_contain_text("Choose fewer or smaller files.")
    form.locator("[data-files]").evaluate("field => { field.dataset.fileLimit = 1e12 }")

    page.context.set_offline(True)
    plus.click()
    expect(said).to_contain_text("The files did not arrive.")
    expect(plus).to_be_focused()
    page.context.set_offline(False)
    assert windows.faults.pop().endswith("net::ERR_INTERNET_DISCONNECTED")

    store, away = office.home / "evidence", office.home / "away"
    store.rename(away)
    store.write_bytes(b"no folder")
    plus.click()
    expect(said).to_contain_text("We cannot reach our records right now")
    assert listed(form) == [first.name]
    store.unlink()
    away.rename(store)

    token = form.locator("[name=csrf_token]")
    token.evaluate("field => { field.value = 'old' }")
    plus.click()
    expect(said).to_contain_text("This page was open for too long")
    # These files have arrived all the same, and need not be chosen again.
    assert listed(form) == [first.name, second.name]
    expect(chosen).to_have_value("")
    assert form.locator("[name=what]").input_value() == WHAT

    # With its new token the page sends everything.
    with page.expect_navigation() as sent:
        form.get_by_role("button", name="Send the report").click()
    assert "data-receipt-code" in sent.value.text()
    assert office.files()[second.name] == TABLE[1]


def test_the_field_fits_a_small_phone(visitor: PortalPages, tmp_path: Path) -> None:
    name = "a_very_long_name_without_any_blank_" * 4 + ".csv"
    visitor.page.set_viewport_size({"width": 320, "height": 640})
    visitor.go("/protection")
    form = visitor.form("/protection")
    form.locator("#files-chosen").set_input_files(written(tmp_path, (name, b"1")))
    add(form)

    assert listed(form) == [name]
    assert sideways(visitor.page) == 0
