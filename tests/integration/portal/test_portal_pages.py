"""Every page, in every language; what the frame promises."""

import pytest
from flask import Flask

from tests.support.databases import on_both_databases
from tests.support.html import Client
from tests.support.office import Office
from web.i18n import LANGUAGES

WITHOUT_FORM = ("/", "/check", "/security", "/receipt/next/report", "/receipt/next/complaint")
WITH_FORM = ("/report", "/complaint", "/mailbox")


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("fr-BE, en;q=0.5", "/fr/"),
        ("de", "/de/"),
        ("en-GB", "/en/"),
        ("pt, nl;q=0.1", "/nl/"),
        ("pt", "/nl/"),
        ("", "/nl/"),
    ],
)
def test_the_bare_address_goes_by_the_browsers_language(client, asked, address):
    page = client.get("/", headers={"Accept-Language": asked})

    assert [hop.status_code for hop in page.hops] == [302]
    assert page.url == address


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", WITHOUT_FORM + WITH_FORM)
def test_every_page_stands_in_every_language(client, language, path):
    page = client.get(f"/{language}{path}")

    assert page.status == 200
    assert page.document.get("lang") == language
    links = {link.get("hreflang") for link in page.all("hreflang")}
    assert links == set(LANGUAGES)


@pytest.mark.parametrize("path", WITHOUT_FORM)
def test_a_page_without_a_form_sets_no_cookie(client, path):
    client.get(f"/en{path}")

    assert client.cookie is None


def test_the_start_page_shows_both_ways_in_and_the_way_back(client):
    page = client.get("/en/")

    links = {link.get("href") for link in page.all("href")}
    assert {"/en/report", "/en/complaint", "/en/mailbox", "/en/check", "/en/security"} <= links


@pytest.mark.parametrize("path", ["/", "/security", "/report", "/complaint"])
def test_the_fingerprint_of_the_keys_in_force_is_shown(client, office, path):
    page = client.get(f"/en{path}")

    assert office.roster().fingerprint_text in page.text


@on_both_databases
def test_health_answers_without_detail(client):
    page = client.get("/healthz")

    assert (page.status, page.source) == (200, "ok\n")


def test_health_fails_without_detail_when_the_evidence_store_does(
    client: Client, office: Office
) -> None:
    (office.home / "evidence").write_text("no folder")

    page = client.get("/healthz")

    assert page.status == 503
    assert str(office.home) not in page.source


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/en/nowhere", 404),
        ("GET", "/xx/", 404),
        ("GET", "/en/receipt/kept", 405),
        ("GET", "/en/receipt/next/other", 404),
        ("POST", "/en/", 405),
    ],
)
def test_a_wrong_address_has_a_page_of_its_own(client, method, path, status):
    page = client.get(path) if method == "GET" else client.post(path)

    assert page.status == status


@pytest.mark.parametrize("path", ["/report", "/complaint"])
def test_a_form_is_refused_before_anybody_types_when_the_keys_cannot_be_verified(
    client: Client, office: Office, path: str
):
    (office.home / "roster" / "pin").write_text("00" * 32)

    page = client.get(f"/en{path}")

    assert page.status == 503
    assert page.response.headers["Retry-After"]


def test_start_and_security_say_so_when_the_keys_cannot_be_verified(client, office):
    (office.home / "roster" / "0001.json").write_text("{}")

    for path in ("/en/", "/en/security"):
        page = client.get(path)
        assert page.status == 200
        assert "cannot be verified" in page.text


def test_an_unknown_host_is_refused(portal: Flask):
    page = Client(portal, origin="https://elsewhere.test").get("/en/")

    assert (page.status, page.source) == (404, "Not found\n")
