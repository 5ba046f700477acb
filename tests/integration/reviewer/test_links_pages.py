"""Linking cases in the console: by reference, looked at first, and only what one may open."""

from collections.abc import Callable

import pytest

from cases.domain.facts import Facts, ProtectionGround
from cases.domain.flows import Action
from tests.support.databases import on_both_databases
from tests.support.html import Client, Page
from tests.support.office import Office
from tests.support.scenes import Scene, scene
from tests.support.staff_steps import case_page
from tests.support.submissions import complaint, protection, report

Browser = Callable[[str], Client]
CANARY = "kanarie-one-7391"


def registered(office: Office, facts: Facts) -> Scene:
    made = scene(office, facts)
    made.act(Action.ACKNOWLEDGE)
    return made


@pytest.fixture
def one(office: Office) -> Scene:
    return registered(office, report(what=f"First. {CANARY}"))


@pytest.fixture
def other(office: Office, one: Scene) -> Scene:
    return registered(office, report(what="Second."))


def address(case: Scene) -> str:
    return f"/en/case/{case.case_id.hex()}"


def look(client: Client, case: Scene, reference: str, kind: str = "duplicate") -> Page:
    page = client.get(f"{address(case)}/links")
    return client.submit(page, "/links/check", reference=reference, kind=kind)


def confirm(client: Client, page: Page) -> Page:
    return client.submit(page, "/links")


@on_both_databases
def test_both_pages_show_the_duplicate_and_that_each_person_is_answered_separately(
    browser: Browser, one: Scene, other: Scene
) -> None:
    client = browser("ingrid")

    done = confirm(client, look(client, one, " si.2026.0002 "))

    assert "The two cases are linked, in both files." in done.text
    for case, reference in ((one, "SI.2026.0002"), (other, "SI.2026.0001")):
        shown = case_page(client, case.case_id.hex())
        assert "Another person told us the same" in shown.text
        assert "Each of them is answered separately" in shown.text
        assert reference in shown.text
    assert CANARY not in case_page(client, other.case_id.hex()).source


def test_the_other_case_is_looked_at_before_anything_is_written(
    browser: Browser, one: Scene, other: Scene
) -> None:
    client = browser("ingrid")

    page = look(client, one, "SI.2026.0002")

    assert "Second." in page.text
    assert "Another person told us" not in case_page(client, one.case_id.hex()).text


def test_a_case_of_a_colleague_looks_like_one_that_is_not_there(
    browser: Browser, office: Office, one: Scene, other: Scene
) -> None:
    hilde, ingrid = browser("hilde"), browser("ingrid")
    hilde.submit(case_page(hilde, other.case_id.hex()), "/take")

    taken, absent = look(ingrid, one, "SI.2026.0002"), look(ingrid, one, "SI.2026.0999")

    assert (
        taken.errors() == absent.errors() == {"reference": "You have no case with this reference."}
    )
    assert taken.status == absent.status == 422


@pytest.mark.parametrize(
    ("reference", "kind", "field"),
    [
        ("SI.2026.0001", "same_facts", "reference"),
        ("SI.2026.0002", "protection_of", "kind"),
        ("", "duplicate", "reference"),
    ],
)
def test_what_cannot_be_linked_says_why_beside_the_field(
    browser: Browser, one: Scene, other: Scene, reference: str, kind: str, field: str
) -> None:
    page = look(browser("ingrid"), one, reference, kind)

    assert page.status == 422
    assert list(page.errors()) == [field]


@on_both_databases
def test_a_message_that_came_meanwhile_in_either_case_stops_the_link(
    browser: Browser, office: Office, one: Scene, other: Scene
) -> None:
    client = browser("ingrid")
    page = look(client, one, "SI.2026.0002")
    other.act(Action.RECORD_MINUTES)

    stale = confirm(client, page)

    assert stale.status == 409
    assert "Another person told us" not in case_page(client, one.case_id.hex()).text


def test_the_same_link_twice_is_refused(browser: Browser, one: Scene, other: Scene) -> None:
    client = browser("ingrid")
    confirm(client, look(client, one, "SI.2026.0002"))

    again = look(client, other, "SI.2026.0001")

    assert list(again.errors()) == ["reference"]


def test_a_link_to_a_case_that_a_colleague_took_since_leads_nowhere(
    browser: Browser, one: Scene, other: Scene
) -> None:
    hilde, ingrid = browser("hilde"), browser("ingrid")
    confirm(ingrid, look(ingrid, one, "SI.2026.0002"))
    hilde.submit(case_page(hilde, other.case_id.hex()), "/take")

    page = case_page(ingrid, one.case_id.hex())

    assert "SI.2026.0002 (with a colleague)" in page.text
    assert other.case_id.hex() not in page.source


def test_a_request_for_protection_that_names_a_report_proposes_the_link(
    browser: Browser, office: Office, one: Scene
) -> None:
    request = protection(ground=ProtectionGround.REPORTED_HERE, report_reference="si.2026.0001")
    asked = scene(office, request)
    client = browser("ingrid")

    shown = case_page(client, asked.case_id.hex())
    assert "The person names a case that you can open: SI.2026.0001" in shown.text
    (proposal,) = [
        each.get("href") for each in shown.all("href") if "reference=" in each.get("href", "")
    ]
    page = client.get(proposal or "")
    assert (page.value("reference"), page.value("kind")) == ("SI.2026.0001", "protection_of")
    done = confirm(client, client.submit(page, "/links/check"))

    assert "You can open: SI" not in done.text
    assert "A report, and the protection of whoever made it" in done.text


@pytest.mark.parametrize("named", ["SI.2026.0999", "", "my earlier letter"])
def test_a_reference_that_this_person_cannot_open_proposes_nothing(
    browser: Browser, office: Office, named: str
) -> None:
    case = scene(office, protection(report_reference=named))

    page = case_page(browser("ingrid"), case.case_id.hex())

    assert "The person names a case" not in page.text


def test_a_report_of_a_colleague_is_not_proposed(
    browser: Browser, office: Office, one: Scene
) -> None:
    hilde, ingrid = browser("hilde"), browser("ingrid")
    hilde.submit(case_page(hilde, one.case_id.hex()), "/take")
    case = scene(office, report(belongs_to="SI.2026.0001"))

    page = case_page(ingrid, case.case_id.hex())

    assert "The person names a case" not in page.text


def test_a_complaint_that_belongs_to_a_report_is_proposed_as_the_same_matter(
    browser: Browser, office: Office, one: Scene
) -> None:
    case = scene(office, complaint(belongs_to="SI.2026.0001"))

    page = case_page(browser("ingrid"), case.case_id.hex())

    assert "kind=continued_as" in page.source
