"""A complaint that turns out to be a report: the person makes it herself, and nobody learns who."""

import secrets

from tests.e2e.conftest import People
from tests.support.axe import faults_of
from tests.support.pages import follow, submit, words_of

NAME = "Nora Naamloos"


def test_a_complaint_goes_on_as_a_report_that_says_nothing_of_who_complained(
    people: People,
) -> None:
    title = f"Invoices for a road that is not there {secrets.token_hex(4)}."
    person = people.visitor(scripts=True)
    code = person.send_complaint(problem=title, name=NAME, email="nora@example.org")
    person.keep()
    officer = people.colleague("imke")
    officer.open_case(title)
    officer.step("acknowledge")
    reference = officer.page.locator("main").inner_text().split("OM.")[1].split()[0]
    officer.step("invite_other_flow", "This looks like a report.")

    person.open_mailbox(code)
    assert faults_of(person.page) == []
    assert submit(person.form("/mailbox/continue")).status == 200
    assert faults_of(person.page) == []
    form = person.form("/report")
    assert form.locator("[name=what]").input_value() == title
    assert not form.locator("[name=together]").is_checked()
    assert NAME not in words_of(person.page)
    form.locator("[name=together]").check()
    assert submit(form).status == 200
    assert person.code != code
    person.keep()

    # Both cases bear the same title; the newer one is the report.
    officer.go("/?view=all")
    rows = officer.page.locator("tbody tr").filter(has_text=title)
    follow(rows.filter(has_text="Report").locator("a").first)
    seen = words_of(officer.page)
    assert f"OM.{reference}" in seen
    assert NAME not in seen
    follow(officer.page.locator('main a[href*="reference="]'))
    submit(officer.form("/links/check"))
    submit(officer.form("/links"))
    assert "The same matter, as another kind of case" in words_of(officer.page)
