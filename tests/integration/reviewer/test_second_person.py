"""What leaves the office about a report is read and let out by a second person."""

from collections.abc import Callable

from cases.domain.flows import Action
from cases.domain.reference import shipped
from tests.integration.reviewer.test_letters import text_in
from tests.support.databases import on_both_databases
from tests.support.html import Client
from tests.support.office import FixedClock, Office
from tests.support.staff_steps import case_page, new_case, preview_step, take_step
from tests.support.submissions import REPORT
from tests.support.usual_details import USUAL

Browser = Callable[[str], Client]

INVESTIGATED = (
    Action.ACKNOWLEDGE,
    Action.CHECK_SCOPE,
    Action.CHECK_INTERNAL_CHANNEL,
    Action.ACCEPT_EXTERNAL,
)
NOTICE = "Please answer letters in time. Jan Test of the depot told us on 3 March 2026."
RECOMMENDATION = {"addressee": "the service", "text": "Answer in time."}


def _investigated(office: Office) -> str:
    case_id = new_case(office, facts=REPORT)
    for action in INVESTIGATED:
        office.act(action, "" if action in USUAL else "a message", details=USUAL.get(action))
    return case_id


def _letter(client: Client, case_id: str) -> str:
    return f"/en/case/{case_id}/letter/5/service.pdf"


def test_a_letter_about_a_report_is_no_letter_before_a_second_person_read_it(
    browser: Browser, office: Office
) -> None:
    author, second = browser("ingrid"), browser("hilde")
    case_id = _investigated(office)
    take_step(author, case_id, "recommend", RECOMMENDATION, notice=NOTICE)

    waiting = case_page(author, case_id)
    refused = author.get(_letter(author, case_id))
    own = preview_step(author, case_id, "release_notice")
    seen = preview_step(second, case_id, "release_notice")
    take_step(second, case_id, "release_notice")
    letter = second.get(_letter(second, case_id))

    assert "waits for a second person" in waiting.text
    assert refused.status == 404
    assert own.status == 422
    assert "somebody else" in own.text or "second person" in own.text
    assert "Jan Test" in seen.text
    assert "<mark" in seen.source
    assert letter.status == 200
    assert "Please answer letters in time." in text_in(letter.response.data)


@on_both_databases
def test_a_letter_about_a_report_never_names_its_reference(
    browser: Browser, office: Office
) -> None:
    author, second = browser("ingrid"), browser("hilde")
    case_id = _investigated(office)
    take_step(author, case_id, "recommend", RECOMMENDATION, notice="Answer. {reference}")
    take_step(second, case_id, "release_notice")

    letter = second.get(_letter(second, case_id))

    assert "SI.2026" not in text_in(letter.response.data)
    # The name of a file goes along when somebody sends it on.
    assert "SI.2026" not in letter.response.headers["Content-Disposition"]


def test_the_days_say_that_a_service_was_told_only_once_it_could_be(
    browser: Browser, office: Office, clock: FixedClock
) -> None:
    case_id = _investigated(office)
    take_step(browser("ingrid"), case_id, "recommend", RECOMMENDATION, notice=NOTICE)
    days = f"/en/case/{case_id}/dates.csv"

    waiting = browser("ingrid").get(days).response.text
    clock.advance(days=2)
    take_step(browser("hilde"), case_id, "release_notice")
    released = browser("ingrid").get(days).response.text

    assert "service" not in waiting
    assert f"{clock.now().date().isoformat()},recommend,service" in released


def test_a_letter_goes_to_the_service_that_was_asked_and_not_to_the_one_that_was_not(
    browser: Browser, office: Office
) -> None:
    """Actiris, which the report is about, was never asked and must not learn that there is one."""
    author, second = browser("ingrid"), browser("hilde")
    case_id = _investigated(office)
    for action, login in (
        (Action.PREPARE_CONSULTATION, "ingrid"),
        (Action.RELEASE_CONSULTATION, "hilde"),
        (Action.RECORD_SERVICE_ANSWER, "ingrid"),
    ):
        office.act(action, details=USUAL[action], login=login)
    notice = "We go no further."
    texts = {"message": "It is minor.", "reason": "minor", "notice": notice}

    before = preview_step(author, case_id, "dismiss_minor", **texts)
    take_step(author, case_id, "dismiss_minor", **texts)
    waiting = preview_step(second, case_id, "release_notice")
    take_step(second, case_id, "release_notice")
    letter = text_in(second.get(f"/en/case/{case_id}/letter/8/service.pdf").response.data)

    mobility = shipped().authority("mobility")
    assert mobility is not None
    for page in (before, waiting):
        assert notice in page.text
        assert mobility.name("en") in page.text
        assert "Actiris" not in page.text
    assert mobility.name("nl") in letter
    assert "Actiris" not in letter
