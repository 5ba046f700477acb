"""What the three forms take, refuse and keep, and which facts their answers become."""

from dataclasses import asdict, replace
from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from cases.domain.facts import (
    LONG_TEXT,
    SHORT_TEXT,
    ComplainantKind,
    ContactedFirst,
    FollowUp,
    HowKnown,
    Identity,
    InternalChannel,
    InternalReason,
    Proceedings,
    ProtectionGround,
    Reprisals,
    YesNo,
)
from cases.domain.reference import Breach, shipped
from web.forms import complaint, protection, report
from web.forms.complaint import ComplaintForm
from web.forms.offer import Offer
from web.forms.protection import ProtectionForm
from web.forms.report import ReportForm
from web.forms.service import ServiceForm, service_of

TODAY = date(2026, 11, 23)
OFFER = Offer(shipped(), "en", TODAY)
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
    return ReportForm(OFFER, _sent({"what": "Theft", "language": "en", **answers}))


def a_complaint(**answers: str | list[str]) -> ComplaintForm:
    return ComplaintForm(OFFER, _sent({**COMPLAINT, **answers}))


def a_request(**answers: str | list[str]) -> ProtectionForm:
    return ProtectionForm(OFFER, _sent({"what": "Moved", "language": "en", **answers}))


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
        internal_follow_up="not_given",
        reprisals="feared",
        reprisals_feared="dismissal",
        identity="in_confidence",
        name="Ada",
        contact="by letter",
        breaches=["favouritism", "procurement"],
        who_else_knows="two colleagues",
        no_acknowledgement="y",
        belongs_to="SI.2026.0001",
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
    assert facts.internal_follow_up is FollowUp.NOT_GIVEN
    assert (facts.reprisals, facts.reprisals_detail) == (Reprisals.FEARED, "dismissal")
    assert facts.breaches == ("favouritism", "procurement")
    assert (facts.who_else_knows, facts.no_acknowledgement) == ("two colleagues", True)
    assert facts.belongs_to == "SI.2026.0001"
    assert (facts.anonymous, facts.language) == (False, "de")
    assert report.identity_of(form) == Identity("Ada", "by letter")


def test_a_name_in_confidence_is_in_no_fact():
    form = a_report(identity="in_confidence", name="CANARY-NAME", contact="CANARY-CONTACT")

    assert form.validate()
    assert "CANARY" not in str(asdict(report.facts_of(form)))


def test_answers_in_a_folded_branch_are_left_out():
    form = a_report(
        how_known="seen",
        how_known_documents="CANARY",
        how_known_other="CANARY",
        internal_channel="not_used",
        internal_when="CANARY",
        internal_to="CANARY",
        internal_result="CANARY",
        internal_follow_up="given",
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
    assert report.facts_of(form).internal_follow_up is None
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
        contacted_when_unsatisfied="in May",
        contacted_when_unanswered="CANARY",
        service_answer="no",
        proceedings="appeal",
        complainant="organisation",
        represented_organisation="Books NV",
        represented_person="CANARY",
        identity_withheld="y",
        belongs_to="OM.2025.0007",
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
    assert (facts.contacted_when, facts.proceedings) == ("in May", Proceedings.APPEAL)
    assert (facts.complainant, facts.represented) == (ComplainantKind.ORGANISATION, "Books NV")
    assert (facts.identity_withheld, facts.belongs_to) == (True, "OM.2025.0007")
    assert facts.identity.address == "Rue 1\n1000 Brussels"
    assert (facts.identity.preferred, facts.language) == ("phone", "fr")


def test_who_complains_for_herself_in_the_open_is_the_usual_case():
    facts = complaint.facts_of(a_complaint())

    assert (facts.complainant, facts.represented) == (ComplainantKind.SELF, "")
    assert not facts.identity_withheld


def test_a_request_for_protection_needs_only_what_was_done():
    form = a_request()

    assert form.validate(), form.errors
    facts = protection.facts_of(form)
    assert (facts.what, facts.authority, facts.may_contact_employer) == ("Moved", "unknown", None)
    assert facts.identity.name == ""


def test_every_answer_of_a_request_for_protection_reaches_the_facts():
    measure = shipped().retaliations_on(TODAY)[0].code
    form = a_request(
        authority="actiris",
        measures=[measure],
        author="the head",
        employer_reason="none",
        ground="reported_here",
        report_reference="SI.2026.0002",
        reported_when="in March",
        asks="my place back",
        may_contact_employer="yes",
        proceedings="none",
        name="Ada",
        phone="1",
        belongs_to="PR.2026.0001",
        **{"measure_on-day": "5", "measure_on-month": "10", "measure_on-year": "2026"},
    )

    assert form.validate(), form.errors
    facts = protection.facts_of(form)
    assert (facts.authority, facts.measures) == ("actiris", (measure,))
    assert (facts.measure_on, facts.author) == (date(2026, 10, 5), "the head")
    assert (facts.employer_reason, facts.asks) == ("none", "my place back")
    assert facts.ground is ProtectionGround.REPORTED_HERE
    assert (facts.report_reference, facts.reported_when) == ("SI.2026.0002", "in March")
    assert (facts.may_contact_employer, facts.proceedings) == (YesNo.YES, Proceedings.NONE)
    assert (facts.identity.name, facts.identity.phone) == ("Ada", "1")
    assert facts.belongs_to == "PR.2026.0001"


def test_the_reference_of_a_report_made_elsewhere_is_not_asked():
    facts = protection.facts_of(a_request(ground="testified", report_reference="CANARY"))

    assert facts.report_reference == ""


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"what": ""}, "what"),
        ({"may_contact_employer": "yes"}, "name"),
        ({"may_contact_employer": "perhaps"}, "may_contact_employer"),
        ({"measures": ["boredom"]}, "measures"),
        ({"email": "nobody"}, "email"),
        ({"preferred": "phone"}, "preferred"),
        ({"measure_on-day": "31", "measure_on-month": "2"}, "measure_on"),
    ],
)
def test_a_wrong_answer_of_a_request_is_named_beside_its_field(changes, field):
    form = a_request(**changes)

    assert not form.validate()
    assert list(form.errors) == [field]


@pytest.mark.parametrize("typed", ["aCTIRIS", " Brussels Mobility ", "BRÜSSEL  Mobilität"])
def test_a_service_typed_by_its_name_in_any_language_is_that_service(typed):
    expected = "actiris" if typed.casefold() == "actiris" else "mobility"

    assert service_of(a_report(authority_other=typed)) == (expected, "")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, ("unknown", "")),
        ({"authority": "unknown"}, ("unknown", "")),
        ({"authority": "actiris"}, ("actiris", "")),
        ({"authority": "actiris", "authority_other": "ACTIRIS"}, ("actiris", "")),
        ({"authority": "other"}, ("other", "")),
        ({"authority": "other", "authority_other": "Actiris"}, ("actiris", "")),
        ({"authority": "other", "authority_other": "The mint"}, ("other", "The mint")),
        ({"authority": "unknown", "authority_other": "The mint"}, ("other", "The mint")),
        ({"authority_other": "The mint"}, ("other", "The mint")),
    ],
)
def test_the_service_is_what_was_typed_or_else_chosen(answers, expected):
    form = a_report(**answers)

    assert form.validate(), form.errors
    assert service_of(form) == expected


@pytest.mark.parametrize("typed", ["The mint", "Brussels Mobility"])
def test_one_service_typed_and_another_chosen_is_asked_again(typed):
    form = a_report(authority="actiris", authority_other=typed)

    assert not form.validate()
    assert list(form.errors) == ["authority_other"]


@pytest.mark.parametrize("typed", ["Actiris", "The mint"])
def test_a_complaint_may_name_its_service_by_typing_alone(typed):
    assert a_complaint(authority="", authority_other=typed).validate()


def test_no_two_services_share_a_name():
    services = OFFER.known.authorities

    for service in services:
        for _language, name in service.names:
            assert OFFER.service_called(name) == service.id, name


@pytest.mark.parametrize(
    ("typed", "service"),
    [
        ("MIVB", "stib-mivb"),
        ("stib", "stib-mivb"),
        ("STIB-MIVB", "stib-mivb"),
        (" brüsseler  verkehrsbetriebe ", "stib-mivb"),
        ("Vivaqua", "vivaqua"),
        # Shared by many, a part of many, or nobody's.
        ("CPAS", None),
        ("OCMW", None),
        ("Brussels", None),
        ("the tram people", None),
    ],
)
def test_a_short_name_is_the_service_it_alone_belongs_to(typed, service):
    assert OFFER.service_called(typed) == service


def test_a_browser_can_suggest_every_service_of_the_list():
    form = ServiceForm(OFFER)
    listed = {choice.value for choice in form.authority.choices if choice.value}

    assert {OFFER.service_called(name) for name in OFFER.service_names()} == listed - {
        "other",
        "unknown",
    }


def test_a_kind_of_breach_that_is_no_longer_offered_still_has_its_words():
    old = Breach("hoarding", (("en", "Hoarding"),), valid_until=date(2020, 1, 1))
    offer = Offer(replace(shipped(), breaches=(old,)), "en", TODAY)

    assert offer.breaches() == []
    assert offer.words(offer.known.breaches, ("hoarding", "gone")) == ("Hoarding", "gone")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"authority": ""}, "authority"),
        ({"authority": "no-such-service"}, "authority"),
        ({"authority": "other"}, "authority_other"),
        ({"problem": ""}, "problem"),
        ({"contacted_first": ""}, "contacted_first"),
        ({"contacted_first": "perhaps"}, "contacted_first"),
        ({"proceedings": "perhaps"}, "proceedings"),
        ({"complainant": "nobody"}, "complainant"),
        ({"facts_on-day": "", "facts_on-month": "", "facts_on-year": ""}, "facts_on"),
        ({"facts_on-day": "31", "facts_on-month": "2"}, "facts_on"),
        ({"facts_on-year": "26"}, "facts_on"),
        ({"facts_on-year": "9" * 5000}, "facts_on"),
        ({"facts_on-year": "1899"}, "facts_on"),
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
