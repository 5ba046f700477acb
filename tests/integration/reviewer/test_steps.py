"""The page of a step: what it asks for, what it starts from, what is seen before it is sent."""

from collections.abc import Callable
from datetime import date

import pytest

from cases.actions.mailboxes import delete_mailbox, open_mailbox, sign_in
from cases.actions.reading import OpenCase, open_case
from cases.domain.details import (
    AdmissibilityCheck,
    Consent,
    Consultation,
    ConsultationKind,
    ConsultationRelease,
    ConsultationWay,
    Details,
    Disclosure,
    Findings,
    IdentityDisclosure,
    InternalChannelCheck,
    JustificationCheck,
    LinkCheck,
    Met,
    Minutes,
    NormAssessment,
    OtherFlowInvitation,
    Priority,
    ProsecutorNotice,
    ReferralGiven,
    ScopeCheck,
    ServiceAnswer,
    Substantiated,
    Transmission,
)
from cases.domain.facts import ContactedFirst, FollowUp, InternalChannel
from cases.domain.flows import Action, Actor, Detail, Flow, transitions_of
from crypto.receipt import ReceiptKeys
from reviewer.case_steps import OWN_PAGES
from reviewer.forms.details import DETAIL_FORMS
from tests.support.databases import on_both_databases
from tests.support.html import Client, Page
from tests.support.office import FixedClock, Office
from tests.support.staff_steps import case_page, new_case, preview_step, take_step
from tests.support.submissions import COMPLAINT, PROTECTION, complaint, receipt_keys, report

Browser = Callable[[str], Client]

QUESTION = b"q" * 16
MET = {"competent": "met", "contacted": "met", "recent": "met"}
IN_SCOPE = {"person": "met", "facts": "met", "service": "met", "general_interest": "met"}


def opened(office: Office, case_id: str) -> OpenCase:
    """The case as the office holds it now."""
    with office.database.reading() as session:
        return open_case(session, bytes.fromhex(case_id), office.signed_in("ingrid").keys)


def recorded(office: Office, case_id: str) -> Details | None:
    """What the newest step of the case holds."""
    return opened(office, case_id).history[-1].details


def delete(office: Office, keys: ReceiptKeys) -> None:
    """The person deletes the mailbox."""
    now = office.clock.now()
    with office.database.writing() as session:
        token = sign_in(session, keys, now).token
        delete_mailbox(session, open_mailbox(session, token, now), token, now.date())


def ask_the_service(office: Office) -> None:
    """A question to the service, answered, so that it knows of the case."""
    today = office.clock.now().date()
    asked = Consultation(
        QUESTION,
        ConsultationKind.HEARING,
        "parking",
        "What happened?",
        date(2027, 1, 15),
        ConsultationWay.LETTER,
    )
    office.act(Action.PREPARE_CONSULTATION, details=asked)
    office.act(Action.RELEASE_CONSULTATION, details=ConsultationRelease(QUESTION), login="hilde")
    answer = ServiceAnswer(QUESTION, today, ConsultationWay.LETTER, "We were right.")
    office.act(Action.RECORD_SERVICE_ANSWER, details=answer)


def acknowledged(browser: Browser, office: Office, **how: object) -> tuple[Client, str]:
    """A case that intake has acknowledged."""
    client, case_id = browser("ingrid"), new_case(office, **how)
    take_step(client, case_id, "acknowledge")
    return client, case_id


def examined(browser: Browser, office: Office, **how: object) -> tuple[Client, str]:
    """A complaint in examination, about which the service was heard."""
    client, case_id = acknowledged(browser, office, facts=complaint(language="en", **how))
    take_step(client, case_id, "check_admissibility", {**MET, "grounds": None})
    take_step(client, case_id, "accept", message="We examine it.")
    ask_the_service(office)
    take_step(client, case_id, "start_examination", message="")
    return client, case_id


def investigated(browser: Browser, office: Office, **how: object) -> tuple[Client, str]:
    """A report under investigation."""
    client, case_id = acknowledged(browser, office, facts=report(language="en", **how))
    take_step(client, case_id, "check_scope", IN_SCOPE)
    take_step(client, case_id, "check_internal_channel")
    take_step(client, case_id, "accept_external", message="We look into it.")
    return client, case_id


# The forms ----------------------------------------------------------------------------------


def test_everything_that_staff_write_has_a_form_or_a_page_of_its_own() -> None:
    written = {
        (row.action, row.detail)
        for flow in Flow
        for row in transitions_of(flow)
        if row.actor is Actor.STAFF and row.detail is not None
    }

    without = {action for action, detail in written if detail not in DETAIL_FORMS}

    assert without == set(OWN_PAGES)
    assert set(DETAIL_FORMS) <= set(Detail)


DAY = {"day": "20", "month": "11", "year": "2026"}


def on(name: str) -> dict[str, str]:
    """20 November 2026 in the three fields of a day."""
    return {f"{name}-{part}": typed for part, typed in DAY.items()}


OF_A_COMPLAINT: list[tuple[str, dict[str, object], Details]] = [
    (
        "check_admissibility",
        {
            **MET,
            "contacted": "not_met",
            "grounds": ["no_first_contact"],
            "explanation": "Too soon.",
        },
        AdmissibilityCheck(Met.MET, Met.NOT_MET, Met.MET, ("no_first_contact",), "Too soon."),
    ),
    (
        "set_identity_disclosure",
        {"withheld": "yes", "how": "by phone"},
        IdentityDisclosure(True, "by phone"),
    ),
    ("prioritise", {"level": "urgent"}, Priority("urgent")),  # type: ignore[arg-type]
    (
        "record_minutes",
        {"state": "signed", **on("on"), "note": "At the office."},
        Minutes("signed", date(2026, 11, 20), "At the office."),  # type: ignore[arg-type]
    ),
    (
        "notify_prosecutor",
        {"office": "Brussels", **on("sent_on"), "content": "The facts."},
        ProsecutorNotice("Brussels", date(2026, 11, 20), "The facts."),
    ),
    ("invite_other_flow", {"flow": "report"}, OtherFlowInvitation(Flow.REPORT)),
]
OF_A_REPORT: list[tuple[str, dict[str, object], Details]] = [
    (
        "check_scope",
        {**IN_SCOPE, "breaches": ["favouritism"]},
        ScopeCheck(Met.MET, Met.MET, Met.MET, Met.MET, True, ("favouritism",)),
    ),
    (
        "check_scope",
        {**IN_SCOPE, "conflict_free": "no", "conflict_note": "Ingrid knows them."},
        ScopeCheck(Met.MET, Met.MET, Met.MET, Met.MET, False, conflict_note="Ingrid knows them."),
    ),
    (
        "record_disclosure",
        {"basis": "article 16", "recipient": "the judge", **on("told_on")},
        Disclosure("article 16", "the judge", date(2026, 11, 20)),
    ),
]


@pytest.mark.parametrize(("action", "answers", "expected"), OF_A_COMPLAINT)
def test_what_is_typed_about_a_complaint_is_what_the_file_holds(
    browser: Browser, office: Office, action: str, answers: dict[str, str], expected: Details
) -> None:
    client, case_id = acknowledged(browser, office, facts=COMPLAINT)

    page = take_step(client, case_id, action, answers, message="Read this.", reason="So decided.")

    assert page.status == 200
    assert recorded(office, case_id) == expected


@pytest.mark.parametrize(("action", "answers", "expected"), OF_A_REPORT)
def test_what_is_typed_about_a_report_is_what_the_file_holds(
    browser: Browser, office: Office, action: str, answers: dict[str, str], expected: Details
) -> None:
    client, case_id = acknowledged(browser, office, facts=report(language="en"))

    take_step(client, case_id, action, answers, message="Read this.", reason="So decided.")

    assert recorded(office, case_id) == expected


def test_a_report_is_not_acknowledged_where_the_person_asked_for_none(
    browser: Browser, office: Office
) -> None:
    client = browser("ingrid")
    case_id = new_case(office, facts=report(no_acknowledgement=True))

    page = take_step(client, case_id, "waive_acknowledgement", message="", reason="As asked.")

    assert "The person asked for no acknowledgement" in page.text


@on_both_databases
def test_a_request_for_protection_goes_from_link_to_justification(
    browser: Browser, office: Office
) -> None:
    client, case_id = acknowledged(browser, office, facts=PROTECTION)

    linked = {"report": "reported_internally", "linked": "met", "why": "One week after it."}
    take_step(client, case_id, "check_link", linked)
    assert recorded(office, case_id) == LinkCheck(
        "reported_internally",
        Met.MET,
        "One week after it.",  # type: ignore[arg-type]
    )
    take_step(client, case_id, "record_consent")
    assert recorded(office, case_id) == Consent(True, "On this website", date(2026, 11, 23))
    take_step(client, case_id, "ask_justification", message="We ask your employer.")
    ask_the_service(office)
    take_step(client, case_id, "assess_justification", {"verdict": "none_given", "why": "Silence."})

    assert recorded(office, case_id) == JustificationCheck("none_given", "Silence.")  # type: ignore[arg-type]


# What a form starts from --------------------------------------------------------------------


def test_the_admissibility_check_shows_answer_and_proposal_for_each_condition(
    browser: Browser, office: Office
) -> None:
    facts = complaint(contacted_first=ContactedFirst.NO, facts_on=date(2020, 5, 1))
    client, case_id = acknowledged(browser, office, facts=facts)

    page = client.get(f"/en/case/{case_id}/act/check_admissibility")

    assert "No, not yet" in page.text
    assert "1 May 2020" in page.text
    assert page.text.count("The rule proposes: Not met") == 2
    assert page.value("details-contacted") == "not_met"
    grounds = page.form("/preview").fields.getlist("details-grounds")
    assert set(grounds) == {"no_first_contact", "facts_too_old"}


def test_a_condition_that_is_not_met_needs_its_ground(browser: Browser, office: Office) -> None:
    client, case_id = acknowledged(browser, office, facts=COMPLAINT)

    answers = {**MET, "recent": "not_met", "grounds": None, "explanation": "Years ago."}
    page = preview_step(client, case_id, "check_admissibility", answers)

    assert page.status == 422
    assert set(page.errors()) == {"details-grounds"}
    assert page.value("details-explanation") == "Years ago."


def test_a_complaint_about_a_service_with_its_own_ombuds_is_referred_there(
    browser: Browser, office: Office
) -> None:
    keys = receipt_keys()
    facts = complaint(authority="stib-mivb", language="en")
    client, case_id = acknowledged(browser, office, facts=facts, keys=keys)
    assert "Our register says: not competent" in case_page(client, case_id).text
    take_step(client, case_id, "check_admissibility")

    seen = preview_step(client, case_id, "refer", {"why": "It has an ombuds of its own."})
    assert "Ombuds service at STIB-MIVB" in seen.text
    assert "The public service is NOT told." in seen.text
    page = client.submit(seen, "/act/refer")

    assert "Referred" in page.text
    assert recorded(office, case_id) == ReferralGiven(
        "", "Ombuds service at STIB-MIVB", "It has an ombuds of its own."
    )


def test_a_body_from_the_list_is_named_in_the_language_of_the_person(
    browser: Browser, office: Office
) -> None:
    client, case_id = acknowledged(browser, office, facts=complaint(language="fr"))
    take_step(client, case_id, "check_admissibility")
    target = office.rules().referrals[0]

    seen = preview_step(client, case_id, "refer", {"target": target.id, "why": "Autre service."})

    assert " ".join(target.body("fr").split()) in seen.text


def test_the_internal_channel_check_starts_from_the_answers_and_can_be_corrected(
    browser: Browser, office: Office
) -> None:
    facts = report(
        internal_channel=InternalChannel.USED,
        internal_reasons=(),
        internal_to="the harbour master",
        internal_follow_up=FollowUp.NOT_GIVEN,
        reprisals=None,
    )
    client, case_id = acknowledged(browser, office, facts=facts)
    take_step(client, case_id, "check_scope", IN_SCOPE)
    form = client.get(f"/en/case/{case_id}/act/check_internal_channel")
    assert form.value("details-to_whom") == "the harbour master"

    page = take_step(client, case_id, "check_internal_channel", {"follow_up": "given"})

    assert recorded(office, case_id) == InternalChannelCheck(
        True, to_whom="the harbour master", follow_up=FollowUp.GIVEN
    )
    assert "Advise the internal channel The rule proposes this." in page.text


def test_a_check_of_the_internal_channel_says_why_it_was_not_used(
    browser: Browser, office: Office
) -> None:
    client, case_id = acknowledged(browser, office)
    take_step(client, case_id, "check_scope", IN_SCOPE)

    answers = {"used": "no", "reasons": None, "detail": ""}
    page = preview_step(client, case_id, "check_internal_channel", answers)

    assert set(page.errors()) == {"details-reasons"}


def test_a_norm_from_the_page_of_the_case_is_chosen_already(
    browser: Browser, office: Office
) -> None:
    client, case_id = examined(browser, office)
    assert "norms not looked at yet" in case_page(client, case_id).text

    form = client.get(f"/en/case/{case_id}/act/assess_norm?about=courtesy")
    assert form.value("details-norm") == "courtesy"
    answers = {"norm": "courtesy", "verdict": "breached", "why": "No letter was answered."}
    page = take_step(client, case_id, "assess_norm", answers)

    assert recorded(office, case_id) == NormAssessment(
        "courtesy",
        "breached",  # type: ignore[arg-type]
        "No letter was answered.",
    )
    assert "Courtesy Breached No letter was answered." in page.text


def test_accepting_against_the_check_needs_a_written_reason(
    browser: Browser, office: Office
) -> None:
    facts = complaint(contacted_first=ContactedFirst.NO, language="en")
    client, case_id = acknowledged(browser, office, facts=facts)
    take_step(client, case_id, "check_admissibility")

    form = client.get(f"/en/case/{case_id}/act/accept")
    assert "This goes against the check" in form.text
    assert "Grounds of refusal No first contact with the service" in form.text
    page = preview_step(client, case_id, "accept", message="We examine it all the same.")

    assert set(page.errors()) == {"reason"}


def test_the_reason_of_a_refusal_starts_from_the_grounds_that_were_found(
    browser: Browser, office: Office
) -> None:
    facts = complaint(facts_on=date(2020, 5, 1), language="en")
    client, case_id = acknowledged(browser, office, facts=facts)
    take_step(client, case_id, "check_admissibility")

    form = client.get(f"/en/case/{case_id}/act/declare_inadmissible")

    assert "On the day of the complaint the facts are three years old" in form.value("message")


# What is seen before it is sent -------------------------------------------------------------


def test_a_missing_answer_is_named_and_nothing_typed_is_lost(
    browser: Browser, office: Office
) -> None:
    client, case_id = investigated(browser, office)

    page = preview_step(
        client, case_id, "record_findings", {"text": "Twelve invoices.", "amount_recovered": "0"}
    )

    assert page.status == 422
    assert set(page.errors()) == {"details-verdict"}
    assert page.value("details-text") == "Twelve invoices."
    assert page.value("details-amount_recovered") == "0"


def test_the_findings_end_in_a_conclusion(browser: Browser, office: Office) -> None:
    client, case_id = investigated(browser, office)
    take_step(client, case_id, "record_findings", {"verdict": "yes", "text": "Twelve invoices."})
    assert recorded(office, case_id) == Findings("Twelve invoices.", Substantiated.YES)

    page = take_step(client, case_id, "conclude", message="We found it to be so.")

    assert "Concluded" in page.text


def test_the_page_of_a_step_says_who_is_told_and_until_when(
    browser: Browser, office: Office
) -> None:
    client, case_id = acknowledged(browser, office, facts=COMPLAINT)
    take_step(client, case_id, "check_admissibility")

    page = client.get(f"/en/case/{case_id}/act/accept")

    assert "The person reads a message." in page.text
    assert "The public service is NOT told." in page.text
    assert "This deadline stops: Decision on admissibility." in page.text
    assert "A new deadline starts: News to the person. It ends on 23 Dec 2026." in page.text


def test_an_extension_says_the_new_day(browser: Browser, office: Office) -> None:
    client, case_id = investigated(browser, office)

    page = client.get(f"/en/case/{case_id}/act/extend_feedback")

    assert "This deadline is extended: Feedback. It ends on 23 May 2027." in page.text
    assert "23 May 2027" in page.value("message")


@on_both_databases
def test_an_outcome_after_hearing_the_service_is_told_to_both(
    browser: Browser, office: Office
) -> None:
    client, case_id = examined(browser, office)
    answers = {"norm": "courtesy", "verdict": "breached", "why": "No answer for a year."}
    take_step(client, case_id, "assess_norm", answers)

    form = client.get(f"/en/case/{case_id}/act/conclude_founded")
    assert "The public service is told." in form.text
    assert "No answer for a year." in form.value("message")
    seen = preview_step(
        client, case_id, "conclude_founded", message="Founded.", notice="You were wrong."
    )
    assert "What the person reads" in seen.text
    assert "What the public service reads" in seen.text
    page = client.submit(seen, "/act/conclude_founded")

    assert "Letter to the public service (PDF)" in page.text
    assert opened(office, case_id).history[-1].notice == "You were wrong."


def test_a_letter_to_the_service_is_required_where_the_service_is_told(
    browser: Browser, office: Office
) -> None:
    client, case_id = examined(browser, office)
    answers = {"norm": "courtesy", "verdict": "met", "why": "Always polite."}
    take_step(client, case_id, "assess_norm", answers)

    page = preview_step(client, case_id, "conclude_unfounded", message="No.", notice="")

    assert set(page.errors()) == {"notice"}


def test_a_letter_about_a_report_is_previewed_with_what_could_show_who_reported(
    browser: Browser, office: Office
) -> None:
    client, case_id = investigated(browser, office)

    seen = preview_step(
        client,
        case_id,
        "recommend",
        {"addressee": "Actiris", "text": "Check the invoices."},
        message="",
        notice="There were invoices for work that nobody did. Write to jan@example.org.",
    )

    assert [each.text for each in seen.document.iter("mark")] == [
        "invoices for work that nobody did",
        "jan@example.org",
    ]
    assert "Email address: “jan@example.org”" in seen.text
    assert "Copied from what the person wrote: “invoices for work that nobody did”" in seen.text


def test_a_service_is_never_written_to_in_a_language_that_shows_who_wrote(
    browser: Browser, office: Office
) -> None:
    client, case_id = investigated(browser, office)

    form = client.get(f"/en/case/{case_id}/act/recommend")

    assert "nous adressons cette recommandation à Actiris" in form.value("notice")
    assert "In this language: French. The public service reads it as a letter." in form.text
    assert "In this language: English. They read it in their mailbox." in form.text


def test_nothing_is_pointed_out_where_the_service_may_know_who_complains(
    browser: Browser, office: Office
) -> None:
    client, case_id = examined(browser, office)

    seen = preview_step(
        client,
        case_id,
        "recommend",
        {"addressee": "Parking", "text": "Pay back."},
        message="",
        notice="Marie Test complained.",
    )

    assert not list(seen.document.iter("mark"))


def test_who_asked_to_stay_unknown_is_pointed_out_by_name(browser: Browser, office: Office) -> None:
    client, case_id = examined(browser, office, identity_withheld=True)
    assert "The service must not learn who the person is" in case_page(client, case_id).text

    seen = preview_step(
        client,
        case_id,
        "recommend",
        {"addressee": "Parking", "text": "Pay back."},
        message="",
        notice="Marie Test complained.",
    )

    assert [each.text for each in seen.document.iter("mark")] == ["Marie Test"]


def test_a_recommendation_is_followed_up_from_the_page_of_the_case(
    browser: Browser, office: Office
) -> None:
    client, case_id = investigated(browser, office)
    answers = {"addressee": "Actiris", "text": "Check every invoice."}
    page = take_step(client, case_id, "recommend", answers, message="", notice="Check them.")
    assert "No answer yet" in page.text
    link = next(a for a in page.document.iter("a") if "about=" in a.get("href", ""))

    form = client.get(link.get("href", ""))
    seen = client.submit(
        form,
        "/act/answer_recommendation/preview",
        {"details-answer": "refused", "details-why": "It costs too much."},
        message="",
    )
    after = client.submit(seen, "/act/answer_recommendation")

    assert "Refused It costs too much." in after.text
    assert "No recommendation is open." in after.text


@on_both_databases
def test_what_was_typed_is_kept_when_somebody_else_was_faster(
    browser: Browser, office: Office, clock: FixedClock
) -> None:
    client, case_id = investigated(browser, office)
    hilde = browser("hilde")
    answers = {"verdict": "yes", "text": "What Hilde found."}
    slow = preview_step(hilde, case_id, "record_findings", answers)
    take_step(client, case_id, "record_findings", {"verdict": "no", "text": "Nothing."})

    refused = hilde.submit(slow, "/act/record_findings")

    assert refused.status == 409
    assert "What Hilde found." in refused.text
    assert recorded(office, case_id) == Findings("Nothing.", Substantiated.NO)


def test_a_step_about_a_deleted_mailbox_asks_for_no_message(
    browser: Browser, office: Office
) -> None:
    keys = receipt_keys()
    client, case_id = acknowledged(browser, office, facts=COMPLAINT, keys=keys)
    delete(office, keys)

    page = client.get(f"/en/case/{case_id}/act/check_admissibility")

    assert "The person is not told: the mailbox was deleted." in page.text
    assert "message" not in page.form("/preview").offered


# The page of the case -----------------------------------------------------------------------


def test_the_exact_days_are_on_the_page_and_can_be_taken_along(
    browser: Browser, office: Office
) -> None:
    client, case_id = acknowledged(browser, office)

    page = case_page(client, case_id)

    assert "Lodged 23 November 2026 Acknowledged 23 November 2026 Closed Not yet" in page.text
    assert leads_to(page, f"/case/{case_id}/dates.pdf")
    assert leads_to(page, f"/case/{case_id}/dates.csv")


def test_the_priority_and_the_minutes_stand_at_the_top(browser: Browser, office: Office) -> None:
    client, case_id = acknowledged(browser, office)
    take_step(client, case_id, "prioritise", {"level": "urgent"}, reason="Danger.")

    page = take_step(client, case_id, "record_minutes", {"state": "offered"})

    assert "Priority: Urgent" in page.text
    assert "Minutes: Offered to the person to read" in page.text


def test_a_passed_on_case_says_to_whom_in_its_history(browser: Browser, office: Office) -> None:
    client, case_id = acknowledged(browser, office, facts=report(language="en"))
    take_step(client, case_id, "check_scope", IN_SCOPE)
    answers = {"recipient": "OLAF", "why": "European money.", "passed_on": "The facts."}

    page = take_step(client, case_id, "transmit", answers)

    assert recorded(office, case_id) == Transmission("OLAF", "European money.", "The facts.")
    assert "Passed on to OLAF Why European money." in page.text


def test_a_service_that_the_register_is_unsure_about_is_to_be_confirmed(
    browser: Browser, office: Office
) -> None:
    unsure = new_case(office, facts=complaint(authority="brugel"))
    sure = new_case(office, facts=complaint(authority="mobility"))
    client = browser("ingrid")

    said = "The competence for this service is to be confirmed"
    assert said in case_page(client, unsure).text
    assert said not in case_page(client, sure).text


def test_questions_and_links_have_pages_of_their_own(browser: Browser, office: Office) -> None:
    client, case_id = acknowledged(browser, office)

    page = case_page(client, case_id)

    assert leads_to(page, f"/case/{case_id}/links")
    assert client.get(f"/en/case/{case_id}/act/link_case").status == 404


def test_a_request_for_protection_shows_the_measure_and_what_came_before(
    browser: Browser, office: Office
) -> None:
    page = case_page(browser("ingrid"), new_case(office, facts=PROTECTION))

    assert "I was moved to the depot the week after my report." in page.text
    assert "I reported something inside the service" in page.text
    assert "5 Oct 2026" in page.text


def leads_to(page: Page, end: str) -> bool:
    """Whether a link of the page ends so."""
    return any(a.get("href", "").endswith(end) for a in page.document.iter("a"))
