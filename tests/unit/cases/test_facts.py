"""Facts survive the way through an envelope, and nothing that is not facts does."""

import json
from dataclasses import MISSING, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.domain.facts import (
    ComplainantIdentity,
    ComplainantKind,
    ComplaintFacts,
    ContactedFirst,
    Facts,
    FollowUp,
    HowKnown,
    Identity,
    IntakeWay,
    InternalChannel,
    InternalReason,
    Proceedings,
    ProtectionFacts,
    ProtectionGround,
    Relation,
    ReportFacts,
    Reprisals,
    YesNo,
)
from cases.domain.facts_json import (
    facts_from_json,
    facts_to_json,
    identity_from_json,
    identity_to_json,
)
from cases.errors import FactsMalformed
from tests.support.submissions import COMPLAINT, PROTECTION, REPORT

TEXT = st.text(max_size=40)
REPORTS = st.builds(
    ReportFacts,
    authority=TEXT,
    what=TEXT,
    language=TEXT,
    when_where=TEXT,
    how_known=st.none() | st.sampled_from(HowKnown),
    relation=st.none() | st.sampled_from(Relation),
    internal_channel=st.none() | st.sampled_from(InternalChannel),
    internal_reasons=st.lists(st.sampled_from(InternalReason)).map(tuple),
    reprisals=st.none() | st.sampled_from(Reprisals),
    anonymous=st.booleans(),
    breaches=st.lists(TEXT).map(tuple),
    internal_follow_up=st.none() | st.sampled_from(FollowUp),
    no_acknowledgement=st.booleans(),
    who_else_knows=TEXT,
    taken_by=st.sampled_from(IntakeWay),
    belongs_to=TEXT,
)
COMPLAINTS = st.builds(
    ComplaintFacts,
    authority=TEXT,
    problem=TEXT,
    language=TEXT,
    contacted_first=st.none() | st.sampled_from(ContactedFirst),
    facts_on=st.none() | st.dates(),
    identity=st.builds(ComplainantIdentity, name=TEXT, email=TEXT),
    identity_withheld=st.booleans(),
    proceedings=st.none() | st.sampled_from(Proceedings),
    complainant=st.none() | st.sampled_from(ComplainantKind),
    represented=TEXT,
    taken_by=st.sampled_from(IntakeWay),
)
PROTECTIONS = st.builds(
    ProtectionFacts,
    authority=TEXT,
    what=TEXT,
    language=TEXT,
    ground=st.none() | st.sampled_from(ProtectionGround),
    measures=st.lists(TEXT).map(tuple),
    measure_on=st.none() | st.dates(),
    may_contact_employer=st.none() | st.sampled_from(YesNo),
    identity=st.builds(ComplainantIdentity, name=TEXT, email=TEXT),
    taken_by=st.sampled_from(IntakeWay),
)
EVERY_FORM = pytest.mark.parametrize(
    "facts", [REPORT, COMPLAINT, PROTECTION], ids=["report", "complaint", "protection"]
)


@given(REPORTS | COMPLAINTS | PROTECTIONS)
def test_facts_come_back_as_they_went_in(facts: Facts) -> None:
    assert facts_from_json(facts_to_json(facts)) == facts


@given(TEXT, TEXT)
def test_an_identity_comes_back_as_it_went_in(name: str, contact: str) -> None:
    identity = Identity(name, contact)

    assert identity_from_json(identity_to_json(identity)) == identity


@EVERY_FORM
def test_facts_from_before_a_question_was_added_are_still_read(facts: Facts) -> None:
    encoded = json.loads(facts_to_json(facts))
    required = {"version", "flow", "authority", "language"}
    older = {name: value for name, value in encoded.items() if name in required}

    read = facts_from_json(json.dumps(older).encode())

    assert read.authority == facts.authority


def test_a_report_sealed_by_the_first_version_is_read_as_it_was_meant() -> None:
    first = (
        b'{"anonymous":true,"authority":"actiris","authority_other":"","flow":"report",'
        b'"how_known":"seen","how_known_detail":"","internal_channel":"not_used",'
        b'"internal_reason_detail":"","internal_reasons":["reprisals_feared"],'
        b'"internal_result":"","internal_to":"","internal_when":"","language":"nl",'
        b'"relation":null,"reprisals":"none","reprisals_detail":"","version":1,'
        b'"what":"Invoices.","when_where":""}'
    )

    assert facts_from_json(first) == ReportFacts(
        authority="actiris",
        what="Invoices.",
        language="nl",
        how_known=HowKnown.SEEN,
        internal_channel=InternalChannel.NOT_USED,
        internal_reasons=(InternalReason.REPRISALS_FEARED,),
        reprisals=Reprisals.NONE,
        taken_by=IntakeWay.PORTAL,
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 2},
        {"version": "1"},
        {"version": True},
        {"flow": "petition"},
        {"authority": 7},
        {"how_known": "guessed"},
        {"internal_reasons": "reprisals_feared"},
        {"internal_reasons": ["boredom"]},
        {"anonymous": "yes"},
        {"breaches": "fraud"},
        {"breaches": [7]},
        {"taken_by": "pigeon"},
    ],
)
def test_what_this_version_did_not_write_is_refused(changes: dict[str, object]) -> None:
    encoded = json.dumps({**json.loads(facts_to_json(REPORT)), **changes}).encode()

    with pytest.raises(FactsMalformed):
        facts_from_json(encoded)


@pytest.mark.parametrize("encoded", [b"", b"[]", b"null", b"{", b"\xff\xfe", b'"text"'])
def test_what_is_no_object_is_refused(encoded: bytes) -> None:
    with pytest.raises(FactsMalformed):
        facts_from_json(encoded)


def test_a_day_that_is_none_is_refused() -> None:
    encoded = facts_to_json(COMPLAINT).replace(b"2026-01-15", b"2026-02-30")

    with pytest.raises(FactsMalformed):
        facts_from_json(encoded)


def test_facts_never_show_in_a_repr() -> None:
    shown = repr((REPORT, COMPLAINT, PROTECTION, COMPLAINT.identity, Identity("Jan", "tel")))

    for secret in ("Invoices", "fine", "Marie", "Jan", "depot"):
        assert secret not in shown


@pytest.mark.parametrize("facts", [ReportFacts, ProtectionFacts])
def test_only_what_the_office_cannot_do_without_is_required(
    facts: type[ReportFacts | ProtectionFacts],
) -> None:
    required = {field.name for field in fields(facts) if field.default is MISSING}

    assert required == {"authority", "what", "language"}
