"""A whole case leaves the office as an archive that only the given key opens."""

import csv
import io
import json
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from zipfile import ZipFile

import pyrage
import pytest
from pypdf import PdfReader
from pyrage import x25519

from cases.actions.reading import open_case
from cases.domain.facts import Facts
from tests.support.html import Client, File, Page
from tests.support.office import Office
from tests.support.staff_steps import new_case, preview_step, take_step
from tests.support.submissions import COMPLAINT, IDENTITY, REPORT

Browser = Callable[[str], Client]

RECIPIENT = x25519.Identity.generate()
KEY = str(RECIPIENT.to_public())
SCAN: File = ("Signed minutes é.pdf", b"canary of the minutes " * 9000, "application/pdf")
EVIL: File = ("../../.bashrc", b"", "text/plain")
REFUSED = {
    "": "Paste the public key.",
    KEY[:-1]: "This is not a whole public key.",
    "age1pq1qqqq": "This kind of key cannot be used",
    str(RECIPIENT): "This is a secret key.",
}
NOTE = "Only we should read this."


@dataclass
class Desk:
    """A case with a message, a note and two files, and somebody who may export it."""

    client: Client
    office: Office
    case_id: str

    @property
    def address(self) -> str:
        """Of the page about the export."""
        return f"/en/case/{self.case_id}/export"

    def export(self, **fields: str) -> Page:
        """Fill in the form and send it."""
        return self.client.submit(self.client.get(self.address), "/export", **fields)

    def members(self, **fields: str) -> dict[str, bytes]:
        """What whoever has the key finds in the archive."""
        page = self.export(recipient=KEY, **fields)
        assert page.status == 200, page.text
        assert page.response.headers["Content-Type"] == "application/octet-stream"
        assert page.response.headers["Content-Disposition"].endswith('.zip.age"')
        opened = pyrage.decrypt(page.response.data, [RECIPIENT])
        with ZipFile(io.BytesIO(opened)) as archive:
            assert archive.testzip() is None
            return {name: archive.read(name) for name in archive.namelist()}


def _desk(browser: Browser, office: Office, facts: Facts = COMPLAINT, **how: object) -> Desk:
    client, case_id = browser("ingrid"), new_case(office, facts=facts, **how)
    take_step(client, case_id, "acknowledge", message="We got it.")
    client.submit(client.get(f"/en/case/{case_id}"), "/note", note=NOTE)
    preview = preview_step(client, case_id, "record_minutes", {"state": "signed", "note": "Here."})
    client.submit(preview, "/act/record_minutes", files=[SCAN, EVIL])
    return Desk(client, office, case_id)


def _text(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join("\n".join(page.extract_text() for page in pages).split())


@pytest.fixture
def desk(browser: Browser, office: Office) -> Desk:
    return _desk(browser, office)


def test_the_archive_holds_the_whole_case(desk: Desk) -> None:
    members = desk.members()

    scan, empty = "files/01-Signed minutes é.pdf", "files/02-bashrc"
    assert [*members] == [
        "dossier.pdf", "dossier.json", "trail.csv", scan, empty, "manifest.json"
    ]  # fmt: skip
    assert (members[scan], members[empty]) == (SCAN[1], b"")
    manifest = json.loads(members.pop("manifest.json"))
    assert manifest["members"] == [
        {"name": name, "size": len(content), "sha256": sha256(content).hexdigest()}
        for name, content in members.items()
    ]
    _check_json(members["dossier.json"], desk)
    _check_pdf(members["dossier.pdf"])
    _check_trail(members["trail.csv"])


def _check_json(encoded: bytes, desk: Desk) -> None:
    told = json.loads(encoded)
    assert (told["format"], told["version"]) == ("zegel-dossier", 1)
    assert told["case"]["id"] == desk.case_id
    assert told["case"]["reference"] == "OM.2026.0001"
    assert told["facts"]["problem"] == COMPLAINT.problem
    assert [each["text"] for each in told["messages"]] == ["", "We got it."]
    assert [each["action"] for each in told["history"]] == ["acknowledge", "record_minutes"]
    assert told["history"][1]["details"]["kind"] == "minutes"
    assert told["clocks"]
    assert told["notes"] == []
    scan = told["files"][0]
    assert scan["sha256"] == sha256(SCAN[1]).hexdigest()
    assert told["history"][1]["attachments"][0] == scan["id"]
    assert scan["step_position"] == 2
    with desk.office.database.reading() as session:
        keys = desk.office.signed_in("ingrid").keys
        case = open_case(session, bytes.fromhex(desk.case_id), keys)
    for secret in (case.history[1].attachments[0].key, case.mailbox_public.to_bytes()):
        assert secret.hex().encode() not in encoded


def _check_pdf(pdf: bytes) -> None:
    text = _text(pdf)
    for words in (
        "Case OM.2026.0001",
        COMPLAINT.problem,
        COMPLAINT.identity.name,
        "We got it.",
        "Ingrid Intake",
        "Here.",
        "files/01-Signed minutes é.pdf",
    ):
        assert words in text, words
    assert sha256(SCAN[1]).hexdigest() in text.replace(" ", "")
    assert NOTE not in text
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en", True)


def _check_trail(table: bytes) -> None:
    rows = list(csv.DictReader(io.StringIO(table.decode())))
    assert {row["event"] for row in rows} >= {"case_received", "case_exported"}
    exported = next(row for row in rows if row["event"] == "case_exported")
    assert exported["who"] == "Ingrid Intake"
    assert exported["at"].startswith(exported["day"])


def test_a_name_given_in_confidence_never_leaves_and_notes_only_when_asked_for(
    browser: Browser, office: Office
) -> None:
    members = _desk(browser, office, REPORT, identity=IDENTITY).members(notes="y")

    told, text = json.loads(members["dossier.json"]), _text(members["dossier.pdf"])
    assert [each["text"] for each in told["notes"]] == [NOTE]
    assert NOTE in text
    assert told["case"]["identity_sealed"] is True
    assert "Given in confidence, and not in this file." in text
    assert IDENTITY.name not in text
    assert not [name for name, content in members.items() if IDENTITY.name.encode() in content]


def test_a_key_that_cannot_be_used_is_said_to_be_one_and_exports_nothing(
    desk: Desk, browser: Browser
) -> None:
    for typed, said in REFUSED.items():
        page = desk.export(recipient=typed)
        assert page.status == 422
        assert said in page.text
        assert str(RECIPIENT) not in page.source

    told = json.loads(desk.members()["dossier.json"])
    assert [row["event"] for row in told["trail"]].count("case_exported") == 1
    assert desk.address in desk.client.get(f"/en/case/{desk.case_id}").source
    assert browser("igor").get(desk.address).status == 404


def test_a_file_that_does_not_open_breaks_the_download(desk: Desk) -> None:
    for path in (desk.office.home / "evidence").iterdir():
        sealed = bytearray(path.read_bytes())
        sealed[-1] ^= 1
        path.write_bytes(sealed)
    arrived: deque[bytes] = deque()

    with pytest.raises(ConnectionResetError):
        arrived.extend(desk.export(recipient=KEY).response.iter_encoded())

    assert arrived
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(b"".join(arrived), [RECIPIENT])


def test_whoever_goes_away_in_the_middle_leaves_nothing_running(desk: Desk) -> None:
    response = desk.export(recipient=KEY).response
    next(response.iter_encoded())

    response.close()

    assert not [each for each in threading.enumerate() if each.name.startswith("age")]
