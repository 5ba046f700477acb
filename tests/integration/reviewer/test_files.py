"""Files with a step of a case: kept and handed out as they were sent, or not there at all."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

import pytest
from sqlalchemy import select

from cases.actions.reading import open_case
from cases.domain.attachments import Attachment
from cases.models import Evidence
from crypto.stream import PIECE_SIZE
from reviewer.application import create_console
from tests.support.databases import on_both_databases
from tests.support.html import MULTIPART, Client, File, Page
from tests.support.office import Office
from tests.support.staff_steps import case_page, new_case, preview_step, sign_in
from tests.support.submissions import report
from web import uploads
from web.settings import Audience, Limits

Browser = Callable[[str], Client]

MARK = b"canary of the minutes "
# More than two pieces, and no whole number of them.
SCAN: File = ("Signed minutes é.pdf", MARK * (PIECE_SIZE // 8), "application/pdf")
NOTE = "She signed at the counter."
STEP = "record_minutes"
ADD = {uploads.ATTACH: "yes"}
LIMITS = Limits(file=PIECE_SIZE, files=PIECE_SIZE + 2000, file_count=3, upload_read=PIECE_SIZE * 4)


@dataclass
class Desk:
    """A person at a case, about to keep minutes with it."""

    office: Office
    client: Client
    case_id: str

    def preview(self) -> Page:
        """The last page before the step."""
        return preview_step(self.client, self.case_id, STEP, {"state": "signed", "note": NOTE})

    def keep(self, *files: File) -> Page:
        """Take the step with these files."""
        return self.client.submit(self.preview(), f"/act/{STEP}", files=files)

    def attached(self) -> tuple[Attachment, ...]:
        """The files of the newest step."""
        with self.office.database.reading() as session:
            keys = self.office.signed_in("ingrid").keys
            history = open_case(session, bytes.fromhex(self.case_id), keys).history
        return history[-1].attachments if history else ()

    def stored(self) -> list[tuple[str, str]]:
        """Every row of a file with its state; raises where the store holds another object."""
        with self.office.database.reading() as session:
            rows = [(row.id.hex(), row.state) for row in session.scalars(select(Evidence))]
        folder = self.office.home / "evidence"
        objects = {path.name for path in folder.iterdir()} if folder.exists() else set()
        assert objects == {name for name, _ in rows}
        return rows


@pytest.fixture
def desk(browser: Browser, office: Office) -> Desk:
    return Desk(office, browser("ingrid"), new_case(office, facts=report()))


@pytest.fixture
def limited(office: Office) -> Desk:
    """The same at a console with small limits."""
    client = Client(create_console(office.services(Audience.CONSOLE, LIMITS)))
    sign_in(client, office, "ingrid")
    return Desk(office, client, new_case(office, facts=report()))


def download(client: Client, page: Page, name: str) -> Page:
    """Save a file that the page lists, perhaps more than once."""
    links = [each for each in page.document.iter("a") if "".join(each.itertext()) == name]
    (address,) = {each.get("href", "") for each in links}
    return client.get(address.removesuffix("/view"))


@on_both_databases
def test_the_files_of_a_step_come_back_as_they_were_sent(desk: Desk) -> None:
    page = desk.keep(SCAN, ("empty.txt", b"", "text/plain"))

    assert f"{SCAN[0]} 176 KB" in page.text
    assert [state for _, state in desk.stored()] == ["kept", "kept"]
    scan, _ = desk.attached()
    assert scan.sha256 == sha256(SCAN[1]).digest()
    answer = download(desk.client, page, SCAN[0]).response
    assert answer.data == SCAN[1]
    assert int(answer.headers["Content-Length"]) == len(SCAN[1])
    assert answer.headers["Content-Disposition"].endswith("Signed%20minutes%20%C3%A9.pdf")
    assert download(desk.client, page, "empty.txt").response.data == b""


def test_a_step_needs_no_file(desk: Desk) -> None:
    page = desk.keep()

    assert page.status == 200
    assert desk.attached() == ()
    assert desk.stored() == []


def test_no_byte_of_a_file_lies_anywhere_in_clear(desk: Desk) -> None:
    desk.keep(SCAN)

    files = [path for path in desk.office.home.rglob("*") if path.is_file()]
    assert len(files) > 1
    assert not [path for path in files if MARK in path.read_bytes()]


def test_a_name_is_shown_as_text_and_never_as_a_path(desk: Desk) -> None:
    page = desk.keep(("../../etc/<b>\u202egpj.exe", b"x", "text/html; charset=x"))

    (found,) = desk.attached()
    assert "/" not in found.name
    assert "\u202e" not in found.name
    assert download(desk.client, page, found.path).response.data == b"x"


def test_a_file_is_only_there_for_whoever_holds_the_case(desk: Desk, browser: Browser) -> None:
    page = desk.keep(SCAN)
    (found,) = desk.attached()
    path = f"/en/case/{desk.case_id}/file/{found.id.hex()}"
    other = new_case(desk.office, facts=report())

    assert desk.client.get(path).status == 200
    assert browser("igor").get(path).status == 404
    for elsewhere in (
        path.replace(desk.case_id, other),
        path[:-32] + "0" * 32,
        path[:-32] + "z" * 32,
    ):
        assert desk.client.get(elsewhere).status == 404
    assert page.status == 200


def test_an_altered_file_is_not_handed_out(desk: Desk) -> None:
    page = desk.keep(SCAN, ("small.txt", b"small", "text/plain"))
    for path in (desk.office.home / "evidence").iterdir():
        sealed = bytearray(path.read_bytes())
        sealed[-1] ^= 1
        path.write_bytes(sealed)

    assert download(desk.client, page, "small.txt").status == 500
    with pytest.raises(ConnectionResetError):
        assert download(desk.client, page, SCAN[0]).response.data


def test_a_lost_file_is_said_to_be_lost(desk: Desk) -> None:
    page = desk.keep(SCAN)
    for path in (desk.office.home / "evidence").iterdir():
        path.unlink()

    assert download(desk.client, page, SCAN[0]).status == 503


@pytest.mark.parametrize(
    ("files", "what"),
    [
        ([("a", b"x" * (PIECE_SIZE + 1), "")], "one file"),
        ([("a", b"x" * PIECE_SIZE, ""), ("b", b"x" * 2001, "")], "all together"),
        ([(str(number), b"x", "") for number in range(4)], "their number"),
        ([("a", b"x" * PIECE_SIZE * 3, "")], "said before"),
    ],
)
def test_too_much_is_refused_with_everything_typed(
    limited: Desk, files: list[File], what: str
) -> None:
    page = limited.keep(*files)

    assert page.status == 413, what
    assert "One file can have 64 KB" in page.text
    assert NOTE in page.text
    assert limited.stored() == []
    assert limited.attached() == ()


def test_what_is_beyond_reading_is_refused_unread(limited: Desk) -> None:
    page = limited.keep(("a", b"x" * PIECE_SIZE * 5, ""))

    assert page.status == 413
    assert limited.stored() == []


def test_files_at_their_limit_are_kept(limited: Desk) -> None:
    limited.keep(("a", b"x" * PIECE_SIZE, ""), ("b", b"x" * 2000, ""))

    assert [each.size for each in limited.attached()] == [PIECE_SIZE, 2000]


def test_text_beside_files_is_bounded(desk: Desk) -> None:
    most = Limits().text_with_files
    page = desk.client.submit(
        desk.preview(), f"/act/{STEP}", tampered={"a": "x" * (most // 2), "b": "x" * most}
    )

    assert page.status == 413
    assert desk.stored() == []


@on_both_databases
@pytest.mark.parametrize(
    ("tampered", "status"),
    [({"csrf_token": "another"}, 400), ({"version": "9"}, 409)],
    ids=["token", "outdated"],
)
def test_a_refused_step_keeps_the_words_and_no_file(
    desk: Desk, tampered: dict[str, str], status: int
) -> None:
    page = desk.client.submit(desk.preview(), f"/act/{STEP}", tampered=tampered, files=[SCAN])

    assert page.status == status
    assert NOTE in page.text
    assert "Your files were not kept. Choose them again." in page.text
    assert desk.stored() == []


@on_both_databases
def test_a_step_with_a_fault_is_shown_again_with_its_files(desk: Desk) -> None:
    tampered = {"details-state": ""}
    page = desk.client.submit(desk.preview(), f"/act/{STEP}", tampered=tampered, files=[SCAN])
    assert page.status == 422
    assert [state for _, state in desk.stored()] == ["pending"]

    mended = desk.client.submit(page, "/preview", {"details-state": "signed"})
    desk.client.submit(mended, f"/act/{STEP}")

    assert [each.name for each in desk.attached()] == [SCAN[0]]
    assert [state for _, state in desk.stored()] == ["kept"]


def test_files_can_be_added_before_the_preview_and_on_it(desk: Desk) -> None:
    page = desk.client.get(f"/en/case/{desk.case_id}/act/{STEP}")
    answers = {"details-state": "signed", "details-note": NOTE}
    page = desk.client.submit(page, "/preview", answers, files=[SCAN], tampered=ADD)
    assert "This is exactly what" not in page.text
    page = desk.client.submit(page, "/preview")
    assert "This is exactly what" in page.text
    page = desk.client.submit(page, f"/act/{STEP}", files=[("more.txt", b"more", "")], tampered=ADD)
    assert "This is exactly what" in page.text

    desk.client.submit(page, f"/act/{STEP}")

    assert [each.name for each in desk.attached()] == [SCAN[0], "more.txt"]
    assert {state for _, state in desk.stored()} == {"kept"}


def test_bytes_that_are_no_text_are_shown_to_be_checked(desk: Desk) -> None:
    preview = desk.preview()
    fields = preview.form(f"/act/{STEP}").fields
    body = b"".join(_part(name, value.encode()) for name, value in fields.items())
    body += _part("details-note", b"caf\xe9") + b"--zz--\r\n"

    page = desk.client.post(
        preview.form(f"/act/{STEP}").action,
        body.replace(_part("details-note", NOTE.encode()), b""),
        content_type=f"{MULTIPART}; boundary=zz",
    )

    assert page.status == 422
    assert "caf\ufffd" in page.text


def _part(name: str, content: bytes) -> bytes:
    disposition = f'--zz\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
    return disposition.encode() + content + b"\r\n"


@on_both_databases
def test_a_broken_body_leaves_nothing(desk: Desk) -> None:
    action = desk.preview().form(f"/act/{STEP}").action
    head = b'--zz\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
    body = head + MARK * PIECE_SIZE
    kind = f"{MULTIPART}; boundary=zz"

    broken_off = desk.client.post(action, body, content_type=kind, claimed_length=len(body) + 9)
    without_end = desk.client.post(action, body, content_type=kind)
    nonsense = desk.client.post(action, b"x" * 90, content_type=kind)

    assert {each.status for each in (broken_off, without_end, nonsense)} == {400}
    assert desk.stored() == []


@on_both_databases
def test_a_store_that_fails_costs_the_files_and_not_the_words(desk: Desk) -> None:
    folder = desk.office.home / "evidence"
    folder.mkdir(exist_ok=True)
    folder.rmdir()
    folder.write_text("no folder")

    page = desk.keep(SCAN)

    assert page.status == 503
    assert "We cannot reach our records right now" in page.text
    assert NOTE in page.text
    # Whether the store holds something of it cannot be known now: the row is left for the sweep.
    with desk.office.database.reading() as session:
        assert [row.state for row in session.scalars(select(Evidence))] == ["pending"]


def test_who_finds_every_place_taken_gets_the_words_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE", 0)
    monkeypatch.setattr(uploads, "TURN_SECONDS", 0.01)
    client = Client(create_console(office.services(Audience.CONSOLE)))
    sign_in(client, office, "ingrid")
    desk = Desk(office, client, new_case(office, facts=report()))
    form = client.get(f"/en/case/{desk.case_id}/act/{STEP}")

    page = client.submit(form, "/preview", {"details-note": NOTE}, files=[SCAN])

    assert page.status == 503
    assert "Many people are using this page right now" in page.text
    assert NOTE in page.text
    assert desk.stored() == []


def test_places_are_given_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE", 1)
    monkeypatch.setattr(uploads, "TURN_SECONDS", 0.01)
    client = Client(create_console(office.services(Audience.CONSOLE, LIMITS)))
    sign_in(client, office, "ingrid")
    desk = Desk(office, client, new_case(office, facts=report()))

    refused = [desk.keep(("a", b"x" * (PIECE_SIZE + 1), "")).status for _ in range(2)]

    assert refused == [413, 413]
    assert desk.keep(("a", b"x", "")).status == 200


def test_whoever_is_signed_out_gets_the_words_back_and_nothing_is_stored(desk: Desk) -> None:
    preview = desk.preview()
    desk.client.forget_cookies()

    page = desk.client.submit(preview, f"/act/{STEP}", files=[SCAN])

    assert page.status == 403
    assert NOTE in page.text
    assert desk.stored() == []


def test_a_form_without_a_field_for_files_takes_none(desk: Desk) -> None:
    page = case_page(desk.client, desk.case_id)
    token = page.value("csrf_token")
    body = (
        b'--zz\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\nabc\r\n'
        + _part("csrf_token", token.encode())
        + b"--zz--\r\n"
    )
    kind = f"{MULTIPART}; boundary=zz"

    note = desk.client.post(f"/en/case/{desk.case_id}/note", body, content_type=kind)
    body = body.replace(b"--zz--", _part("version", page.value("version").encode()) + b"--zz--")
    step = desk.client.post(f"/en/case/{desk.case_id}/act/acknowledge", body, content_type=kind)

    assert (note.status, step.status) == (400, 400)
    assert "Files cannot be sent with this form" in note.text
    assert desk.stored() == []
