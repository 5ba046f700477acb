"""A name given in confidence stays in its own envelope."""

import secrets

from tests.e2e.conftest import People
from tests.support.pages import words_of


def test_the_console_shows_that_a_name_is_sealed_and_the_name_nowhere(people: People) -> None:
    mark = secrets.token_hex(4)
    name, contact = f"Xaviera {mark}", f"x{mark}@example.org"
    title = f"A tender written for one firm {secrets.token_hex(4)}."
    reporter = people.visitor()
    reporter.send_report(what=title, identity="in_confidence", name=name, contact=contact)

    officer = people.colleague("ingrid")
    officer.open_case(title)
    assert "sealed to the custodians" in words_of(officer.page)
    officer.step("acknowledge", "We have it.")

    case = officer.page.url.partition("?")[0]
    for address in (case, f"{case}/reply", f"{case}/share", f"{case}/act/check_scope"):
        officer.page.goto(address)
        assert mark not in officer.page.content()
    officer.row(title)
    assert mark not in officer.page.content()


def test_the_reporter_does_not_read_the_name_back_either(people: People) -> None:
    mark = secrets.token_hex(4)
    reporter = people.visitor()
    code = reporter.send_report(identity="in_confidence", name=mark, contact=f"{mark}@example.org")

    reporter.open_mailbox(code)

    assert reporter.messages
    assert mark not in reporter.page.content()
