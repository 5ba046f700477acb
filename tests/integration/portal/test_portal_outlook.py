"""The mailbox says where the case stands, what comes next, by when, and what is asked."""

from flask import Flask

from cases.domain.flows import Action, Actor, Flow, states_of, transitions_of
from portal.meanings import MEANINGS
from portal.outlook import BUTTONS, NEXT
from tests.support.databases import on_both_databases
from tests.support.html import Client
from tests.support.office import FixedClock, Office
from tests.support.portal_steps import code_on, open_mailbox, send_complaint, send_report, write
from tests.support.usual_details import IN_SCOPE, NOT_CONTACTED, NOT_KNOWN, USUAL

A = Action


def _complaint(portal: Flask) -> str:
    return code_on(send_complaint(Client(portal)))


def _report(portal: Flask) -> str:
    return code_on(send_report(Client(portal)))


def _wait_for_service(office: Office) -> None:
    office.act(A.ACKNOWLEDGE, "we have it")
    office.act(A.CHECK_ADMISSIBILITY, details=NOT_CONTACTED)
    office.act(A.ASK_SERVICE_FIRST, "please ask the service")


def _advise_internal(office: Office) -> None:
    office.act(A.ACKNOWLEDGE, "we have it")
    office.act(A.CHECK_SCOPE, details=IN_SCOPE)
    office.act(A.CHECK_INTERNAL_CHANNEL, details=NOT_KNOWN)
    office.act(A.ADVISE_INTERNAL, "we advise", "no reason against it")


def test_every_state_of_every_flow_says_what_it_means_and_what_comes_next():
    every = {(flow, state) for flow in Flow for state in states_of(flow)}

    assert every == MEANINGS.keys()
    assert NEXT.keys() <= every


def test_every_step_of_the_person_has_a_button():
    rows = [row for flow in Flow for row in transitions_of(flow)]
    hers = {row.action for row in rows if row.actor is Actor.REPORTER}

    assert hers == BUTTONS.keys()


def test_a_new_complaint_says_what_comes_next_and_asks_for_nothing(client, portal):
    page = open_mailbox(client, _complaint(portal))

    assert "name of the person who handles your complaint" in page.text
    assert "Nothing for now." in page.text
    assert page.one("datetime", "2026-11-30") is not None


def test_a_question_of_the_office_is_asked_until_it_is_answered(client, portal, office):
    code = _report(portal)
    office.answer("Which month was it?", asks=True)

    asked = open_mailbox(client, code)
    answered = write(client, asked, "In June.")

    assert "We asked you something on 23 November 2026" in asked.text
    assert "We asked you something" not in answered.text


def test_a_complaint_that_waits_comes_back_with_one_button(client, portal, office):
    code = _complaint(portal)
    _wait_for_service(office)
    page = open_mailbox(client, code)

    after = client.submit(page, "/mailbox/act/reporter_came_back")

    assert "take my complaint up again" in page.text
    assert page.one("datetime", "2026-12-23") is not None
    assert [hop.status_code for hop in after.hops] == [303]
    assert "Admissibility check" in after.text
    assert "take my complaint up again" not in after.text


@on_both_databases
def test_the_button_pressed_twice_does_it_once(client, portal, office):
    code = _complaint(portal)
    _wait_for_service(office)
    page = open_mailbox(client, code)

    client.submit(page, "/mailbox/act/reporter_came_back")
    again = client.submit(page, "/mailbox/act/reporter_came_back")

    assert again.status == 200
    assert office.steps().count(A.REPORTER_CAME_BACK) == 1


def test_the_person_may_always_choose_the_office_against_the_advice(client, portal, office):
    code = _report(portal)
    _advise_internal(office)
    page = open_mailbox(client, code)

    after = client.submit(page, "/mailbox/act/reporter_chose_external")

    assert "You may always choose our office" in page.text
    assert "Choosing the way" in after.text
    assert office.steps()[-1] is A.REPORTER_CHOSE_EXTERNAL


def test_a_step_that_is_not_hers_is_not_there(client, portal):
    page = open_mailbox(client, _report(portal))

    answer = client.post("/en/mailbox/act/close", page.form("/mailbox/leave").filled({}))

    assert answer.status == 404


def test_the_day_given_to_a_service_never_shows(client, portal, office, clock: FixedClock):
    """It would tell the person that a service was asked, and the service that she knew."""
    code = _report(portal)
    for action in (A.ACKNOWLEDGE, A.CHECK_SCOPE, A.CHECK_INTERNAL_CHANNEL, A.ACCEPT_EXTERNAL):
        office.act(action, "a message" if action not in USUAL else "", details=USUAL.get(action))
    office.act(A.PREPARE_CONSULTATION, details=USUAL[A.PREPARE_CONSULTATION])
    office.act(A.RELEASE_CONSULTATION, details=USUAL[A.RELEASE_CONSULTATION], login="hilde")

    page = open_mailbox(client, code)

    assert page.one("datetime", "2027-02-23") is not None
    assert "2026-12-23" not in page.source
