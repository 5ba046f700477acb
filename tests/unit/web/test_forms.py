"""What the three forms take, refuse and keep, and which facts their answers become."""

from dataclasses import asdict
from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from cases.domain.facts import (
    LONG_TEXT,
    SHORT_TEXT,
    ContactedFirst,
    HowKnown,
    Identity,
    InternalChannel,
    InternalReason,
    Reprisals,
)
from web.forms import complaint, report
from web.forms.complaint import ComplaintForm
from web.forms.report import ReportForm

TODAY = date(2026, 11, 23)
COMPLAINT = {
    "authority": "unknown",
    "problem": "No answer",
    "facts_on-day": "27",
    "facts_on-month": "3",
    "facts_on-year": "2026",
    "contacted_first": "yes_no_answer",
    "name": "Ada",
    "email": "ada@example.org",
    "preferred": "mailbox",
    "language": "fr",
}


def a_report(**answers: str | list[str]) -> ReportForm:
    return ReportForm("en", _sent({"what": "Theft", "language": "en", **answers}))


def a_complaint(**answers: str | list[str]) -> ComplaintForm:
    return ComplaintForm("en", TODAY, _sent({**COMPLAINT, **answers}))


def _sent(answers: dict[str, str] | dict[str, str | list[str]]) -> MultiDict[str, str]:
    return MultiDict(
        (name, value)
        for name, values in answers.items()
        for value in ([values] if isinstance(values, str) else values)
    )


def test_a_report_needs_only_what_happened():
    form = a_report()

    assert form.validate(), form.errors
    facts = report.facts_of(form)
    assert (facts.what, facts.authority, facts.anonymous) == ("Theft", "unknown", True)
    assert report.identity_of(form) is None


def test_a_report_without_what_happened_is_refused_and_names_the_field():
    form = a_report(what="   ")

    assert not form.validate()
    assert list(form.errors) == ["what"]


def test_every_answer_of_a_report_reaches_the_facts():
    form = a_report(
        authority="other",
        authority_other="Ministry of Magic",
        when_where="spring",
        how_known="documents",
        how_known_documents="two letters",
        relation="staff",
        internal_channel="used",
        internal_when="May",
        internal_to="my manager",
        internal_result="nothing",
        reprisals="feared",
        reprisals_feared="dismissal",
        identity="in_confidence",
        name="Ada",
        contact="by letter",
        language="de",
    )

    assert form.validate(), form.errors
    facts = report.facts_of(form)
    assert facts.authority_other == "Ministry of Magic"
    assert (facts.how_known, facts.how_known_detail) == (HowKnown.DOCUMENTS, "two letters")
    assert facts.internal_channel is InternalChannel.USED
    assert (facts.internal_when, facts.internal_to, facts.internal_result) == (
        "May",
        "my manager",
        "nothing",
    )
    assert (facts.reprisals, facts.reprisals_detail) == (Reprisals.FEARED, "dismissal")
    assert (facts.anonymous, facts.language) == (False, "de")
    assert report.identity_of(form) == Identity("Ada", "by letter")


def test_a_name_in_confidence_is_in_no_fact():
    form = a_report(identity="in_confidence", name="CANARY-NAME", contact="CANARY-CONTACT")

    assert form.validate()
    assert "CANARY" not in str(asdict(report.facts_of(form)))


def test_answers_in_a_folded_branch_are_left_out():
    form = a_report(
        authority="unknown",
        authority_other="CANARY",
        how_known="seen",
        how_known_documents="CANARY",
        how_known_other="CANARY",
        internal_channel="not_used",
        internal_when="CANARY",
        internal_to="CANARY",
        internal_result="CANARY",
        internal_reasons=["reprisals_feared", "none_exists"],
        internal_reason_detail="because",
        reprisals="none",
        reprisals_feared="CANARY",
        reprisals_happened="CANARY",
        identity="anonymous",
        name="CANARY",
        contact="CANARY",
    )

    assert form.validate(), form.errors
    submission = report.submission_of(form)
    assert "CANARY" not in str(asdict(submission.facts))
    assert submission.identity is None
    assert report.facts_of(form).internal_reasons == (
        InternalReason.REPRISALS_FEARED,
        InternalReason.NONE_EXISTS,
    )


def test_reasons_ticked_before_choosing_that_the_channel_was_used_are_left_out():
    form = a_report(internal_channel="used", internal_reasons=["other"])

    assert report.facts_of(form).internal_reasons == ()


def test_someone_who_gives_up_anonymity_must_say_something():
    form = a_report(identity="in_confidence")

    assert not form.validate()
    assert list(form.errors) == ["name"]


def test_every_answer_of_a_complaint_reaches_the_facts():
    form = a_complaint(
        contacted_first="yes_unsatisfied",
        service_answer="no",
        hopes="an answer",
        service_reference="A/1",
        phone="1",
        address="Rue 1\r\n1000 Brussels",
        preferred="phone",
    )

    assert form.validate(), form.errors
    facts = complaint.facts_of(form)
    assert facts.facts_on == date(2026, 3, 27)
    assert facts.contacted_first is ContactedFirst.YES_UNSATISFIED
    assert (facts.service_answer, facts.hopes, facts.service_reference) == (
        "no",
        "an answer",
        "A/1",
    )
    assert facts.identity.address == "Rue 1\n1000 Brussels"
    assert (facts.identity.preferred, facts.language) == ("phone", "fr")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"authority": ""}, "authority"),
        ({"authority": "no-such-service"}, "authority"),
        ({"authority": "other"}, "authority_other"),
        ({"problem": ""}, "problem"),
        ({"contacted_first": ""}, "contacted_first"),
        ({"contacted_first": "perhaps"}, "contacted_first"),
        ({"facts_on-day": "", "facts_on-month": "", "facts_on-year": ""}, "facts_on"),
        ({"facts_on-day": "31", "facts_on-month": "2"}, "facts_on"),
        ({"facts_on-year": "26"}, "facts_on"),
        ({"facts_on-year": "9" * 5000}, "facts_on"),
        ({"facts_on-day": "\u0663"}, "facts_on"),
        ({"facts_on-day": ["1", "2"]}, "facts_on"),
        ({"facts_on-day": "24", "facts_on-month": "11"}, "facts_on"),
        ({"name": ""}, "name"),
        ({"email": "", "phone": "", "address": ""}, "email"),
        ({"email": "nobody"}, "email"),
        ({"preferred": "phone"}, "preferred"),
        ({"language": "xx"}, "language"),
        ({"problem": "x" * (LONG_TEXT + 1)}, "problem"),
        ({"name": "x" * (SHORT_TEXT + 1)}, "name"),
        ({"name": ["Ada", "Eve"]}, "name"),
        ({"name": "A\0da"}, "name"),
        ({"language": ["fr", "nl"]}, "language"),
    ],
)
def test_a_wrong_answer_is_named_beside_its_field(changes, field):
    form = a_complaint(**changes)

    assert not form.validate()
    assert list(form.errors) == [field]


def test_today_is_not_in_the_future():
    form = a_complaint(**{"facts_on-day": "23", "facts_on-month": "11"})

    assert form.validate(), form.errors


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x" * (LONG_TEXT + 1), "Please shorten this by 1 character."),
        ("x" * (LONG_TEXT + 250), "Please shorten this by 250 characters."),
    ],
)
def test_an_over_long_text_says_by_how_much_and_is_kept(text, message):
    form = a_report(what=text)

    assert not form.validate()
    assert form.what.errors == [message]
    assert form.what.data == text


def test_a_line_end_counts_as_one_character_however_the_browser_sends_it():
    form = a_report(what="x\r\n" * (LONG_TEXT // 2) + "\r\n\r\n")

    assert form.validate(), form.errors


def test_characters_no_page_can_show_are_taken_out_and_said():
    form = a_report(what="before\0\x07\ufffe\ud800after")

    assert not form.validate()
    assert form.what.data == "beforeafter"


def test_line_breaks_of_word_processors_are_line_breaks():
    form = a_report(what="one\vtwo\u2028three")

    assert form.validate(), form.errors
    assert form.what.data == "one\ntwo\nthree"
