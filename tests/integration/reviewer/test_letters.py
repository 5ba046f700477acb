"""Letters as PDF, the certificate of days, and the office's own texts."""

import csv
import io
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from pypdf import PdfReader

from cases.domain.reference import LANGUAGES
from tests.support.databases import on_both_databases
from tests.support.html import Client, Page
from tests.support.office import NAME, FixedClock, Office
from tests.support.staff_steps import new_case, take_step
from tests.support.submissions import COMPLAINT, IDENTITY

Browser = Callable[[str], Client]

KEY = "complaint.acknowledge.person"
PAGE = f"/en/letters/{KEY}"
OWN = {language: f"Ours in {language}: {{reference}}." for language in LANGUAGES}


def text_in(pdf: bytes) -> str:
    return " ".join(
        "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split()
    )


def test_neither_the_portal_nor_the_command_line_loads_the_printer() -> None:
    program = (
        "import sys, portal.application, reviewer.commands;"
        "print([name for name in ('weasyprint', 'fontTools') if name in sys.modules])"
    )

    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert run.stdout.strip() == "[]"


def acknowledged_complaint(client: Client, office: Office) -> str:
    case_id = new_case(office, facts=COMPLAINT)
    take_step(client, case_id, "acknowledge", message="We got it.\n\nYou hear from us <soon>.")
    return case_id


def pdf_of(client: Client, address: str) -> Page:
    page = client.get(address)
    assert page.status == 200, page.status
    return page


def test_the_message_of_a_step_is_a_letter(browser: Browser, office: Office) -> None:
    client = browser("ingrid")
    case_id = acknowledged_complaint(client, office)

    page = pdf_of(client, f"/en/case/{case_id}/letter/1/person.pdf")

    answer = page.response
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="OM.2026.')
    assert answer.headers["Cache-Control"] == "no-store"
    text = text_in(answer.data)
    assert "We got it. You hear from us <soon>." in text
    assert "OM.2026.0001" in text
    assert "Ingrid Intake" in text
    assert NAME in text
    assert COMPLAINT.identity.name in text


def test_there_is_no_letter_where_nobody_was_told(browser: Browser, office: Office) -> None:
    client = browser("ingrid")
    case_id = acknowledged_complaint(client, office)

    for rest in ("letter/1/service.pdf", "letter/2/person.pdf", "letter/0/person.pdf"):
        assert client.get(f"/en/case/{case_id}/{rest}").status == 404
    assert client.get(f"/en/case/{case_id}/letter/1/nobody.pdf").status == 404


def test_who_cannot_open_a_case_gets_neither_its_letters_nor_its_days(
    browser: Browser, office: Office
) -> None:
    client = browser("ingrid")
    case_id = acknowledged_complaint(client, office)
    other = browser("igor")

    for rest in ("letter/1/person.pdf", "dates.pdf", "dates.csv"):
        assert other.get(f"/en/case/{case_id}/{rest}").status == 404


@on_both_databases
def test_the_days_of_a_case_can_be_taken_along(
    browser: Browser, office: Office, clock: FixedClock
) -> None:
    client = browser("ingrid")
    lodged = clock.now().date()
    case_id = new_case(office, facts=COMPLAINT)
    clock.advance(days=1)
    client = browser("ingrid")
    take_step(client, case_id, "acknowledge", message="We got it.")

    rows = list(
        csv.reader(io.StringIO(pdf_of(client, f"/en/case/{case_id}/dates.csv").response.text))
    )
    text = text_in(pdf_of(client, f"/en/case/{case_id}/dates.pdf").response.data)

    told = (lodged + timedelta(days=1)).isoformat()
    assert rows == [
        ["reference", "day", "step", "told"],
        ["OM.2026.0001", lodged.isoformat(), "lodged", ""],
        ["OM.2026.0001", told, "acknowledge", "person"],
    ]
    assert "OM.2026.0001" in text
    assert "2026" in text
    assert "We got it" not in text


@on_both_databases
def test_the_head_changes_a_text_after_a_preview(browser: Browser, office: Office) -> None:
    client = browser("hilde")
    page = client.get(PAGE)

    preview = client.submit(page, "/preview", **OWN)
    saved = client.submit(preview, KEY)

    assert "Ours in fr: XX.0000.0000." in preview.text
    assert "not saved yet" in preview.text
    assert "This text is used from now on." in saved.text
    assert "Hilde Head" in saved.text
    assert "Ours in nl: {reference}." in client.get(PAGE).text
    assert "Changed by the office" in client.get("/en/letters").text


def test_the_text_that_shipped_can_be_put_back(browser: Browser) -> None:
    client = browser("hilde")
    client.submit(client.submit(client.get(PAGE), "/preview", **OWN), KEY)

    page = client.submit(client.get(PAGE), "/shipped")

    assert "Back to the text that came with Zegel" in page.text
    assert "Ours in nl: {reference}." not in page.text.split("Changes")[0]
    assert "Changed by the office" not in client.get("/en/letters").text


@pytest.mark.parametrize(
    "text", ["", "{secret}", "{reference.__class__}", "{reference", "x" * 20_001]
)
def test_a_text_that_cannot_be_used_comes_back_with_what_was_typed(
    browser: Browser, text: str
) -> None:
    client = browser("hilde")

    page = client.submit(client.get(PAGE), "/preview", **{**OWN, "de": text})

    assert page.status == 422
    assert "Ours in fr: {reference}." in page.text
    assert "Nobody has changed this text." in client.get(PAGE).text


@on_both_databases
def test_two_people_do_not_overwrite_each_others_text(browser: Browser) -> None:
    first, second = browser("hilde"), browser("ada")
    late = second.submit(second.get(PAGE), "/preview", **{**OWN, "en": "Late {reference}."})
    first.submit(first.submit(first.get(PAGE), "/preview", **OWN), KEY)

    page = second.submit(late, KEY)

    assert page.status == 409
    assert "Late {reference}." in page.text
    assert "Late" not in first.get(PAGE).text


def test_only_who_may_edit_reference_data_sees_the_texts(browser: Browser) -> None:
    client = browser("ingrid")

    for address in ("/en/letters", PAGE):
        assert client.get(address).status == 404


def test_a_text_that_does_not_exist_is_a_page_that_does_not_exist(browser: Browser) -> None:
    client = browser("hilde")

    for key in ("complaint.close.person", "x", "complaint.acknowledge.service", "a.b.c.d"):
        assert client.get(f"/en/letters/{key}").status == 404


def test_every_text_opens_in_every_language_of_the_console(browser: Browser) -> None:
    client = browser("hilde")
    for language in LANGUAGES:
        assert client.get(f"/{language}/letters").status == 200
        assert client.get(f"/{language}/letters/{KEY}").status == 200


def test_a_report_is_answered_without_a_name(browser: Browser, office: Office) -> None:
    client = browser("ingrid")
    case_id = new_case(office, identity=IDENTITY)
    take_step(client, case_id, "acknowledge", message="We got your report.")

    page = pdf_of(client, f"/en/case/{case_id}/letter/1/person.pdf")
    text = text_in(page.response.data)

    assert "We got your report." in text
    assert IDENTITY.name not in text
