"""Naming somebody of the office who should not see what is sent: no key of it reaches them."""

import pytest
from flask import Flask

from cases.actions.inbox import open_inbox
from cases.actions.reading import OpenCase, open_case
from cases.queries.inbox import InboxView
from tests.support.answers import COMPLAINT, PROTECTION, REPORT, Answer
from tests.support.html import Client
from tests.support.office import MORNING, Office
from tests.support.portal_steps import code_on, open_mailbox

QUESTION = "Is there someone at the office who should not see this?"
NOBODY_LEFT = "Nobody would be left who can read this"
FORMS: dict[str, dict[str, Answer]] = {
    "/report": REPORT,
    "/complaint": COMPLAINT,
    "/protection": PROTECTION,
}


def _person(office: Office, login: str) -> str:
    return office.signed_in(login).member.id.hex()


def _cases(office: Office, login: str) -> list[OpenCase]:
    keys = office.signed_in(login).keys
    with office.database.reading() as session:
        items = open_inbox(session, InboxView.ALL, keys, MORNING.date()).items
        return [open_case(session, each.case_id, keys) for each in items]


@pytest.mark.parametrize("path", FORMS)
def test_who_is_ticked_gets_no_key_of_it(client: Client, office: Office, path: str) -> None:
    page = client.get(f"/en{path}")
    ingrid = _person(office, "ingrid")

    sent = client.submit(
        page, path, **FORMS[path], excluded=(ingrid,), excluded_other="the man with the dog"
    )

    assert code_on(sent)
    assert QUESTION in page.text
    assert _cases(office, "ingrid") == []
    (case,) = _cases(office, "hilde")
    assert (case.excluded, case.excluded_other) == (
        {bytes.fromhex(ingrid)},
        "the man with the dog",
    )


def test_everyone_who_could_come_to_read_it_can_be_ticked(client: Client) -> None:
    page = client.get("/en/report")

    for name in ("Ingrid Intake", "Igor Investigator", "Hilde Head", "Carla Custodian"):
        assert name in page.text


def test_the_mailbox_tells_who_cannot_open_it(client: Client, office: Office) -> None:
    page, igor = client.get("/en/report"), _person(office, "igor")
    sent = client.submit(page, "/report", **REPORT, excluded=(igor,), excluded_other="her cousin")

    mailbox = open_mailbox(client, code_on(sent))

    assert "People of the office who cannot open it" in mailbox.text
    assert "Igor Investigator" in mailbox.text
    assert "her cousin" in mailbox.text


def test_where_nobody_would_be_left_the_form_comes_back_with_everything(
    client: Client, office: Office
) -> None:
    page = client.get("/en/report")
    both = (_person(office, "ingrid"), _person(office, "hilde"))

    again = client.submit(page, "/report", **REPORT, excluded=both, excluded_other="and her dog")

    assert again.status == 422
    assert NOBODY_LEFT in again.text
    assert again.value("what") == REPORT["what"]
    assert again.value("excluded_other") == "and her dog"
    assert sorted(again.form("/report").fields.getlist("excluded")) == sorted(both)
    assert _cases(office, "hilde") == []
    sent = client.submit(again, "/report", excluded=both[:1])
    assert code_on(sent)


def test_where_nobody_could_ever_open_the_name_the_form_comes_back(
    client: Client, office: Office
) -> None:
    page = client.get("/en/report")
    guards = (_person(office, "carla"), _person(office, "cem"))
    named = {**REPORT, "identity": "in_confidence", "name": "Jan Example"}

    again = client.submit(page, "/report", **named, excluded=guards)

    assert again.status == 422
    assert "Too few people would be left to guard the name" in again.text
    assert again.value("name") == "Jan Example"


def test_a_tick_that_was_added_later_does_not_look_as_if_it_counted(
    portal: Flask, office: Office
) -> None:
    client = Client(portal)
    form = client.get("/en/report").form("/report")
    client.post(form.action, form.filled(REPORT))

    later = form.filled({**REPORT, "excluded": (_person(office, "ingrid"),)})
    second = client.post(form.action, later)

    assert "in another version" in second.text
    assert "Ingrid Intake" in second.text
    assert len(_cases(office, "ingrid")) == 1


def test_a_person_who_is_not_on_the_roster_cannot_be_ticked(client: Client) -> None:
    form = client.get("/en/report").form("/report")
    answers = form.filled(REPORT)
    answers.setlist("excluded", ["00" * 16])

    again = client.post(form.action, answers)

    assert again.status == 422
    assert "Choose one of the answers on this page." in again.text
