"""The page on which a person hands all cases to a colleague."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from cases.actions import assignment
from cases.actions.handing_over import BATCH
from cases.models import CaseGrant
from tests.support.html import Client, Page
from tests.support.office import MORNING, Office
from tests.support.scenes import Scene, scene
from tests.support.staff_steps import case_page, new_case
from tests.support.submissions import submit

Browser = Callable[[str], Client]
PAGE = "/en/account/hand-over"
TODAY = MORNING.date()


def _take(client: Client, office: Office) -> str:
    case_id = new_case(office)
    client.submit(case_page(client, case_id), "/take")
    return case_id


def _choice(page: Page, name: str) -> str:
    """The value of the radio beside a colleague's name."""
    labels = {
        "".join(label.itertext()).strip(): label.get("for") for label in page.document.iter("label")
    }
    (value,) = [
        each.get("value") for each in page.document.iter("input") if each.get("id") == labels[name]
    ]
    assert value
    return value


def test_a_person_hands_all_cases_over_and_cannot_open_them_any_more(
    browser: Browser, office: Office
) -> None:
    ingrid, igor = browser("ingrid"), browser("igor")
    cases = [_take(ingrid, office) for _ in range(2)]
    page = ingrid.get(PAGE)

    done = ingrid.submit(page, PAGE, colleague=_choice(page, "Igor Investigator"))

    assert "You hold 2 cases" in page.text
    assert "2 cases were handed over to Igor Investigator." in done.text
    assert "You hold no case of your own." in done.text
    for case_id in cases:
        assert case_page(ingrid, case_id).status == 404
        assert "Handed over to a colleague" in case_page(igor, case_id).text


def test_what_stays_behind_is_named_with_the_reason(browser: Browser, office: Office) -> None:
    ingrid = browser("ingrid")
    browser("igor")
    case_id = _take(ingrid, office)
    with office.database.writing() as session:
        session.execute(update(CaseGrant).values(box=b"\x01" * 100))
    page = ingrid.get(PAGE)

    done = ingrid.submit(page, PAGE, colleague=_choice(page, "Igor Investigator"))

    assert "handed over to" not in done.text
    assert "The case does not open: what is stored is damaged." in done.text
    assert case_id[:8] in done.text


def test_more_than_one_batch_asks_for_the_button_again(browser: Browser, office: Office) -> None:
    ingrid = browser("ingrid")
    browser("igor")
    ours, by = scene(office), office.signed_in("ingrid")
    for _ in range(BATCH + 1):
        with office.database.writing() as session:
            ours = Scene(office, submit(session, office.roster(), TODAY)[0].case_id, ours.keys)
            case = ours.open(session)
            assignment.take(session, case, by, case.version, office.clock.now())
    page = ingrid.get(PAGE)

    first = ingrid.submit(page, PAGE, colleague=_choice(page, "Igor Investigator"))
    second = ingrid.submit(first, PAGE)

    assert "1 case still waits." in first.text
    assert "1 case was handed over to Igor Investigator." in second.text
    assert "wait" not in second.one("role", "status").itertext()


def test_a_colleague_must_be_chosen_and_be_one_of_the_office(
    browser: Browser, office: Office
) -> None:
    ingrid = browser("ingrid")
    browser("igor")
    _take(ingrid, office)
    page = ingrid.get(PAGE)

    assert ingrid.submit(page, PAGE).status == 422
    for odd in ("00" * 16, "nonsense", office.signed_in("ingrid").member.id.hex()):
        assert ingrid.submit(page, PAGE, tampered={"colleague": odd}).status == 422
    assert "You hold 1 case " in ingrid.get(PAGE).text


@pytest.mark.parametrize("login", ["ada", "carla"])
def test_whoever_handles_no_cases_has_no_such_page(browser: Browser, login: str) -> None:
    assert browser(login).get(PAGE).status == 404
