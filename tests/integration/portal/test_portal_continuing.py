"""A complaint that turns out to be a report, and the reverse: the story goes on, the name does not.

The person decides, and what she does not type or tick never reaches the new case.
"""

import pytest

from cases.actions.inbox import open_inbox
from cases.actions.reading import open_case
from cases.domain.details import OtherFlowInvitation
from cases.domain.facts import AUTHORITY_OTHER, ComplaintFacts, Facts, ReportFacts
from cases.domain.flows import Action, Flow
from cases.queries.inbox import InboxView
from tests.support.answers import Answer
from tests.support.databases import on_both_databases
from tests.support.html import Client, Page
from tests.support.office import Office
from tests.support.portal_steps import code_on, open_mailbox, send_complaint, send_report

STORY = "They pay invoices for work that nobody did."
PERSON = {
    "name": "Kanarie Naam",
    "email": "kanarie@example.org",
    "phone": "0477 12 34 56",
    "address": "Kanariestraat 7",
    "service_reference": "KANARIE-DOSSIER",
}


def complained(client: Client, office: Office, **away: Answer) -> str:
    """A complaint that the office takes for a report; gives its receipt code."""
    code = code_on(
        send_complaint(
            client,
            problem=STORY,
            authority="other",
            authority_other="Depot North",
            **PERSON,
            **away,
        )
    )
    client.forget_cookies()
    office.act(Action.ACKNOWLEDGE, "We have it.")
    office.act(
        Action.INVITE_OTHER_FLOW,
        "This may be a report.",
        details=OtherFlowInvitation(Flow.REPORT),
    )
    return code


def other_form(client: Client, code: str) -> Page:
    return client.submit(open_mailbox(client, code), "/mailbox/continue")


def newest(office: Office) -> Facts:
    """The facts of the case that was not acted on yet."""
    keys, today = office.signed_in("ingrid").keys, office.clock.now().date()
    with office.database.reading() as session:
        items = open_inbox(session, InboxView.NEW, keys, today).items
        opened = [open_case(session, item.case_id, keys) for item in items]
    (facts,) = [case.facts for case in opened if case.reference is None]
    return facts


def test_without_an_invitation_there_is_no_way_to_the_other_form(
    client: Client, office: Office
) -> None:
    page = open_mailbox(client, code_on(send_complaint(client)))

    assert "/mailbox/continue" not in page.source
    token = page.form("/mailbox/leave").fields["csrf_token"]
    assert client.post("/en/mailbox/continue", {"csrf_token": token}).status == 404


def test_the_invitation_opens_the_other_form_with_the_story_and_the_service_only(
    client: Client, office: Office
) -> None:
    page = other_form(client, complained(client, office))

    assert "This becomes a new case" in page.text
    assert page.value("what") == STORY
    assert page.value("authority") == AUTHORITY_OTHER
    assert page.value("authority_other") == "Depot North"
    assert page.value("when_where") == "27 March 2026"
    for typed in PERSON.values():
        assert typed not in page.source
    assert page.value("identity") == "anonymous"


def test_sent_as_it_stands_the_new_case_knows_neither_the_person_nor_the_first_case(
    client: Client, office: Office
) -> None:
    old = complained(client, office)

    receipt = client.submit(other_form(client, old), "/report")

    facts = newest(office)
    assert isinstance(facts, ReportFacts)
    assert facts.what == STORY
    assert facts.belongs_to == ""
    assert facts.anonymous
    everything = repr(vars(facts))
    for typed in (*PERSON.values(), "OM.2026.0001"):
        assert typed not in everything
    assert code_on(receipt) != old


def test_whoever_must_not_see_the_first_case_is_ticked_on_the_other_form_too(
    client: Client, office: Office
) -> None:
    hilde = office.signed_in("hilde").member.id.hex()
    away = {"excluded": (hilde,), "excluded_other": "the man with the dog"}

    form = other_form(client, complained(client, office, **away)).form("/report")

    assert form.fields.getlist("excluded") == [hilde]
    assert form.fields["excluded_other"] == "the man with the dog"


def test_the_box_is_not_ticked_and_the_reference_travels_only_where_she_ticks_it(
    client: Client, office: Office
) -> None:
    page = other_form(client, complained(client, office))

    assert "together" not in page.form("/report").fields
    client.submit(page, "/report", together="OM.2026.0001")

    assert newest(office).belongs_to == "OM.2026.0001"


@pytest.mark.parametrize("ticked", [True, False])
def test_a_form_shown_again_keeps_the_box_as_she_left_it(
    client: Client, office: Office, ticked: bool
) -> None:
    page = other_form(client, complained(client, office))
    answers = {"together": "OM.2026.0001"} if ticked else {}

    again = client.submit(page, "/report", {"what": "", **answers})
    outdated = client.submit(page, "/report", answers, tampered={"csrf_token": "old"})

    for shown in (again, outdated):
        form = shown.form("/report")
        assert ("together" in form.fields) is ticked
        assert form.offered["together"] == frozenset({"OM.2026.0001"})
        assert "This becomes a new case" in shown.text


@on_both_databases
def test_a_report_goes_on_as_a_complaint_without_the_name_given_in_confidence(
    client: Client, office: Office
) -> None:
    code = code_on(
        send_report(
            client,
            what=STORY,
            when_where="in the depot, since May",
            identity="in_confidence",
            name="Kanarie Naam",
            contact="kanarie@example.org",
        )
    )
    client.forget_cookies()
    office.act(Action.ACKNOWLEDGE, "We have it.")
    invitation = OtherFlowInvitation(Flow.COMPLAINT)
    office.act(Action.INVITE_OTHER_FLOW, "This may be a complaint.", details=invitation)

    page = other_form(client, code)

    assert page.value("problem") == f"{STORY}\r\n\r\nin the depot, since May"
    assert "anarie" not in page.source
    assert page.form("/complaint").fields.getlist("name") == [""]
    answers = {"facts_on-day": "1", "facts_on-month": "5", "facts_on-year": "2026"}
    client.submit(
        page, "/complaint", {**answers, "contacted_first": "no", "name": "N", "phone": "1"}
    )
    facts = newest(office)
    assert isinstance(facts, ComplaintFacts)
    assert facts.belongs_to == ""


def test_a_request_for_the_other_form_from_a_closed_mailbox_leads_to_signing_in(
    client: Client, office: Office
) -> None:
    page = open_mailbox(client, complained(client, office))
    client.submit(page, "/mailbox/leave")

    answer = client.submit(page, "/mailbox/continue")

    assert answer.status in {400, 403}
    assert STORY not in answer.source


def test_the_first_mailbox_stays_as_it_was(client: Client, office: Office) -> None:
    code = complained(client, office)
    client.submit(other_form(client, code), "/report")
    client.forget_cookies()

    page = open_mailbox(client, code)

    assert STORY in page.text
    assert "This may be a report." in page.text
