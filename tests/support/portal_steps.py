"""What a person does on the portal, step by step, for the tests of every room."""

from collections.abc import Iterable

from tests.support.html import Client, File, Page, Value, text_of
from web.uploads import ATTACH

COMPLAINT: dict[str, Value] = {
    "authority": "unknown",
    "problem": "They do not answer my letter.",
    "facts_on-day": "27",
    "facts_on-month": "3",
    "facts_on-year": "2026",
    "contacted_first": "yes_no_answer",
    "name": "Ada Example",
    "email": "ada@example.org",
}


def send_report(client: Client, **answers: Value) -> Page:
    """Fill in and send the report form; gives the answer's page."""
    form = client.get(f"/{client.language}/report")
    return client.submit(form, "/report", {"what": "Paper clips vanish.", **answers})


def send_complaint(client: Client, **answers: Value) -> Page:
    """Fill in and send the complaint form; gives the answer's page."""
    form = client.get(f"/{client.language}/complaint")
    return client.submit(form, "/complaint", {**COMPLAINT, **answers})


def send_protection(client: Client, **answers: Value) -> Page:
    """Fill in and send the request for protection; gives the answer's page."""
    form = client.get(f"/{client.language}/protection")
    return client.submit(form, "/protection", {"what": "I lost my post.", **answers})


def code_on(page: Page) -> str:
    """The receipt code that a page shows."""
    return text_of(page.one("data-receipt-code"))


def open_mailbox(client: Client, code: str) -> Page:
    """Type the code on the sign-in page; gives whatever page comes next."""
    form = client.get(f"/{client.language}/mailbox")
    return client.submit(form, "/mailbox/open", code=code)


def write(
    client: Client, page: Page, text: str, kind: str = "reply", files: Iterable[File] = ()
) -> Page:
    """Send a message from the page of an open mailbox."""
    return client.submit(page, "/mailbox/message", text=text, kind=kind, files=files)


def listed_files(page: Page) -> list[str]:
    """The paths of the files that a page carries, or shows with its messages."""
    rows = page.all("class", "files__file")
    return [text_of(next(row.iter("bdi"))) for row in rows]


def add_files(client: Client, page: Page, form: str, *files: File, **answers: Value) -> Page:
    """Press the button of a form that adds files."""
    return client.submit(page, form, answers, tampered={ATTACH: "yes"}, files=files)
