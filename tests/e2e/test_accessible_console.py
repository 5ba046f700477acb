"""axe finds nothing on the console: signing in, the inbox, a case, letters and the account."""

import secrets
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Browser, StorageState

from tests.e2e.conftest import People
from tests.support.axe import faults_of, faults_when_narrow
from tests.support.browser import Windows
from tests.support.pages import ConsolePages, fill, follow, submit
from tests.support.staffed_office import Account, StaffedOffice


@pytest.fixture(scope="module")
def title(browser: Browser, office: StaffedOffice, sessions: dict[str, StorageState]) -> str:
    """A registered report that these tests look at one after the other."""
    windows = Windows(browser)
    title = _registered(People(office, windows, sessions))
    windows.close()
    assert windows.faults == []
    return title


@pytest.fixture
def officer(people: People, title: str) -> ConsolePages:
    """Someone of the office with the page of that report open."""
    officer = people.colleague("ingrid", scripts=True)
    officer.open_case(title)
    return officer


@pytest.mark.parametrize("path", ["/sign-in", "/welcome", "/signed-out", "/nowhere"])
def test_a_page_before_signing_in_has_no_fault(people: People, path: str) -> None:
    stranger = people.stranger(scripts=True)
    stranger.go(path)

    assert faults_of(stranger.page) == []


def test_a_refused_sign_in_has_no_fault(people: People) -> None:
    stranger = people.stranger(scripts=True)
    stranger.go("/sign-in")
    submit(stranger.form("/sign-in"))
    assert faults_of(stranger.page) == []

    assert stranger.sign_in(Account("nobody", "not a passphrase of ours"), "000000").status == 422
    assert faults_of(stranger.page) == []


def test_a_first_sign_in_has_no_fault(people: People) -> None:
    newcomer = people.stranger(scripts=True)
    newcomer.go("/welcome")
    form = newcomer.form("/welcome")
    submit(form)
    assert faults_of(newcomer.page) == []

    code, words = people.office.invitations["cem"], "eleven grey herons beside canals"
    fill(form, {"login": "cem", "code": code, "passphrase": words, "again": words})
    submit(form)
    assert faults_of(newcomer.page) == []
    submit(newcomer.form("/welcome/app"))
    assert faults_of(newcomer.page) == []


def test_the_inbox_has_no_fault(officer: ConsolePages) -> None:
    for path in ("/", "/?view=mine", "/?view=due", "/?view=all", "/find?reference=SI.1999.0001"):
        officer.go(path)
        assert faults_of(officer.page) == []


def test_the_inbox_with_a_reminder_has_no_fault(people: People, officer: ConsolePages) -> None:
    _remind(people, officer)

    officer.go("/")

    assert officer.page.locator("#reminders").count() == 1
    assert faults_of(officer.page) == []


def test_the_page_of_a_case_has_no_fault(officer: ConsolePages) -> None:
    officer.note("Ask the depot.")
    for summary in officer.page.locator("main summary").all():
        summary.click()
    assert faults_of(officer.page) == []

    officer.note("")
    assert officer.page.locator("[role=alert]").count() == 1
    assert faults_of(officer.page) == []


def test_writing_to_the_person_has_no_fault(officer: ConsolePages) -> None:
    officer.preview_reply("May we see the photo?")
    assert faults_of(officer.page) == []

    officer.send_reply()
    officer.page.goto(officer.page.url.partition("?")[0] + "/reply")
    assert faults_of(officer.page) == []
    submit(officer.form("/reply/preview"))
    assert faults_of(officer.page) == []


def test_sharing_a_case_has_no_fault(people: People) -> None:
    # One of its own: what is taken, no colleague opens any more.
    officer = people.colleague("ingrid", scripts=True)
    officer.open_case(_registered(people))
    officer.take()
    assert faults_of(officer.page) == []
    follow(officer.page.locator('a[href$="/share"]'))
    assert faults_of(officer.page) == []
    submit(officer.form("/share"))
    assert faults_of(officer.page) == []
    officer.go("/account/hand-over")
    submit(officer.form("/hand-over"))
    assert officer.page.locator("[role=alert]").count() == 1
    assert faults_of(officer.page) == []


def test_keeping_somebody_away_has_no_fault(officer: ConsolePages) -> None:
    follow(officer.page.locator('a[href$="/keep-away"]'))
    submit(officer.form("/keep-away"))
    assert officer.page.locator("[role=alert]").count() == 1
    assert faults_of(officer.page) == []


def test_a_new_key_for_a_case_has_no_fault(officer: ConsolePages) -> None:
    follow(officer.page.locator('a[href$="/key"]'))
    assert faults_of(officer.page) == []
    officer.page.get_by_label("Reason").fill("A phone was lost.")
    submit(officer.form("/key"))
    assert faults_of(officer.page) == []


def test_the_trail_of_a_case_has_no_fault(officer: ConsolePages) -> None:
    follow(officer.page.locator('a[href$="/trail"]'))
    assert officer.page.locator("tbody tr").count() >= 1
    assert faults_of(officer.page) == []


def test_the_trail_has_no_fault_whole_and_filtered(people: People) -> None:
    auditor = people.colleague("axel", scripts=True)
    auditor.go("/trail")
    assert auditor.page.locator("tbody tr").count() >= 1
    assert faults_when_narrow(auditor.page) == []
    auditor.go("/trail?case=nothing")
    assert faults_of(auditor.page) == []


def test_exporting_a_case_has_no_fault(officer: ConsolePages) -> None:
    follow(officer.page.locator('a[href$="/export"]'))
    assert faults_of(officer.page) == []
    submit(officer.form("/export"))
    assert officer.page.locator("[role=alert]").count() == 1
    assert faults_of(officer.page) == []


def test_a_step_that_came_too_late_has_no_fault(
    people: People, officer: ConsolePages, title: str
) -> None:
    officer.preview_reply("Is there more?")
    colleague = people.colleague("hilde")
    colleague.open_case(title)
    colleague.note("Somebody else was here.")
    colleague.step("prioritise", reason="The photo may disappear.", level="high")

    assert officer.send_reply().status == 409
    assert faults_of(officer.page) == []


def test_the_account_has_no_fault(people: People) -> None:
    officer = people.colleague("ingrid", scripts=True)
    officer.go("/")
    follow(officer.page.locator(".account__name"))

    assert faults_of(officer.page) == []


def test_the_people_of_the_office_have_no_fault(people: People) -> None:
    head = people.colleague("hilde", scripts=True)
    head.go("/people")

    assert head.page.get_by_role("button", name="Suspend Ilse Intake").count() == 1
    assert faults_when_narrow(head.page) == []


def test_the_texts_of_letters_have_no_fault(people: People) -> None:
    head = people.colleague("hilde", scripts=True)
    head.go("/letters")
    assert faults_of(head.page) == []

    head.go("/letters/complaint.conclude_founded.service")
    assert faults_of(head.page) == []
    form = head.form(".service/preview")
    submit(form)
    assert faults_of(head.page) == []
    fill(head.form(".service/preview"), {"en": "The {password} of the case."})
    submit(head.form(".service/preview"))
    assert head.page.locator("[role=alert]").count() == 1
    assert faults_when_narrow(head.page) == []


def _registered(people: People) -> str:
    """A report with a message, acknowledged; gives what it is called in the inbox."""
    title = f"A path paved for one house {secrets.token_hex(4)}."
    reporter = people.visitor()
    reporter.open_mailbox(reporter.send_report(what=title))
    reporter.write("There is a photo too.")
    officer = people.colleague("ingrid")
    officer.open_case(title)
    officer.step("acknowledge", "We have it.")
    return title


def _remind(people: People, officer: ConsolePages) -> None:
    """Raise a reminder of the open case, as the daily job does near the end of a term."""
    case_id = bytes.fromhex(officer.page.url.partition("?")[0].rpartition("/")[2])
    with closing(sqlite3.connect(people.office.home / "zegel.sqlite")) as database:
        # An alarm a thousand days before the end has come.
        database.execute(
            "INSERT INTO reminder (id, clock_id, stage, raised_on)"
            " SELECT randomblob(16), id, -1000, started_on FROM clock"
            " WHERE case_id = ? AND stopped_on IS NULL",
            (case_id,),
        )
        database.commit()
