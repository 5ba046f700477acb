"""What is kept of a file beside its bytes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.domain.attachments import Attachment, clean_name, clean_type
from cases.domain.contents import Step
from cases.domain.flows import Action
from cases.domain.json_fields import JsonFields, to_json
from cases.errors import FactsMalformed

FILE = Attachment(b"i" * 16, "brief.pdf", "application/pdf", 12, b"k" * 32, b"s" * 32)


@pytest.mark.parametrize(
    ("given_name", "cleaned"),
    [
        ("brief van de dienst.pdf", "brief van de dienst.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\An\\décision.docx", "décision.docx"),
        ("de\u0301cision.pdf", "décision.pdf"),
        ("photo\u202egpj.exe", "photo gpj.exe"),
        ("a\u2066b\u200bc\ufeff.txt", "a b c .txt"),
        ("line\r\nfeed\x00.txt", "line feed .txt"),
        (".htaccess", "htaccess"),
        ('quo"te<>.pdf', "quo te .pdf"),
        ("", "file"),
        ("..", "file"),
        ("/", "file"),
        ("\u202e", "file"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("x" * 300, "x" * 200),
        ("a." + "x" * 300, "a." + "x" * 198),
    ],
)
def test_a_name_is_cleaned_for_showing_and_saving(given_name: str, cleaned: str) -> None:
    assert clean_name(given_name) == cleaned


@given(st.text(max_size=400))
def test_a_cleaned_name_is_short_plain_and_stays_as_it_is(given_name: str) -> None:
    name = clean_name(given_name)

    assert 1 <= len(name) <= 200
    assert not set(name) & set('/\\<>:"|?*')
    assert not name.startswith(".")
    assert all(unicodedata.category(character)[0] != "C" for character in name)
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("given_type", "cleaned"),
    [
        ("application/pdf", "application/pdf"),
        ("Text/HTML; charset=utf-8", "text/html"),
        ("image/svg+xml", "image/svg+xml"),
        ("", "application/octet-stream"),
        ("text", "application/octet-stream"),
        ("a/b/c", "application/octet-stream"),
        ("text/ht\nml", "application/octet-stream"),
        ("é/pdf", "application/octet-stream"),
        ("x/" + "y" * 200, "application/octet-stream"),
    ],
)
def test_a_media_type_is_plain_or_that_of_unknown_bytes(given_type: str, cleaned: str) -> None:
    assert clean_type(given_type) == cleaned


def test_an_attachment_comes_back_from_its_step() -> None:
    step = Step(None, "", b"", Action.RECORD_MINUTES, attachments=(FILE, FILE))

    assert Step.from_json(step.to_json()).attachments == (FILE, FILE)


def test_a_step_of_before_there_were_files_has_none() -> None:
    fields = {"version": 1, "at": None, "actor": "", "actor_id": b"", "action": "close"}

    assert Step.from_json(to_json(fields)).attachments == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"id": b"i" * 15},
        {"key": b"k" * 31},
        {"sha256": None},
        {"size": -1},
        {"size": "12"},
        {"name": 3},
    ],
)
def test_an_attachment_that_this_program_never_wrote_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(FactsMalformed):
        Attachment.read(JsonFields.parse(to_json({**FILE.fields(), **changed})))


def test_an_attachment_does_not_show_what_it_holds() -> None:
    assert "brief" not in repr(FILE)
    assert FILE.object_name == "69" * 16
