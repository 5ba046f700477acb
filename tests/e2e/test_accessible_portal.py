"""axe finds nothing on the portal's pages in the states that only a browser makes of them.

Every page as it is sent `tests.support.every_page` looks at.
"""

import pytest

from tests.e2e.conftest import People
from tests.support.answers import COMPLAINT, REPORT
from tests.support.axe import faults_of
from tests.support.pages import PortalPages, fill


@pytest.fixture
def visitor(people: People) -> PortalPages:
    return people.visitor(scripts=True)


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


def test_the_mailbox_with_a_file_chosen_and_sent_has_no_fault(visitor: PortalPages) -> None:
    visitor.open_mailbox(visitor.send_complaint())
    visitor.page.locator("#files-chosen").set_input_files(
        {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"Dear colleague,"}
    )
    assert faults_of(visitor.page) == []

    visitor.write("When do I hear from you?", kind="question")

    assert visitor.page.locator(".files__file bdi").all_inner_texts() == ["letter.txt"]
    assert faults_of(visitor.page) == []


def test_a_planted_fault_is_found_in_each_look(visitor: PortalPages) -> None:
    visitor.go("/mailbox")
    visitor.page.locator("main label").evaluate("label => label.remove()")
    visitor.page.locator("h1").evaluate("heading => { heading.style.width = '400px' }")

    faults = " ".join(faults_of(visitor.page))

    for expected in ("light: label:", "dark: label:", "narrow: label:", "px sideways"):
        assert expected in faults
