"""What may be nowhere: the code, and anything a person typed, outside the sealed cells."""

import base64
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from sqlalchemy import MetaData

from tests.support.databases import on_both_databases
from tests.support.html import Client
from tests.support.office import Office
from tests.support.portal_steps import COMPLAINT, code_on, open_mailbox, write

CANARY = "kanarie"


def canary(field: str) -> str:
    """A different text for each field, so that a leak names its source."""
    return f"{CANARY}-{field.replace('_', '-')}-7391"


def shapes(secret: str) -> Iterator[bytes]:
    """The ways in which a text can lie in a file."""
    raw = secret.encode()
    yield raw
    yield raw.hex().encode()
    yield secret.encode("utf-16-le")
    yield secret.encode("utf-16-be")
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + raw)
        # The first and last characters depend on the neighbours.
        yield encoded[4:-4]


def found_in(haystack: bytes, secrets: list[str]) -> list[str]:
    return [secret for secret in secrets if any(shape in haystack for shape in shapes(secret))]


def everything_on_disk(folder: Path) -> bytes:
    return b"\0".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def every_cell(office: Office) -> bytes:
    """Every value of every table, as the database gives it back."""
    tables = MetaData()
    tables.reflect(office.database.engine)
    cells: list[bytes] = []
    with office.database.reading() as session:
        for table in tables.sorted_tables:
            for row in session.execute(table.select()):
                cells += [_as_bytes(value) for value in row]
    return b"\0".join(cells)


def _as_bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


Answers = dict[str, object]


def a_whole_journey(client: Client, report: Answers, complaint: Answers, request: Answers) -> str:
    """Every form, one with a mistake first; receipt, file, mailbox, messages, leaving."""
    page = client.submit(client.get("/en/report"), "/report", **{**report, "what": ""})
    page = client.submit(page, "/report", what=report["what"])
    code = code_on(page)
    client.submit(page, "/receipt/file")
    client.submit(page, "/receipt/kept")
    client.submit(page, "/receipt/kept", kept="y")
    page = client.submit(client.get("/en/complaint"), "/complaint", **complaint)
    client.submit(page, "/receipt/kept", kept="y")
    page = client.submit(client.get("/en/protection"), "/protection", **request)
    client.submit(page, "/receipt/kept", kept="y")
    open_mailbox(client, f"{code} {canary('mistyped')}")
    open_mailbox(client, " ".join(reversed(code.split())))
    page = open_mailbox(client, code)
    page = write(client, page, canary("reply"))
    page = write(client, page, canary("question"), kind="question")
    client.submit(page, "/mailbox/message", text=canary("old"), tampered={"csrf_token": "old"})
    client.submit(client.get("/en/mailbox"), "/mailbox/leave")
    return code


@pytest.fixture
def report() -> dict[str, object]:
    typed = ("authority_other", "what", "when_where", "how_known_other", "internal_when")
    more = ("internal_to", "internal_result", "reprisals_feared", "name", "contact")
    last = ("who_else_knows", "belongs_to")
    return {
        **{field: canary(field) for field in (*typed, *more, *last)},
        "authority": "other",
        "how_known": "other",
        "internal_channel": "used",
        "reprisals": "feared",
        "identity": "in_confidence",
    }


@pytest.fixture
def complaint() -> dict[str, object]:
    typed = ("authority_other", "problem", "service_answer", "hopes", "service_reference")
    more = ("contacted_when_unsatisfied", "represented_person", "name", "phone", "address")
    return {
        **COMPLAINT,
        **{field: canary(f"complaint-{field}") for field in (*typed, *more)},
        "email": f"{canary('complaint-email')}@example.org",
        "authority": "other",
        "contacted_first": "yes_unsatisfied",
        "complainant": "representative",
    }


@pytest.fixture
def protection() -> dict[str, object]:
    typed = ("authority_other", "what", "author", "employer_reason", "report_reference")
    more = ("reported_when", "asks", "name", "phone", "address", "belongs_to")
    return {
        **{field: canary(f"protection-{field}") for field in (*typed, *more)},
        "ground": "reported_here",
    }


@on_both_databases
def test_after_a_whole_journey_no_file_log_cell_or_header_holds_what_was_typed(
    client, office, tmp_path, capfd, report, complaint, protection
):
    code = a_whole_journey(client, report, complaint, protection)
    answers = (*report.values(), *complaint.values(), *protection.values())
    messages = [canary(each) for each in ("mistyped", "reply", "question", "old")]
    secrets = [str(text) for text in answers if CANARY in str(text)] + messages
    secrets += [code, "-".join(code.split())]

    out, err = capfd.readouterr()
    headers = "\n".join(str(answer.headers) for answer in client.answers)
    assert found_in(headers.encode(), secrets) == []
    assert found_in((out + err).encode(), secrets) == []
    assert found_in(every_cell(office), secrets) == []
    assert found_in(everything_on_disk(tmp_path), secrets) == []


def test_the_search_finds_what_it_looks_for(tmp_path):
    for number, shape in enumerate(shapes(canary("twin"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "leak").write_bytes(b"before" + shape + b"after")
        assert found_in(everything_on_disk(folder), [canary("twin")]) == [canary("twin")]


@on_both_databases
def test_the_journey_was_a_real_one(client, office, report, complaint, protection):
    a_whole_journey(client, report, complaint, protection)

    assert all(CANARY in str(asdict(facts)) for facts in office.facts())
    assert len(office.facts()) == 3


def test_only_the_receipt_page_and_its_file_show_the_code(client, report):
    page = client.submit(client.get("/en/report"), "/report", **report)
    code = code_on(page)
    shown = len(client.answers)
    client.submit(page, "/receipt/kept", kept="y")
    mailbox = open_mailbox(client, code)
    client.get("/en/mailbox/delete")
    client.submit(mailbox, "/mailbox/leave")

    assert all(code not in answer.text for answer in client.answers[shown:])
    assert all(code not in str(answer.headers) for answer in client.answers)


def test_the_page_with_the_code_is_not_stored_and_links_nowhere_that_would_lose_it(client, report):
    page = client.submit(client.get("/en/report"), "/report", **report)

    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.all("hreflang") == []


def test_the_file_is_an_attachment_with_a_name_that_says_nothing(client, report):
    page = client.submit(client.get("/en/report"), "/report", **report)

    file = client.submit(page, "/receipt/file")

    assert file.response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert file.response.headers["Content-Disposition"] == 'attachment; filename="note.txt"'
    assert code_on(page) in file.source
    assert "/en/mailbox" in file.source


def test_going_on_without_confirming_shows_the_code_again(client, report):
    page = client.submit(client.get("/en/report"), "/report", **report)

    again = client.submit(page, "/receipt/kept")

    assert again.status == 422
    assert list(again.errors()) == ["kept"]
    assert code_on(again) == code_on(page)
    assert client.submit(again, "/receipt/kept", kept="y").heading.startswith("Thank you")


def test_after_confirming_the_browser_forgets_token_and_cache(client, report):
    page = client.submit(client.get("/en/report"), "/report", **report)

    page = client.submit(page, "/receipt/kept", kept="y")

    assert [hop.status_code for hop in page.hops] == [303]
    assert page.hops[0].headers["Clear-Site-Data"] == '"cache"'
    assert client.cookie is None


def test_a_confirmation_from_an_outdated_page_still_shows_the_code(client, report):
    page = client.submit(client.get("/en/report"), "/report", **report)

    again = client.submit(page, "/receipt/kept", kept="y", tampered={"csrf_token": "old"})

    assert again.status == 400
    assert code_on(page) in again.text


@pytest.mark.parametrize("code", [None, "", "one two three", "x " * 10, "<b>"])
def test_a_confirmation_without_a_code_of_ours_is_refused(client, report, code):
    page = client.submit(client.get("/en/report"), "/report", **report)

    for action in ("/receipt/kept", "/receipt/file"):
        answer = client.submit(page, action, tampered={"code": code, "kept": "y"})
        assert answer.status == 400
