"""axe finds nothing where a closed case gets its period, is kept by a hold, and is erased."""

import secrets

from tests.e2e.conftest import People
from tests.support.axe import faults_of, faults_when_narrow
from tests.support.pages import ConsolePages, fill, submit, words_of

NOT_AT_ALL = {"keep": "other", "months": "0", "why": "The person asked for it."}


def test_a_case_on_its_way_to_being_erased_has_no_fault(people: People) -> None:
    title = f"A tunnel that nobody dug {secrets.token_hex(4)}."
    code = people.visitor().send_report(what=title)
    head = people.colleague("hilde", scripts=True)
    _close(head, title)
    assert faults_when_narrow(head.page) == []
    case = head.page.url.partition("?")[0]

    head.step("hold_erasure", reason="A case in court.")
    assert faults_when_narrow(head.page) == []
    head.go("/erasure")
    assert "Kept by a legal hold" in words_of(head.page)
    head.page.goto(case)
    head.step("lift_hold", reason="Judged.")

    head.go("/erasure")
    submit(head.form("/erasure"))
    assert faults_of(head.page) == []
    number = head.page.locator("main tbody").first.locator("tr").count()
    fill(head.form("/erasure"), {"number": str(number)})
    submit(head.form("/erasure"))
    assert "erased." in words_of(head.page)
    assert faults_when_narrow(head.page) == []

    visitor = people.visitor()
    assert visitor.open_mailbox(code).status == 422


def _close(head: ConsolePages, title: str) -> None:
    head.open_case(title)
    head.step("waive_acknowledgement", reason="Not wanted.", ground="not_wanted")
    met = dict.fromkeys(("person", "facts", "service", "general_interest"), "met")
    head.step("check_scope", **met)
    head.step("dismiss_repetitive", "We have it already.", reason="A repetition.")
    assert head.preview("close", **{**NOT_AT_ALL, "months": "never"}).status == 422
    assert faults_of(head.page) == []
    fill(head.form("/act/close/preview"), {"details-months": "0"})
    submit(head.form("/act/close/preview"))
    head.take_step("close")
