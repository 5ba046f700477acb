"""axe finds nothing on the portal: empty, filled in, refused, accepted, in every language."""

import pytest

from tests.e2e.conftest import People
from tests.support.answers import COMPLAINT, REPORT
from tests.support.axe import faults_of, faults_when_narrow
from tests.support.pages import PortalPages, fill, submit, words_of

MAIN_PAGES = ("/", "/check", "/report", "/complaint", "/protection", "/mailbox", "/security")


@pytest.fixture
def visitor(people: People) -> PortalPages:
    return people.visitor(scripts=True)


@pytest.mark.parametrize("path", MAIN_PAGES)
def test_a_main_page_has_no_fault(visitor: PortalPages, path: str) -> None:
    visitor.go(path)

    assert faults_of(visitor.page) == []


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
@pytest.mark.parametrize("path", MAIN_PAGES)
def test_a_translated_page_has_no_fault_where_its_longer_words_have_least_room(
    people: People, language: str, path: str
) -> None:
    visitor = people.visitor(language, scripts=True)
    visitor.go(path)

    assert faults_when_narrow(visitor.page) == []


@pytest.mark.parametrize("path", ["/report", "/complaint", "/protection"])
def test_a_form_that_was_refused_has_no_fault(visitor: PortalPages, path: str) -> None:
    visitor.go(path)
    submit(visitor.form(path))

    assert visitor.page.locator("[role=alert]").count() == 1
    assert faults_of(visitor.page) == []


@pytest.mark.parametrize(
    ("path", "answers"),
    [
        ("/report", REPORT),
        ("/report", {"internal_channel": "used", "reprisals": "happened"}),
        ("/report", {"authority": "other", "how_known": "other", "identity": "in_confidence"}),
        ("/complaint", COMPLAINT),
        ("/complaint", {"contacted_first": "yes_no_answer", "complainant": "representative"}),
        ("/complaint", {"proceedings": "court", "complainant": "organisation"}),
        ("/protection", {"ground": "reported_here", "may_contact_employer": "yes"}),
    ],
)
def test_a_form_with_its_questions_unfolded_has_no_fault(
    visitor: PortalPages, path: str, answers: dict[str, str]
) -> None:
    visitor.go(path)
    fill(visitor.form(path), answers)

    assert faults_of(visitor.page) == []


@pytest.mark.parametrize("path", ["/report", "/complaint", "/protection"])
def test_a_form_with_every_note_open_has_no_fault(visitor: PortalPages, path: str) -> None:
    visitor.go(path)
    for summary in visitor.page.locator("main summary").all():
        summary.click()

    assert faults_of(visitor.page) == []


def test_hearing_of_the_ombuds_of_a_service_has_no_fault(visitor: PortalPages) -> None:
    visitor.go("/complaint")
    fill(visitor.form("/complaint"), {**COMPLAINT, "authority": "stib-mivb"})
    submit(visitor.form("/complaint"))

    assert "Ombuds service at STIB-MIVB" in words_of(visitor.page)
    assert faults_of(visitor.page) == []


def test_the_way_from_the_code_to_the_next_steps_has_no_fault(visitor: PortalPages) -> None:
    visitor.send_report()
    assert faults_of(visitor.page) == []

    submit(visitor.form("/receipt/kept"))
    assert visitor.page.locator("[role=alert]").count() == 1
    assert faults_of(visitor.page) == []

    visitor.keep()
    assert faults_of(visitor.page) == []


@pytest.mark.parametrize("typed", ["", "nonsense", "one two three"])
def test_a_refused_code_has_no_fault(visitor: PortalPages, typed: str) -> None:
    visitor.open_mailbox(typed)

    assert faults_of(visitor.page) == []


def test_the_mailbox_has_no_fault_until_it_is_left(visitor: PortalPages) -> None:
    code = visitor.send_complaint()
    visitor.open_mailbox(code)
    visitor.page.locator("main summary").first.click()
    assert faults_of(visitor.page) == []

    visitor.write("")
    assert faults_of(visitor.page) == []
    visitor.page.locator("#files-chosen").set_input_files(
        {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"Dear colleague,"}
    )
    visitor.write("When do I hear from you?", kind="question")
    assert visitor.page.locator(".files__file bdi").all_inner_texts() == ["letter.txt"]
    assert faults_of(visitor.page) == []

    visitor.leave()
    assert faults_of(visitor.page) == []


def test_deleting_the_mailbox_has_no_fault(visitor: PortalPages) -> None:
    visitor.open_mailbox(visitor.send_report())
    visitor.go("/mailbox/delete")
    assert faults_of(visitor.page) == []

    submit(visitor.form("/mailbox/delete"))
    assert faults_of(visitor.page) == []


def test_a_page_that_does_not_exist_has_no_fault(visitor: PortalPages) -> None:
    assert visitor.go("/nowhere").status == 404

    assert faults_of(visitor.page) == []


def test_a_form_from_a_page_that_was_open_too_long_has_no_fault(visitor: PortalPages) -> None:
    visitor.go("/report")
    visitor.page.context.clear_cookies()
    assert submit(visitor.form("/report")).status == 400

    assert faults_of(visitor.page) == []


def test_a_planted_fault_is_found_in_each_look(visitor: PortalPages) -> None:
    visitor.go("/mailbox")
    visitor.page.locator("main label").evaluate("label => label.remove()")
    visitor.page.locator("h1").evaluate("heading => { heading.style.width = '400px' }")

    faults = " ".join(faults_of(visitor.page))

    for expected in ("light: label:", "dark: label:", "narrow: label:", "px sideways"):
        assert expected in faults
