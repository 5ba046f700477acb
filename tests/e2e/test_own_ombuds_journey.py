"""A service with an ombuds of its own: complaints are referred to it, reports handled here."""

import secrets

import pytest

from tests.e2e.conftest import People
from tests.support.answers import COMPLAINT
from tests.support.axe import sideways
from tests.support.pages import fill, submit, words_of

WHY = "La loi confie ces plaintes à ce service."
BODY = {
    "en": "Ombuds service at STIB-MIVB",
    "fr": "Service de médiation auprès de la STIB",
}


@pytest.fixture
def title() -> str:
    return f"A fine on the tram {secrets.token_hex(4)}."


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("fr", 320)])
def test_a_complaint_about_the_tram_is_referred_to_the_ombuds_of_the_tram(
    people: People, title: str, language: str, width: int
) -> None:
    citizen = people.visitor(language, width=width)
    citizen.go("/complaint")
    form = citizen.form("/complaint")
    fill(form, {**COMPLAINT, "authority": "stib-mivb", "problem": title})
    submit(form)
    assert BODY[language] in words_of(citizen.page)
    assert sideways(citizen.page) == 0
    submit(form)
    code = citizen.code

    handler = people.colleague("ingrid")
    handler.open_case(title)
    assert "Our register says: not competent" in words_of(handler.page)
    handler.step("acknowledge", "Nous vous lisons.")
    form = handler.begin("check_admissibility")
    assert "The rule proposes: Not met" in words_of(handler.page)
    assert form.locator('[name="details-competent"]:checked').get_attribute("value") == "not_met"
    assert form.locator('[value="not_competent"]').is_checked()
    submit(form)
    handler.take_step("check_admissibility")
    handler.step("refer", why=WHY)

    citizen.open_mailbox(code)
    assert BODY[language] in citizen.messages[-1]
    assert WHY in citizen.messages[-1]
    assert sideways(citizen.page) == 0


def test_a_report_about_the_tram_is_handled_here(people: People, title: str) -> None:
    reporter = people.visitor()
    code = reporter.send_report(what=title, authority="stib-mivb")

    investigator = people.colleague("ingrid")
    investigator.open_case(title)
    assert "not competent" not in words_of(investigator.page)
    investigator.step("acknowledge", "We have it.")
    form = investigator.begin("check_scope")
    assert form.locator('[name="details-service"]:checked').get_attribute("value") == "met"
    investigator.page.go_back()
    investigator.to_the_way_of_a_report()
    investigator.step("accept_external", "We investigate it.")

    reporter.open_mailbox(code)
    assert reporter.look().state == "Under investigation"
