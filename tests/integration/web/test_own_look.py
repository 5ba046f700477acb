"""An office's own look on the pages of both applications: its name, colours, logo and words."""

import gzip
import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from pypdf import PdfReader

from portal.application import create_portal
from reviewer.application import create_console
from tests.support.html import Client
from tests.support.office import Office
from tests.support.own_look import LOOK, put_on
from tests.support.page_rules import without_logo
from tests.support.staff_steps import come_signed_in, new_case, take_step
from tests.support.submissions import COMPLAINT
from web.headers import (
    CONTENT_SECURITY_POLICY,
    FILE_SECURITY_POLICY,
    PICTURE_POLICY,
    SCRIPT_POLICY,
    with_logo,
)
from web.look.parts import LookInvalid
from web.settings import Audience

APPLICATIONS: dict[Audience, Callable[..., Flask]] = {
    Audience.PORTAL: create_portal,
    Audience.CONSOLE: create_console,
}
# A page of each that everybody may read.
FIRST_PAGES = {Audience.PORTAL: "/fr/", Audience.CONSOLE: "/fr/sign-in"}


@pytest.fixture
def backend() -> str:
    return "sqlite"


def visitor(office: Office, audience: Audience) -> Client:
    """A browser on an application that has just started."""
    return Client(APPLICATIONS[audience](office.services(audience)))


@pytest.mark.parametrize("audience", Audience)
def test_pages_have_the_offices_name_logo_and_colours(office: Office, audience: Audience) -> None:
    put_on(office.home)
    client = visitor(office, audience)

    page, sheet = client.get(FIRST_PAGES[audience]), client.get("/static/zegel.css").response

    link = page.document.find(".//header//a[@class='banner__office']")
    assert link is not None
    assert "".join(link.itertext()) == "Médiateur de Villexemple"
    (logo,) = page.document.iter("img")
    assert logo.attrib.items() >= {"alt": "Une tour avec un drapeau", "height": "48"}.items()
    assert page.document.findtext("head/title", "").endswith(" Médiateur de Villexemple")
    light, dark = sheet.text.index("--brand: #ffd6e8;"), sheet.text.index("--brand: #d8f3a2;")
    assert sheet.text.index("--brand: #0b4a52;") < light < dark
    assert dark < sheet.text.index("(prefers-contrast: more)")


def test_only_pages_let_the_logo_in_and_stay_light(office: Office) -> None:
    put_on(office.home)
    client = visitor(office, Audience.PORTAL)

    policies = {
        path: client.get(path).response.headers["Content-Security-Policy"]
        for path in ("/fr/", "/fr/nowhere", "/fr/report", "/static/zegel.css")
    }

    assert [path for path, policy in policies.items() if "; img-src data:; " not in policy] == [
        "/static/zegel.css"
    ]
    assert "img-src" not in policies["/static/zegel.css"]
    # The weight of the heaviest form, as in `test_portal_weight.py`.
    parts = ("/de/report", "/static/zegel.css", "/static/files.js")
    assert sum(len(gzip.compress(client.get(path).response.data)) for path in parts) < 60_000


@pytest.mark.parametrize("audience", Audience)
def test_without_a_look_pages_are_as_zegel_ships_them(office: Office, audience: Audience) -> None:
    page = visitor(office, audience).get(FIRST_PAGES[audience])

    assert 'class="seal"' in page.source
    assert list(page.document.iter("img")) == []
    # The strictest policy: `Client` takes no other from a page without a logo.
    assert "img-src" not in page.response.headers["Content-Security-Policy"]


def test_the_portal_says_what_the_office_wants_it_to_say(office: Office) -> None:
    put_on(office.home)

    page = visitor(office, Audience.PORTAL).get("/de/")

    assert "Willkommen bei der Ombudsstelle von Musterstadt." in page.text
    footer = page.document.find(".//footer")
    assert footer is not None
    assert "Großer Markt 1, 1000 Musterstadt" in "".join(footer.itertext())
    (site,) = (link for link in footer.iter("a") if link.get("rel"))
    assert site.get("href") == "https://ombudsman.voorbeeldstad.example/de"


@pytest.mark.parametrize("policy", [CONTENT_SECURITY_POLICY, SCRIPT_POLICY, PICTURE_POLICY])
def test_every_policy_of_a_page_gives_way_for_the_logo_alone(policy: str) -> None:
    wider = with_logo(policy)

    assert wider.count("img-src") == wider.count("data:") == 1
    assert without_logo(wider) == policy
    assert with_logo(FILE_SECURITY_POLICY) == FILE_SECURITY_POLICY


def test_a_logo_that_only_says_the_name_is_not_read_out_twice(office: Office) -> None:
    put_on(office.home, LOOK.replace("A tower with a flag", "Example City Ombudsman"))

    page = visitor(office, Audience.PORTAL).get("/en/")

    assert [logo.get("alt") for logo in page.document.iter("img")] == [""]


def test_a_refused_roster_is_said_whatever_the_office_calls_itself(office: Office) -> None:
    put_on(office.home)
    for signed in (office.home / "roster").glob("*"):
        signed.write_bytes(b"something else")

    page = visitor(office, Audience.CONSOLE).get("/en/sign-in")

    assert "Ombuds office (keys not verified)" in page.text
    assert "Example City Ombudsman" not in page.text


@pytest.mark.parametrize("audience", Audience)
def test_an_application_does_not_start_with_a_look_that_cannot_be_used(
    office: Office, audience: Audience
) -> None:
    put_on(office.home, LOOK.replace('link = "#7a1f00"', 'link = "#ffaa88"'))

    with pytest.raises(LookInvalid, match=r"colours\.light: link #ffaa88 on paper #ffffff"):
        office.services(audience)


def test_a_look_that_changes_is_read_when_an_application_starts_again(office: Office) -> None:
    client = visitor(office, Audience.PORTAL)
    put_on(office.home)

    assert list(client.get("/en/").document.iter("img")) == []
    assert len(list(visitor(office, Audience.PORTAL).get("/en/").document.iter("img"))) == 1


def test_whoever_reads_a_letter_reads_the_offices_name_in_its_language(office: Office) -> None:
    put_on(office.home)
    console = visitor(office, Audience.CONSOLE)
    come_signed_in(console, office, "hilde")
    texts = {language: f"{language}: {{office}}" for language in ("nl", "fr", "de", "en")}

    page = console.get("/en/letters/complaint.acknowledge.person")
    preview = console.submit(page, "/preview", **texts)

    assert "nl: Ombudsman Voorbeeldstad" in preview.text
    assert "fr: Médiateur de Villexemple" in preview.text
    assert "de: Ombudsstelle Musterstadt" in preview.text


def test_a_letter_of_a_case_has_the_offices_name_in_the_language_of_its_reader(
    office: Office,
) -> None:
    put_on(office.home)
    console = visitor(office, Audience.CONSOLE)
    come_signed_in(console, office, "ingrid")
    case_id = new_case(office, facts=replace(COMPLAINT, language="fr"))
    take_step(console, case_id, "acknowledge", message="Bien reçu.")

    letter = console.get(f"/nl/case/{case_id}/letter/1/person.pdf").response.data
    days = console.get(f"/nl/case/{case_id}/dates.pdf").response.data

    for pdf in (letter, days):
        said = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
        assert "Médiateur de Villexemple" in " ".join(said.split())
