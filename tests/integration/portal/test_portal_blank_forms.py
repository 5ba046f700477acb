"""An empty form is made once for everybody: what it shows is never what somebody typed."""

from dataclasses import replace

import pytest
from flask import Flask

from portal.blank_forms import BlankForms
from portal.forms.draft import ReportPage
from tests.support.html import Client
from web.database import transaction
from web.offering import offer

TEMPLATE = "zegel/intake/report.html"
TYPED = "Bureau of Lost Umbrellas"


@pytest.mark.parametrize("path", ["/report", "/complaint", "/protection"])
def test_what_one_person_typed_is_on_no_empty_form_of_another(portal: Flask, path: str) -> None:
    one, another = Client(portal), Client(portal)

    refused = one.submit(one.get(f"/en{path}"), path, authority_other=TYPED)
    opened = another.get(f"/en{path}")

    assert refused.status == 422
    assert TYPED in refused.source
    assert TYPED not in opened.source


def test_two_visitors_get_the_same_questions_and_drafts_of_their_own(portal: Flask) -> None:
    pages = [Client(portal).get("/en/report") for _ in range(2)]

    assert pages[0].value("draft") != pages[1].value("draft")
    assert pages[0].value("csrf_token") != pages[1].value("csrf_token")
    assert pages[0].source.count("<option") == pages[1].source.count("<option") > 90


def test_an_empty_form_is_made_anew_when_what_it_offers_changes(portal: Flask) -> None:
    made = BlankForms()
    with portal.test_request_context("/en/report"), transaction(commits=False):
        office = offer()
        grown = replace(office, people=(*office.people, ("00" * 16, "Nele New")))

        first, again, then = (
            made.questions(TEMPLATE, ReportPage, each) for each in (office, office, grown)
        )

    assert first is again
    assert "Nele New" not in first
    assert "Nele New" in then
