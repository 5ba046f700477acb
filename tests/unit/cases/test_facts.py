"""Facts survive the way through an envelope, and nothing that is not facts does."""

import json
from dataclasses import MISSING, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.domain.facts import (
    ComplainantIdentity,
    ComplaintFacts,
    ContactedFirst,
    Facts,
    HowKnown,
    Identity,
    InternalChannel,
    InternalReason,
    Relation,
    ReportFacts,
    Reprisals,
)
from cases.domain.facts_json import (
    facts_from_json,
    facts_to_json,
    identity_from_json,
    identity_to_json,
)
from cases.errors import FactsMalformed
from tests.support.submissions import COMPLAINT, REPORT

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
)
COMPLAINTS = st.builds(
    ComplaintFacts,
    authority=TEXT,
    problem=TEXT,
    language=TEXT,
    contacted_first=st.none() | st.sampled_from(ContactedFirst),
    facts_on=st.none() | st.dates(),
    identity=st.builds(ComplainantIdentity, name=TEXT, email=TEXT),
)


@given(REPORTS | COMPLAINTS)
def test_facts_come_back_as_they_went_in(facts: Facts) -> None:
    assert facts_from_json(facts_to_json(facts)) == facts


@given(TEXT, TEXT)
def test_an_identity_comes_back_as_it_went_in(name: str, contact: str) -> None:
    identity = Identity(name, contact)

    assert identity_from_json(identity_to_json(identity)) == identity


@pytest.mark.parametrize("facts", [REPORT, COMPLAINT], ids=["report", "complaint"])
def test_facts_from_before_a_question_was_added_are_still_read(facts: Facts) -> None:
    encoded = json.loads(facts_to_json(facts))
    required = {"version", "flow", "authority", "language"}
    older = {name: value for name, value in encoded.items() if name in required}

    read = facts_from_json(json.dumps(older).encode())

    assert read.authority == facts.authority


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
    shown = repr((REPORT, COMPLAINT, COMPLAINT.identity, Identity("Jan", "tel")))

    for secret in ("Invoices", "fine", "Marie", "Jan"):
        assert secret not in shown


def test_only_what_the_office_cannot_do_without_is_required() -> None:
    required = {field.name for field in fields(ReportFacts) if field.default is MISSING}

    assert required == {"authority", "what", "language"}
