"""axe finds nothing on the pages for typing in a case and for linking two."""

import secrets

import pytest

from tests.e2e.conftest import People
from tests.support.axe import faults_of
from tests.support.pages import ConsolePages, fill, follow, submit


@pytest.fixture
def officer(people: People) -> ConsolePages:
    """Someone of the office."""
    return people.colleague("imke", scripts=True)


@pytest.mark.parametrize("flow", ["report", "complaint", "protection"])
def test_a_form_for_typing_in_has_no_fault(officer: ConsolePages, flow: str) -> None:
    officer.go("/typed-in")
    assert faults_of(officer.page) == []

    officer.go(f"/typed-in/{flow}")
    for folded in officer.page.locator("main summary").all():
        folded.click()
    assert faults_of(officer.page) == []

    with officer.page.expect_navigation():
        officer.form(f"/typed-in/{flow}").locator("button[type=submit]:visible:not([name])").click()
    assert officer.page.locator("[role=alert]").count() == 1
    assert faults_of(officer.page) == []


def test_the_code_what_follows_the_minutes_and_the_links_have_no_fault(
    officer: ConsolePages,
) -> None:
    officer.go("/typed-in/report")
    form = officer.form("/typed-in/report")
    fill(form, {"way": "visit", "what": f"Nobody counts the paint {secrets.token_hex(4)}."})
    with officer.page.expect_navigation():
        form.locator("button[type=submit]:visible:not([name])").click()
    assert faults_of(officer.page) == []

    officer.form("/typed-in/handed-over").locator("[name=handed_over]").check()
    submit(officer.form("/typed-in/handed-over"))
    assert faults_of(officer.page) == []

    follow(officer.page.locator('main a[href$="/minutes"]'))
    assert faults_of(officer.page) == []
    case = officer.page.url.rpartition("/")[0].rpartition("/en")[2]
    officer.go(f"{case}/links")
    assert faults_of(officer.page) == []
    submit(officer.form("/links/check"))
    assert faults_of(officer.page) == []
