"""What the head reads of cases whose period is over, and erasing them; what a case says of it."""

from collections.abc import Callable

import pytest

from cases.actions.links import Side, link_cases
from cases.domain.details import LinkKind
from cases.domain.flows import Action
from cases.errors import NotFound
from cases.queries.erasures import tombstones
from reviewer import erased_list
from tests.support.endings import DISMISSED, ended, ended_with_everything, erase_everything_due
from tests.support.html import Client, Page
from tests.support.office import Office
from tests.support.scenes import Scene, scene
from tests.support.staff_steps import case_page, preview_step, take_step
from web.settings import Audience

Browser = Callable[[str], Client]
PAGE = "/en/erasure"


def erase(client: Client, number: str) -> Page:
    return client.submit(client.get(PAGE), "/erasure", number=number)


def test_a_head_types_how_many_cases_go_and_they_are_gone(browser: Browser, office: Office) -> None:
    store = office.services(Audience.CONSOLE).evidence
    office.home.mkdir(exist_ok=True)
    ours = ended_with_everything(office, store)
    client = browser("hilde")

    assert "The period of 1 case is over" in client.get("/en/").text
    page = client.get(PAGE)
    assert "1 case whose period is over" in page.text
    assert "SI.2026.0001" in page.text
    assert "Closed without investigation" in page.text
    after = erase(client, "1")

    assert "1 case was erased." in after.text
    assert "Nothing is over now." in after.text
    assert client.get(f"/en/case/{ours.case_id.hex()}").status == 404
    with office.database.reading() as session:
        with pytest.raises(NotFound):
            ours.open(session)
        listed = tombstones(session)
    assert [each.case_id for each in listed] == [ours.case_id]
    assert erased_list.read(office.home) == listed
    assert list(store.names()) == []


@pytest.mark.parametrize("typed", ["", "2", "one", "1 1", "\u0661"])
def test_another_number_erases_nothing(browser: Browser, office: Office, typed: str) -> None:
    ours = ended(office)
    client = browser("hilde")

    page = erase(client, typed)

    assert page.status == 422
    assert ours.opens("ingrid")


def test_a_case_that_joined_the_list_since_is_read_first(browser: Browser, office: Office) -> None:
    first = ended(office)
    client = browser("hilde")
    read = client.get(PAGE)
    second = ended(office)

    page = client.submit(read, "/erasure", number="2")

    assert page.status == 422
    assert "The list has changed since you read it. Read it again." in page.text
    assert first.opens("ingrid")
    assert second.opens("ingrid")
    assert "2 cases were erased." in client.submit(page, "/erasure", number="2").text


@pytest.mark.parametrize("login", ["ingrid", "igor", "ada", "carla"])
def test_nobody_but_a_head_is_told(browser: Browser, office: Office, login: str) -> None:
    ended(office)
    client = browser(login)

    assert client.get(PAGE).status in (403, 404)
    assert "period" not in client.get("/en/").text


def test_where_the_store_fails_the_case_is_erased_all_the_same(
    browser: Browser, office: Office
) -> None:
    office.home.mkdir(exist_ok=True)
    ours = ended_with_everything(office, office.services(Audience.CONSOLE).evidence)
    client = browser("hilde")
    page = client.get(PAGE)
    folder = office.home / "evidence"
    folder.rename(office.home / "elsewhere")

    assert client.submit(page, "/erasure", number="1").status == 200

    assert not ours.opens("ingrid")


def test_a_case_that_was_linked_with_an_erased_one_still_opens(
    browser: Browser, office: Office
) -> None:
    ours, other = ended(office), scene(office)
    other.act(Action.ACKNOWLEDGE)
    by, now, rules = office.signed_in("ingrid"), office.clock.now(), office.rules()
    with office.database.writing() as session:
        sides = [Side(case, case.version) for case in (ours.open(session), other.open(session))]
        link_cases(session, (sides[0], sides[1]), LinkKind.SAME_FACTS, by, now, rules)
    address = f"/en/case/{ours.case_id.hex()}"
    client = browser("ingrid")
    assert f'href="{address}"' in case_page(client, other.case_id.hex()).source

    erase_everything_due(office)

    page = case_page(client, other.case_id.hex())
    assert "SI.2026.0001" in page.text
    assert f'href="{address}"' not in page.source
    assert client.get(address).status == 404


# What a case says of its end ------------------------------------------------------------------


def closable(office: Office) -> Scene:
    ours = scene(office)
    ours.go(*DISMISSED[:-1])
    return ours


def test_closing_proposes_the_period_of_the_rule(browser: Browser, office: Office) -> None:
    ours = closable(office)
    client = browser("ingrid")

    form = client.get(f"/en/case/{ours.case_id.hex()}/act/close")
    assert "5 years after closing, until 23 Nov 2031." in form.text
    assert "This rule is to be confirmed." in form.text
    page = take_step(client, ours.case_id.hex(), "close")

    assert "Can be erased from 23 Nov 2031" in page.text
    assert "Kept for 5 years after closing" in page.text


def test_another_period_has_a_reason(browser: Browser, office: Office) -> None:
    ours = closable(office)
    client = browser("ingrid")
    case_id, other = ours.case_id.hex(), {"keep": "other", "months": "18"}

    without = preview_step(client, case_id, "close", other)
    assert without.status == 422
    assert "Write why the rule is not followed." in without.text
    page = take_step(client, case_id, "close", {**other, "why": "A sensitive file."})

    assert "Can be erased from 23 May 2028" in page.text
    assert "Why another period A sensitive file." in page.text


@pytest.mark.parametrize("typed", ["", "-1", "1201", "a year", "1.5", "\u0661\u0662"])
def test_a_period_is_a_number_of_months(browser: Browser, office: Office, typed: str) -> None:
    ours = closable(office)
    answers = {"keep": "other", "months": typed, "why": "because"}

    page = preview_step(browser("ingrid"), ours.case_id.hex(), "close", answers)

    assert page.status == 422
    assert "Type a number of months from 0 to 1200." in page.text


def test_a_hold_stands_on_the_case_and_a_head_lifts_it(browser: Browser, office: Office) -> None:
    ours = ended(office)
    ingrid, hilde, case_id = browser("ingrid"), browser("hilde"), ours.case_id.hex()
    assert "The day has come." in case_page(ingrid, case_id).text

    held = take_step(ingrid, case_id, "hold_erasure", reason="A case in court.")
    assert "Legal hold: this case is not erased" in held.text
    listed = hilde.get(PAGE).text
    assert "Nothing is over now." in listed
    assert "Cases that would be erased but for a hold" in listed
    assert ingrid.get(f"/en/case/{case_id}/act/lift_hold").status == 409
    lifted = take_step(hilde, case_id, "lift_hold", reason="Judged.")

    assert "Legal hold" not in lifted.text.partition("Deadlines")[0]
    assert "1 case whose period is over" in hilde.get(PAGE).text


def test_the_office_sets_a_period_of_its_own_for_an_outcome(
    browser: Browser, office: Office
) -> None:
    ours = closable(office)
    client = browser("hilde")
    row = {
        "flow": "report",
        "outcome": "dismissed",
        "valid_from": "2026-01-01",
        "months": "24",
        "source": "decision of the office",
        "certainty": "confirmed",
    }

    client.submit(client.get("/en/reference/retention/new"), "/new", **row)
    listed = client.get("/en/reference/retention/row/report:dismissed:2026-01-01")
    general = client.get("/en/reference/retention/row/report::2023-06-06")
    form = client.get(f"/en/case/{ours.case_id.hex()}/act/close")

    assert listed.status == general.status == 200
    assert "2 years after closing, until 23 Nov 2028. Source: decision of the office." in form.text
    assert "to be confirmed" not in form.text
