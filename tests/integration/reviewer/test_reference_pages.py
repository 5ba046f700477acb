"""The office changes its reference data on the pages of the console."""

from collections.abc import Callable

import pytest
from flask import Flask

from cases.domain.reference import KINDS
from portal.application import create_portal
from tests.support.databases import on_both_databases
from tests.support.html import Client
from tests.support.office import Office
from tests.support.staff_steps import sign_in
from web.settings import Audience

Browser = Callable[[str], Client]
ROW = "/en/reference/authorities/row/mobility"
NORM = {
    "code": "clear_language",
    "name_nl": "Klare taal",
    "name_fr": "Langage clair",
    "name_de": "Klare Sprache",
    "name_en": "Clear language",
    "certainty": "confirmed",
    "source": "decision of the office",
}


@pytest.fixture
def hilde(browser: Browser) -> Client:
    return browser("hilde")


def test_the_head_finds_the_lists_from_any_page(hilde: Client) -> None:
    page = hilde.get("/en/reference")

    assert page.heading == "Reference data"
    assert "Public services 86" in page.text
    assert "Norms 15 15" in page.text
    links = {link.get("href") for link in hilde.get("/en/").document.iter("a")}
    assert "/en/reference" in links


def test_an_administrator_who_opens_no_cases_finds_them_too(browser: Browser) -> None:
    page = browser("ada").get("/en/account")

    assert "/en/reference" in {link.get("href") for link in page.document.iter("a")}


@pytest.mark.parametrize("login", ["ingrid", "igor", "carla"])
def test_the_others_do_not_find_them(browser: Browser, login: str) -> None:
    client = browser(login)

    assert client.get("/en/reference").status == 404
    links = {link.get("href") for link in client.get("/en/account").document.iter("a")}
    assert "/en/reference" not in links


@pytest.mark.parametrize("kind", KINDS)
def test_every_list_and_every_form_can_be_read(hilde: Client, kind: str) -> None:
    rows = hilde.get(f"/en/reference/{kind}")
    links = [link.get("href", "") for link in rows.document.iter("a")]
    first = next(link for link in links if "/row/" in link)

    assert rows.status == 200
    assert hilde.get(first).status == 200
    assert hilde.get(f"/en/reference/{kind}/new").status == 200
    assert "Nobody changed this row" in hilde.get(first.replace("/row/", "/history/")).text


def test_a_list_shows_the_rows_with_a_text(hilde: Client) -> None:
    found = hilde.get("/en/reference/authorities?text=ixelles").text

    assert "Municipality of Ixelles" in found
    assert "Brussels Mobility" not in found
    assert "No row fits." in hilde.get("/en/reference/authorities?text=atlantis").text


def test_a_list_shows_what_is_to_be_confirmed(hilde: Client) -> None:
    found = hilde.get("/en/reference/authorities?text=&unconfirmed=yes").text

    assert "Inferred, to be confirmed" in found
    assert "Brussels Mobility" not in found


def test_a_competence_is_known_by_service_flow_and_day(hilde: Client) -> None:
    found = hilde.get("/en/reference/competences?text=stib")

    assert "(STIB-MIVB) · Complaint · 2022-09-01" in found.text


@on_both_databases
def test_a_row_is_changed_and_its_history_tells(hilde: Client) -> None:
    page = hilde.get(ROW)
    done = hilde.submit(page, "/row/mobility", name_en="Mobility for Brussels")

    assert "The row was saved." in done.text
    assert "Mobility for Brussels" in done.text
    past = hilde.get("/en/reference/authorities/history/mobility").text
    assert "Change 1" in past
    assert "Hilde Head" in past
    assert "Name (English) Brussels Mobility Mobility for Brussels" in past


def test_the_portal_shows_the_change_at_once(hilde: Client, office: Office) -> None:
    portal = create_portal(office.services(Audience.PORTAL))
    page = hilde.get(ROW)
    hilde.submit(page, "/row/mobility", name_en="Mobility for Brussels")

    assert "Mobility for Brussels" in Client(portal).get("/en/complaint").source


def test_a_field_that_is_wrong_is_named_and_nothing_is_lost(hilde: Client) -> None:
    page = hilde.get("/en/reference/periods/row/report:feedback:2023-06-06")
    again = hilde.submit(page, "/row/report:feedback:2023-06-06", length="soon", source="my law")

    assert again.status == 422
    assert again.errors() == {"length": "Write a whole number, such as 30."}
    assert again.value("source") == "my law"


def test_a_service_that_gets_its_own_ombuds_is_a_row_with_a_date(hilde: Client) -> None:
    key = "mun-jette:complaint:2022-09-01"
    ended = hilde.submit(
        hilde.get(f"/en/reference/competences/row/{key}"), f"/row/{key}", valid_until="2026-12-31"
    )
    assert "2026-12-31" in ended.text
    names = {f"instead_{language}": "Ombuds Jette" for language in ("nl", "fr", "de", "en")}
    row = {
        "authority": "mun-jette",
        "flow": "complaint",
        "valid_from": "2027-01-01",
        "competent": "no",
        "source": "decision of the council",
        "certainty": "confirmed",
        **names,
    }

    done = hilde.submit(hilde.get("/en/reference/competences/new"), "/new", **row)

    assert "Municipality of Jette · Complaint · 2027-01-01" in done.text
    overlapping = {**row, "valid_from": "2026-12-31"}
    page = hilde.get("/en/reference/competences/new")
    refused = hilde.submit(page, "/new", **overlapping)
    assert refused.status == 422
    assert "Another row holds on the same days." in refused.text


def test_a_row_is_added_once(hilde: Client) -> None:
    for status, said in ((200, "The row was added."), (422, "There is such a row already.")):
        page = hilde.get("/en/reference/norms/new")
        done = hilde.submit(page, "/new", **NORM)
        assert done.status == status
        assert said in done.text

    assert "Clear language" in hilde.get("/en/reference/norms").text


def test_a_row_is_withdrawn_and_can_come_back(hilde: Client) -> None:
    hilde.submit(hilde.get("/en/reference/norms/new"), "/new", **NORM)
    page = hilde.get("/en/reference/norms/row/clear_language")

    done = hilde.submit(page, "/withdraw/clear_language")

    assert "The row was withdrawn." in done.text
    assert "Clear language" not in done.text
    past = hilde.get("/en/reference/norms/history/clear_language").text
    assert "This row was withdrawn" in past
    hilde.submit(hilde.get("/en/reference/norms/new"), "/new", **NORM)
    assert "Clear language" in hilde.get("/en/reference/norms").text


def test_what_is_still_needed_cannot_be_withdrawn(hilde: Client) -> None:
    page = hilde.get(ROW)

    done = hilde.submit(page, "/withdraw/mobility")

    assert done.status == 422
    assert "a competence still names this service" in done.text


@on_both_databases
def test_of_two_who_change_one_row_the_second_keeps_what_was_typed(
    hilde: Client, console: Flask, office: Office
) -> None:
    ada = Client(console)
    sign_in(ada, office, "ada")
    old = ada.get(ROW)
    hilde.submit(hilde.get(ROW), "/row/mobility", note="first")

    refused = ada.submit(old, "/row/mobility", note="second")

    assert refused.status == 409
    assert "Someone else changed it." in refused.text
    assert "Note: second" in refused.text
    assert ada.get(ROW).value("note") == "first"


@pytest.mark.parametrize(
    "path", ["/colours", "/colours/new", "/norms/row/colour", "/norms/history/colour"]
)
def test_what_is_not_there_is_no_page(hilde: Client, path: str) -> None:
    assert hilde.get(f"/en/reference{path}").status == 404
