"""Sending a report or a complaint, and everything that can be wrong with what arrives."""

from collections.abc import Callable
from dataclasses import asdict

import pytest
from flask import Flask
from werkzeug.test import EnvironBuilder

from cases.domain.facts import LONG_TEXT, ComplaintFacts, ProtectionFacts, ReportFacts
from portal.application import create_portal
from tests.support.crowd import ONE_EACH, crowd_at
from tests.support.databases import on_both_databases
from tests.support.html import Client, Page, text_of
from tests.support.portal_steps import (
    COMPLAINT,
    code_on,
    send_complaint,
    send_protection,
    send_report,
)
from web.settings import Audience, Limits
from web.tickets import WAIT_SECONDS

Send = Callable[..., Page]
EVERY_FORM = pytest.mark.parametrize(
    ("path", "send", "story"),
    [
        ("/report", send_report, "what"),
        ("/complaint", send_complaint, "problem"),
        ("/protection", send_protection, "what"),
    ],
    ids=["report", "complaint", "protection"],
)


def test_one_answer_is_enough_for_a_report(client, office):
    page = send_report(client)

    assert page.status == 200
    assert len(code_on(page).split()) == 10
    (facts,) = office.facts()
    assert isinstance(facts, ReportFacts)
    assert (facts.what, facts.anonymous) == ("Paper clips vanish.", True)


@on_both_databases
def test_one_answer_is_enough_to_ask_for_protection(client, office):
    page = send_protection(client)

    assert len(code_on(page).split()) == 10
    (facts,) = office.facts()
    assert isinstance(facts, ProtectionFacts)
    assert (facts.what, facts.may_contact_employer) == ("I lost my post.", None)


@on_both_databases
def test_a_complaint_arrives_with_who_complains(client, office):
    page = send_complaint(client)

    assert len(code_on(page).split()) == 10
    (facts,) = office.facts()
    assert isinstance(facts, ComplaintFacts)
    assert facts.identity.email == COMPLAINT["email"]


@EVERY_FORM
@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_the_code_has_ten_words_in_every_language(portal, language, path, send, story):
    page = send(Client(portal, language))

    assert len(code_on(page).split()) == 10


@EVERY_FORM
def test_missing_answers_are_named_in_a_summary_that_leads_to_them(client, path, send, story):
    page = send(client, **{story: ""})

    assert page.status == 422
    assert story in page.errors()
    control = page.one("id", story)
    assert control.get("aria-invalid") == "true"
    assert f"{story}-error" in control.get("aria-describedby", "")
    assert (page.document.findtext("head/title") or "").strip().startswith("Error:")


def test_an_empty_complaint_names_every_missing_answer_and_where_to_give_it(client):
    page = client.submit(client.get("/en/complaint"), "/complaint")

    assert page.status == 422
    assert list(page.errors()) == [
        "authority",
        "problem",
        "facts_on",
        "contacted_first",
        "name",
        "email",
    ]
    assert all(page.one("id", field) is not None for field in page.errors())


def test_everything_typed_is_kept_when_something_is_missing(client):
    page = send_complaint(
        client,
        name="",
        authority="other",
        authority_other="A <b>bold</b> service",
        problem="  Two\n\nlines & “quotes”",
        hopes="Hope",
        contacted_first="yes_unsatisfied",
        service_answer="No.",
        preferred="email",
        language="de",
    )

    form = page.form("/complaint")
    assert page.status == 422
    kept = {
        "authority": "other",
        "authority_other": "A <b>bold</b> service",
        "problem": "Two\r\n\r\nlines & “quotes”",
        "hopes": "Hope",
        "contacted_first": "yes_unsatisfied",
        "service_answer": "No.",
        "facts_on-day": "27",
        "facts_on-year": "2026",
        "preferred": "email",
        "language": "de",
        "email": "ada@example.org",
    }
    assert {name: form.fields[name] for name in kept} == kept


def test_what_was_missing_can_be_added_and_sent(client, office):
    page = send_report(client, what="", when_where="Here")

    page = client.submit(page, "/report", what="Now complete")

    assert page.status == 200
    assert [facts.what for facts in office.facts()] == ["Now complete"]


@EVERY_FORM
def test_an_over_long_text_is_kept_and_says_by_how_much(client, path, send, story):
    text = "x" * (LONG_TEXT + 17)

    page = send(client, **{story: text})

    assert page.status == 422
    assert page.errors() == {story: "Please shorten this by 17 characters."}
    assert page.value(story) == text


@EVERY_FORM
@pytest.mark.parametrize(
    ("tampered", "field"),
    [
        ({"authority": "no-such-service"}, "authority"),
        ({"authority": ["unknown", "other"]}, "authority"),
        ({"language": "tlh"}, "language"),
        ({"language": ["en", "fr"]}, "language"),
    ],
)
def test_an_answer_that_was_not_offered_is_refused(client, path, send, story, tampered, field):
    form = client.get(f"/en{path}")
    answers = COMPLAINT if path == "/complaint" else {"what": "Kept"}

    page = client.submit(form, path, tampered=tampered, **answers)

    assert page.status == 422
    assert list(page.errors()) == [field]
    assert page.value(story) == answers[story]


@on_both_databases
@pytest.mark.parametrize(
    "tampered",
    [
        {"how_known": "magic"},
        {"relation": "boss"},
        {"internal_channel": "perhaps"},
        {"internal_reasons": ["none_exists", "none_exists"]},
        {"internal_reasons": ["a", "b"]},
        {"reprisals": "yes"},
        {"identity": "someone_else"},
        {"identity": ["anonymous", "in_confidence"]},
        {"what": ["once", "twice"]},
        {"what": "NUL \0 inside"},
        {"name": "x" * 301},
    ],
)
def test_what_no_browser_would_send_is_named_beside_its_field(client, tampered):
    form = client.get("/en/report")

    page = client.submit(form, "/report", what="Kept", tampered=tampered)

    assert page.status == 422
    assert list(page.errors()) == list(tampered)


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [("31", "2", "2026"), ("", "3", "2026"), ("x", "3", "2026"), ("24", "11", "2026")],
)
def test_a_day_that_does_not_exist_or_has_not_come_is_refused(client, day, month, year):
    typed = {"facts_on-day": day, "facts_on-month": month, "facts_on-year": year}

    page = send_complaint(client, **typed)

    assert list(page.errors()) == ["facts_on"]
    assert {name: page.value(name) for name in typed} == typed


def test_a_form_that_is_not_utf8_is_refused_and_the_rest_of_it_kept(client):
    form = client.get("/en/report").form("/report")
    token = form.fields["csrf_token"].encode()
    draft = form.fields["draft"].encode()

    body = b"csrf_token=" + token + b"&draft=" + draft + b"&language=en&what=caf%E9+ol\xe9"
    page = client.post("/en/report", body)

    assert page.status == 422
    assert list(page.errors()) == ["what"]
    assert page.value("what") == "caf\ufffd ol\ufffd"
    assert page.value("draft") == draft.decode()


@EVERY_FORM
def test_a_page_open_for_too_long_is_shown_again_with_everything(office, path, send, story):
    client = Client(create_portal(office.services(Audience.PORTAL, Limits(form_seconds=-1))))

    page = send(client, **{story: "Not lost"})

    assert page.status == 400
    assert page.value(story) == "Not lost"
    assert "open for too long" in text_of(page.one("role", "alert"))
    assert office.facts() == []


@EVERY_FORM
def test_after_the_browser_lost_its_cookie_the_form_is_kept_and_can_be_sent(
    client, office, path, send, story
):
    form = client.get(f"/en{path}")
    client.forget_cookies()
    answers = COMPLAINT if path == "/complaint" else {"what": "Not lost"}

    page = client.submit(form, path, **answers)
    assert page.status == 400
    page = client.submit(page, path)

    assert page.status == 200
    assert len(office.facts()) == 1


@EVERY_FORM
@pytest.mark.parametrize("draft", [None, "", "short", "!" * 43, ["A" * 43, "B" * 43]])
def test_a_page_that_lost_its_draft_gets_a_new_one_and_can_be_sent(
    client, office, path, send, story, draft
):
    form = client.get(f"/en{path}")
    answers = COMPLAINT if path == "/complaint" else {"what": "Not lost"}

    page = client.submit(form, path, tampered={"draft": draft}, **answers)
    if page.status == 400:
        page = client.submit(page, path)

    assert page.status == 200
    assert len(office.facts()) == 1


@EVERY_FORM
def test_another_site_cannot_send_a_form_nor_fill_it_in(client, office, path, send, story):
    form = client.get(f"/en{path}")

    page = client.submit(form, path, headers={"Sec-Fetch-Site": "cross-site"}, **{story: "Planted"})

    assert page.status == 403
    assert "Planted" not in page.source
    assert office.facts() == []


@EVERY_FORM
def test_a_body_over_the_limit_has_its_own_page(office, path, send, story):
    portal = create_portal(
        office.services(Audience.PORTAL, Limits(body=50_000, text_with_files=50_000))
    )

    page = send(Client(portal, "fr"), **{story: "x" * 60_000})

    assert page.status == 413
    assert page.document.get("lang") == "fr"
    assert office.facts() == []


@EVERY_FORM
def test_a_body_of_countless_fields_is_refused_before_they_are_read(
    client, office, path, send, story
):
    page = client.post(f"/en{path}", b"a&" * 1000)

    assert page.status == 413
    assert office.facts() == []


@EVERY_FORM
def test_a_body_that_breaks_off_has_its_own_page(client, office, path, send, story):
    form = client.get(f"/en{path}").form(path)
    whole = "&".join(f"{name}={value}" for name, value in form.fields.items(multi=True)).encode()

    page = client.post(f"/en{path}", whole, claimed_length=len(whole) + 1000)

    assert page.status == 400
    assert "did not receive everything" in page.heading
    assert office.facts() == []


@EVERY_FORM
def test_when_many_send_at_once_the_rest_are_asked_to_wait_and_lose_nothing(
    office, path, send, story
):
    limits = Limits(derivations=1, derivations_waiting=0, derivation_wait_seconds=0.01)
    services = office.services(Audience.PORTAL, limits)
    client = Client(create_portal(services))

    with services.kdf_gate.place():
        page = send(client, **{story: "Not lost"})
    assert page.status == 503
    assert page.response.headers["Retry-After"] == "15"
    assert page.value(story) == "Not lost"
    assert "place in the queue is kept" in page.text
    page = client.submit(page, path)

    assert page.status == 200
    assert len(office.facts()) == 1


def test_who_waited_as_asked_does_not_stand_behind_the_crowd(office):
    services = office.services(Audience.PORTAL, ONE_EACH)
    client = Client(create_portal(services))

    with crowd_at(services.kdf_gate.gate):
        first = send_report(client, what="Not lost")
        too_soon = client.submit(first, "/report")
        office.clock.advance(seconds=WAIT_SECONDS)
        waited = client.submit(too_soon, "/report")

    assert [page.status for page in (first, too_soon, waited)] == [503, 503, 200]
    assert len(office.facts()) == 1


@EVERY_FORM
def test_when_the_keys_cannot_be_verified_nothing_is_taken_and_nothing_lost(
    client, office, path, send, story
):
    form = client.get(f"/en{path}")
    (office.home / "roster" / "pin").write_text("00" * 32)
    answers = COMPLAINT if path == "/complaint" else {"what": "Not lost"}

    page = client.submit(form, path, **answers)

    assert page.status == 503
    assert page.value(story) == answers[story]


def test_a_complaint_about_a_service_with_its_own_ombuds_is_told_who_handles_it(client, office):
    page = send_complaint(client, authority="stib-mivb", language="fr")

    notice = text_of(page.one("role", "alert"))
    assert page.status == 422
    assert "Ombuds service at STIB-MIVB" in notice
    assert "has an ombuds office of its own" in notice
    assert page.value("problem") == COMPLAINT["problem"]
    assert office.facts() == []


def test_it_can_be_sent_to_us_all_the_same(client, office):
    page = send_complaint(client, authority="stib-mivb")

    page = client.submit(page, "/complaint")

    assert len(code_on(page).split()) == 10
    assert [facts.authority for facts in office.facts()] == ["stib-mivb"]


def test_having_been_told_of_one_service_says_nothing_of_another(client, office):
    page = send_complaint(client, authority="stib-mivb")

    page = client.submit(page, "/complaint", authority="mun-ixelles")

    assert page.status == 422
    assert "Ixelles" in text_of(page.one("role", "alert"))
    assert office.facts() == []


def test_a_missing_answer_and_the_other_office_are_said_together(client):
    page = send_complaint(client, authority="stib-mivb", problem="")

    assert list(page.errors()) == ["problem"]
    assert "Ombuds service at STIB-MIVB" in page.source


def test_a_report_about_such_a_service_stays_here_and_hears_nothing_of_it(client, office):
    page = send_report(client, authority="stib-mivb")

    assert len(code_on(page).split()) == 10
    assert [facts.authority for facts in office.facts()] == ["stib-mivb"]


def test_a_service_can_be_found_while_typing_without_any_script(client, office):
    page = client.get("/fr/complaint")
    suggested = [option.get("value") for option in page.one("id", "service-names").iter("option")]

    assert page.one("id", "authority_other").get("list") == "service-names"
    assert "Bruxelles Mobilité" in suggested
    page = send_complaint(client, authority="", authority_other="bruxelles mobilité")
    assert [facts.authority for facts in office.facts()] == ["mobility"]


def test_the_report_says_at_once_what_is_none_and_who_helps_then(client):
    page = client.get("/en/report")
    folded = next(one for main in page.document.iter("main") for one in main.iter("details"))

    assert "What is not a report?" in text_of(folded)
    assert "Bullying" in text_of(folded)
    assert [one for one in folded.iter("td")]
    assert "/en/protection" in {link.get("href") for link in folded.iter("a")}


def test_a_request_for_protection_says_what_it_can_and_cannot_do(client):
    main = text_of(next(client.get("/en/protection").document.iter("main")))

    assert "a recommendation and not an order" in main
    assert "The time you have for that keeps running" in main
    assert "Nobody contacts your employer before you agree" in main


def test_an_employer_is_asked_about_nobody_without_a_name(client, office):
    page = send_protection(client, may_contact_employer="yes")

    assert list(page.errors()) == ["name"]
    assert office.facts() == []


def test_a_folded_question_is_open_where_it_was_answered(client):
    page = send_report(client, what="", no_acknowledgement="y", breaches=["favouritism"])

    opened = [one for one in page.document.iter("details") if one.get("open") is not None]
    assert len(opened) == 2


@pytest.mark.parametrize(
    ("send", "flow", "words"),
    [
        (send_report, "report", "Your report is with us"),
        (send_complaint, "complaint", "Other deadlines keep running"),
        (send_protection, "protection", "Other deadlines keep running"),
    ],
)
def test_after_the_code_is_kept_the_next_page_belongs_to_what_was_sent(client, send, flow, words):
    page = client.submit(send(client), "/receipt/kept", kept="y")

    assert page.url == f"/en/receipt/next/{flow}"
    assert words in text_of(next(page.document.iter("main")))


@on_both_databases
def test_a_whole_report_reaches_the_office_and_the_name_only_the_custodians(client, office):
    page = send_report(
        client,
        authority="other",
        authority_other="Mint",
        what="Coins",
        when_where="Vault",
        how_known="documents",
        how_known_documents="A ledger",
        relation="contractor",
        internal_channel="not_used",
        internal_reasons=["none_exists", "leaders_involved"],
        internal_reason_detail="The director",
        reprisals="happened",
        reprisals_happened="Moved",
        identity="in_confidence",
        name="CANARY-NAME",
        contact="CANARY-CONTACT",
        language="fr",
    )

    assert page.status == 200
    (facts,) = office.facts()
    assert isinstance(facts, ReportFacts)
    assert (facts.authority_other, facts.internal_reason_detail) == ("Mint", "The director")
    assert (facts.anonymous, facts.language) == (False, "fr")
    assert "CANARY" not in str(asdict(facts))


def test_no_form_is_served_from_the_environment_of_a_broken_request(portal: Flask):
    """A body without a length is no form: it must not hang or fail."""
    builder = EnvironBuilder("/en/report", "https://zegel.test", method="POST")
    environ = builder.get_environ()
    environ.pop("CONTENT_LENGTH", None)

    status: list[str] = []
    list(portal(environ, lambda line, _headers, *_: status.append(line)))

    assert status == ["400 BAD REQUEST"]
