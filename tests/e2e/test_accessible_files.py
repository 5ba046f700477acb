"""axe finds nothing on the pages of a file, on a drawn page of it, nor where files go out."""

import secrets

from playwright.sync_api import FilePayload, Page

from tests.e2e.conftest import People
from tests.support.axe import faults_of, faults_when_narrow, sideways
from tests.support.pages import ConsolePages, fill, follow, submit
from tests.support.strange_files import HTML, pdf, photograph


def test_the_pages_of_a_file_and_a_reply_with_files_have_no_fault(people: People) -> None:
    title = f"Somebody photographs the paint {secrets.token_hex(4)}."
    _report_with_files(people, title)
    officer = people.colleague("ingrid", scripts=True)
    officer.open_case(title)
    assert faults_when_narrow(officer.page) == []

    _open_file(officer, title, "page.jpg")
    assert faults_when_narrow(officer.page) == []
    _open_file(officer, title, "photo.jpg")
    assert faults_of(officer.page) == []
    _open_file(officer, title, "contract.pdf")
    follow(officer.page.locator('a[href$="/page/1"]'))
    assert _drawn(officer.page)
    assert faults_of(officer.page) == []

    officer.open_case(title)
    officer.page.goto(f"{officer.page.url}/reply")
    form = officer.form("/reply/preview")
    fill(form, {"message": "Here it is."})
    officer.page.set_input_files("#files-chosen", [_file("answer.pdf", pdf(1))])
    with officer.page.expect_response("**/reply/preview") as added:
        form.locator("[name=attach]").click()
    assert added.value.status == 200
    officer.page.locator(".files__file").wait_for()
    assert faults_when_narrow(officer.page) == []
    submit(officer.form("/reply/preview"))
    assert officer.page.locator(".files__file").count() == 1
    assert faults_of(officer.page) == []
    officer.send_reply()
    assert officer.page.locator("#all-files tbody tr").count() == 4


def test_a_drawn_page_is_shown_under_its_policy_with_scripts_off(people: People) -> None:
    title = f"Somebody draws the paint {secrets.token_hex(4)}."
    _report_with_files(people, title)
    officer = people.colleague("ingrid")

    _open_file(officer, title, "contract.pdf")
    follow(officer.page.locator('a[href$="/page/1"]'))

    # A page that may show no picture has none: its own size stays 0.
    picture = officer.page.locator("img")
    officer.page.wait_for_load_state("load")
    assert (picture.bounding_box() or {})["width"] > 100
    assert sideways(officer.page) == 0


def _report_with_files(people: People, title: str) -> None:
    reporter = people.visitor()
    reporter.go("/report")
    form = reporter.form("/report")
    fill(form, {"what": title})
    contents = {"contract.pdf": pdf(3), "photo.jpg": photograph(), "page.jpg": HTML}
    files = [_file(name, content) for name, content in contents.items()]
    reporter.page.set_input_files("#files-chosen", files)
    assert submit(form).status == 200


def _file(name: str, content: bytes) -> FilePayload:
    return FilePayload(name=name, mimeType="application/octet-stream", buffer=content)


def _open_file(officer: ConsolePages, title: str, name: str) -> None:
    officer.open_case(title)
    follow(officer.page.locator("#all-files a", has_text=name))
    assert officer.heading.endswith(name)


def _drawn(page: Page) -> bool:
    """Whether the picture of the page has arrived and can be seen."""
    page.wait_for_load_state("load")
    return bool(page.evaluate("() => document.querySelector('img').naturalWidth > 0"))
