"""axe finds nothing where a name is asked for, decided about and read."""

import secrets

from tests.e2e.conftest import People
from tests.support.axe import faults_of, faults_when_narrow
from tests.support.pages import ConsolePages, fill, follow, submit, words_of

ASKED = {"reason": "A witness must be heard.", "tells": "yes", "message": "To hear a witness."}
AGREED = {"decision": "yes", "reason": "It is needed."}


def test_a_name_on_its_way_from_custodians_to_an_asker_has_no_fault(people: People) -> None:
    officer = _with_a_name(people)
    follow(officer.page.locator("a[href$='/identity']"))
    assert faults_when_narrow(officer.page) == []
    submit(officer.form("/identity"))
    assert faults_of(officer.page) == []
    fill(officer.form("/identity"), ASKED)
    submit(officer.form("/identity"))
    address = officer.page.url

    guard = people.colleague("axel", scripts=True)
    guard.go("/custody")
    assert faults_of(guard.page) == []
    follow(guard.page.locator("a[href*='/custody/']").first)
    assert faults_of(guard.page) == []
    _agree(guard)
    other = people.colleague("iris")
    other.go("/custody")
    follow(other.page.locator("a[href*='/custody/']").first)
    _agree(other)

    officer.page.goto(address)
    assert faults_of(officer.page) == []
    submit(officer.form("/read"))
    assert "Rita Reporter" in words_of(officer.page)
    assert faults_of(officer.page) == []


def _with_a_name(people: People) -> ConsolePages:
    title = f"A bridge that nobody built {secrets.token_hex(4)}."
    people.visitor().send_report(
        what=title, identity="in_confidence", name="Rita Reporter", contact="by letter"
    )
    officer = people.colleague("ingrid", scripts=True)
    officer.open_case(title)
    return officer


def _agree(custodian: ConsolePages) -> None:
    form = custodian.form("/custody/" + custodian.page.url.rpartition("/")[2])
    fill(form, AGREED)
    assert submit(form).status == 200, words_of(custodian.page)
