"""What a question to a public service is, before any key or table: days, reference, contents."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.domain.case_file import CaseFile
from cases.domain.consultation_contents import (
    ConsultationAuthor,
    ConsultationRecord,
    ConsultationText,
)
from cases.domain.consultation_names import concerned, service_name
from cases.domain.consultations import (
    LATE_DAYS,
    ConsultationState,
    last_day,
    service_reference,
    still_opens,
)
from cases.domain.details import (
    Consultation,
    ConsultationKind,
    ConsultationWay,
    IdentityDisclosure,
)
from cases.domain.dossier import Dossier
from cases.domain.facts import Facts
from cases.domain.flows import State
from cases.domain.reference import shipped
from cases.errors import FactsMalformed
from tests.support.submissions import COMPLAINT, PROTECTION, REPORT, complaint

DUE = date(2026, 12, 23)
RECORD = ConsultationRecord(
    case_id=b"c" * 16,
    case_public=b"k" * 32,
    kind=ConsultationKind.HEARING,
    office="Ombuds",
    service="Actiris",
    reference="C-0000-0000",
    concerned="Marie Test",
    language="fr",
    due_on=DUE,
)
ASKED = Consultation(
    b"q" * 16, ConsultationKind.DOCUMENTS, "actiris", "?", DUE, ConsultationWay.LINK
)
WITHHELD = Dossier(identity=IdentityDisclosure(withheld=True, how="by phone"))


@pytest.mark.parametrize(
    ("state", "days", "opens"),
    [
        (ConsultationState.OPEN, 0, True),
        (ConsultationState.OPEN, LATE_DAYS, True),
        (ConsultationState.OPEN, LATE_DAYS + 1, False),
        (ConsultationState.ANSWERED, 0, False),
        (ConsultationState.WITHDRAWN, 0, False),
    ],
)
def test_a_link_opens_until_it_is_answered_withdrawn_or_long_overdue(
    state: ConsultationState, days: int, opens: bool
) -> None:
    assert still_opens(state, DUE, DUE + timedelta(days=days)) is opens


def test_the_last_day_is_after_both_reminders() -> None:
    assert last_day(DUE) > DUE + timedelta(days=15)


def test_the_reference_comes_from_the_id_alone() -> None:
    assert service_reference(bytes.fromhex("3f2a91c0" + "ee" * 12)) == "C-3F2A-91C0"


def test_a_record_is_read_as_it_was_written() -> None:
    assert ConsultationRecord.from_json(RECORD.to_json()) == RECORD


@given(st.text(), st.none() | st.binary(min_size=1))
def test_a_text_is_read_as_it_was_written(text: str, answers: bytes | None) -> None:
    written = ConsultationText(
        ConsultationAuthor.SERVICE, text.encode("utf-8", "ignore").decode(), answers
    )

    assert ConsultationText.from_json(written.to_json()) == written


@pytest.mark.parametrize("payload", [b"", b"[]", b"{}", b'{"author":"nobody","text":""}'])
def test_what_is_neither_is_refused(payload: bytes) -> None:
    for kind in (ConsultationRecord, ConsultationText):
        with pytest.raises(FactsMalformed):
            kind.from_json(payload)


def test_no_value_shows_in_a_log_what_it_holds() -> None:
    assert "Marie" not in repr(RECORD)
    assert "secret" not in repr(ConsultationText(ConsultationAuthor.SERVICE, "secret"))


@pytest.mark.parametrize(
    ("facts", "dossier", "name"),
    [
        (REPORT, Dossier(), ""),
        (COMPLAINT, Dossier(), "Marie Test"),
        (COMPLAINT, WITHHELD, ""),
        (complaint(identity_withheld=True), Dossier(), ""),
        (PROTECTION, Dossier(), "Noor Test"),
    ],
)
def test_the_service_learns_a_name_only_where_it_may(
    facts: Facts, dossier: Dossier, name: str
) -> None:
    assert concerned(CaseFile(State.DOCUMENTS, facts, dossier)) == name


def test_the_service_is_named_in_the_language_of_the_question() -> None:
    other = replace(ASKED, service="other", service_other="The harbour")

    assert service_name(ASKED, shipped(), "fr") == "Actiris"
    assert service_name(other, shipped(), "fr") == "The harbour"
