"""axe finds nothing on the page of any step of the three flows, nor on what follows from them.

Each page is looked at on a small phone, where its longer words have least room; the richest ones
by day and by night too.
"""

import secrets
from collections.abc import Iterable

from tests.e2e.conftest import People
from tests.support.axe import faults_of, faults_when_narrow
from tests.support.consulting_pages import ask_by_letter
from tests.support.pages import ConsolePages, fill, submit

NO_REASON_AGAINST = {
    "authority": "actiris",
    "internal_channel": "not_used",
    "internal_reasons": "did_not_know",
}
OF_A_REPORT_BEING_LOOKED_INTO = (
    "dismiss_repetitive",
    "extend_feedback",
    "transmit",
    "record_findings",
    "record_disclosure",
    "notify_prosecutor",
    "record_minutes",
    "prioritise",
    "invite_other_flow",
)


def test_the_steps_of_a_report_have_no_fault(people: People) -> None:
    reporter = people.visitor(scripts=True)
    title = _title()
    code = reporter.send("/report", {**NO_REASON_AGAINST, "what": title})
    officer = people.colleague("ingrid", scripts=True)
    officer.open_case(title)
    _look_at(officer, ("waive_acknowledgement",))
    officer.step("acknowledge", "We have it.")
    _check_and_refuse(officer, "check_scope", {"details-conflict_free": "no"})
    officer.open_case(title)
    officer.to_the_way_of_a_report()

    officer.begin("accept_external")
    assert faults_of(officer.page) == []
    officer.page.go_back()
    officer.step("advise_internal", "Ask the coordinator first.")
    reporter.open_mailbox(code)
    assert faults_of(reporter.page) == []
    reporter.act("reporter_chose_external")
    assert faults_when_narrow(reporter.page) == []

    officer.open_case(title)
    officer.step("accept_external", "We investigate it.")
    _look_at(officer, OF_A_REPORT_BEING_LOOKED_INTO)
    officer.preview("recommend", notice="We recommend it.", text="Count the paint.")
    assert faults_of(officer.page) == []


def test_what_a_complaint_comes_to_has_no_fault(people: People) -> None:
    title = _title()
    people.visitor().send_complaint(problem=title, authority="parking")
    officer = people.colleague("ingrid", scripts=True)
    officer.open_case(title)
    officer.step("acknowledge", "We have it.")
    _check_and_refuse(officer, "check_admissibility", {"details-contacted": "not_met"})
    officer.open_case(title)
    officer.step("check_admissibility")
    _look_at(officer, ("refer", "set_identity_disclosure"))
    officer.step("accept", "We examine it.")
    officer.step("start_examination")
    _look_at(officer, ("assess_norm",))

    officer.step("assess_norm", norm="law", verdict="breached", why="The term had passed.")
    ask_by_letter(officer, "Why?", "We overlooked it.", kind="hearing")
    officer.step("recommend", notice="We recommend it.", text="Answer in time.")
    _look_at(officer, ("answer_recommendation",))
    # What would give the person away in the letter is then pointed out.
    officer.step("set_identity_disclosure", withheld="yes", how="In the mailbox.")
    officer.preview("conclude_founded", "It is founded.", notice="Marie Example is right.")
    assert officer.page.locator("mark").count() >= 1
    assert faults_of(officer.page) == []
    officer.open_case(title)
    for summary in officer.page.locator("main summary").all():
        summary.click()
    assert faults_of(officer.page) == []


def test_the_steps_of_a_request_for_protection_have_no_fault(people: People) -> None:
    title = _title()
    people.visitor().send_protection(what=title)
    officer = people.colleague("ingrid", scripts=True)
    officer.open_case(title)
    officer.step("acknowledge", "We have it.")

    _check_and_refuse(officer, "check_link", {"details-report_reference": "SI.1999.0001"})
    officer.open_case(title)
    _look_at(officer, ("record_consent",))
    officer.step("check_link", linked="met", why="A week later.")
    officer.step("record_consent")
    officer.step("ask_justification", "We ask your employer.")
    ask_by_letter(officer, "Why?", "A reorganisation.", kind="justification")
    _look_at(officer, ("assess_justification",))


def _title() -> str:
    return f"Nobody counts the paint {secrets.token_hex(4)}."


def _look_at(officer: ConsolePages, steps: Iterable[str]) -> None:
    """The form of each step of the open case; ends on the page of the case."""
    case = officer.page.url.partition("?")[0]
    faults = {}
    for name in steps:
        officer.page.goto(f"{case}/act/{name}")
        assert officer.form(f"/act/{name}/preview").count() == 1, name
        faults[name] = faults_when_narrow(officer.page)
    assert {name: found for name, found in faults.items() if found} == {}
    officer.page.goto(case)


def _check_and_refuse(officer: ConsolePages, name: str, wrong: dict[str, str]) -> None:
    """A check as it is offered, and as it comes back with a fault."""
    form = officer.begin(name)
    assert faults_of(officer.page) == []
    fill(form, wrong)
    assert submit(form).status == 422
    assert officer.page.locator("[role=alert]").count() == 1
    assert faults_of(officer.page) == []
