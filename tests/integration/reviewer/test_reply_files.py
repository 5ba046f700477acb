"""Files that go out with a reply: through the preview, with or without a text, once."""

from collections.abc import Callable

import pytest

from tests.support.html import Client, File, Page
from tests.support.office import Office
from tests.support.staff_steps import case_page, new_case
from web.uploads import ATTACH

Browser = Callable[[str], Client]

LETTER: File = ("letter.pdf", b"a letter" * 100, "application/pdf")
ANNEX: File = ("annex.txt", b"an annex", "text/plain")
TEXT = "Here is the answer of the service."
ADD = {ATTACH: "yes"}


@pytest.fixture
def ingrid(browser: Browser) -> Client:
    return browser("ingrid")


@pytest.fixture
def page(office: Office, ingrid: Client) -> Page:
    """The empty form of a reply."""
    return ingrid.get(f"/en/case/{new_case(office)}/reply")


def preview(client: Client, page: Page, text: str, *files: File) -> Page:
    return client.submit(page, "/reply/preview", {"message": text}, files=files)


def test_files_travel_from_the_form_through_the_preview(
    office: Office, ingrid: Client, page: Page
) -> None:
    assert "can carry the names of colleagues" in page.text
    checked = preview(ingrid, page, TEXT, LETTER)
    assert "This is exactly what the person will read" in checked.text
    assert office.files() == {}

    sent = ingrid.submit(checked, "/reply", files=[ANNEX])

    assert "Your message is in the person's mailbox" in sent.text
    assert office.files() == {LETTER[0]: LETTER[1], ANNEX[0]: ANNEX[1]}
    assert office.pending_files() == 0
    assert "Ingrid Intake" in sent.one("id", "all-files").find(".//tbody/tr")[1][0].text


def test_files_go_without_a_word_and_nothing_goes_without_both(
    office: Office, ingrid: Client, page: Page
) -> None:
    assert set(preview(ingrid, page, "").errors()) == {"message"}

    checked = preview(ingrid, page, "", LETTER)
    ingrid.submit(checked, "/reply")

    assert list(office.files()) == [LETTER[0]]


def test_adding_a_file_sends_nothing_and_stays_where_it_was_added(
    office: Office, ingrid: Client, page: Page
) -> None:
    form = ingrid.submit(page, "/reply/preview", {"message": TEXT}, files=[LETTER], tampered=ADD)
    assert form.heading.endswith("Write a message")
    checked = ingrid.submit(form, "/reply/preview")
    more = ingrid.submit(checked, "/reply", files=[ANNEX], tampered=ADD)
    assert more.heading.endswith("Check your message")
    assert TEXT in more.text
    assert office.pending_files() == 2

    # Changing the text keeps them too.
    changed = ingrid.submit(more, "/reply/preview", {"message": "Another text."})
    ingrid.submit(changed, "/reply")

    assert list(office.files()) == [LETTER[0], ANNEX[0]]


def test_a_case_that_moved_on_costs_neither_text_nor_file(
    office: Office, ingrid: Client, page: Page
) -> None:
    checked = preview(ingrid, page, TEXT, LETTER)
    office.answer("A colleague was quicker.")

    again = ingrid.submit(checked, "/reply")

    assert again.status == 409
    assert "The case has changed since you opened this page" in again.text
    assert (again.value("message"), LETTER[0] in again.text) == (TEXT, True)
    ingrid.submit(preview(ingrid, again, TEXT), "/reply")
    assert list(office.files()) == [LETTER[0]]


def test_where_nobody_may_answer_any_more_the_text_is_given_back(
    office: Office, ingrid: Client, page: Page, browser: Browser
) -> None:
    checked = preview(ingrid, page, TEXT, LETTER)

    gone = ingrid.submit(checked, "/reply", tampered={"version": "7", "csrf_token": "none"})
    assert gone.status == 400
    assert LETTER[0] in gone.text

    elsewhere = checked.form("/reply").action.replace(checked.url.split("/")[3], "0" * 32)
    fields = dict(checked.form("/reply").fields) | {"csrf_token": "none"}
    lost = ingrid.post(elsewhere, fields)
    assert lost.status == 400
    assert TEXT in lost.text
    assert "Your files were not kept" in lost.text


def test_the_small_form_of_the_case_leads_to_the_files(office: Office, ingrid: Client) -> None:
    case = case_page(ingrid, new_case(office))
    assert "You can add files on the next page." in case.text

    checked = ingrid.submit(case, "/reply/preview", {"message": TEXT})

    assert checked.form("/reply").enctype == "multipart/form-data"


def test_hidden_data_that_stays_in_a_file_is_said_before_it_is_sent(
    office: Office, ingrid: Client, page: Page
) -> None:
    program: File = ("a.exe", b"MZ\x90", "")
    answers = {"message": TEXT, "clean": "yes"}

    held = ingrid.submit(page, "/reply/preview", answers, files=[program])
    assert held.heading.endswith("Write a message")
    assert "Look at your files first" in held.text
    checked = ingrid.submit(held, "/reply/preview")
    ingrid.submit(checked, "/reply")

    assert list(office.files()) == [program[0]]
