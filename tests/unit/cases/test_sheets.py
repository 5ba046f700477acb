"""The sheet shows what the inbox needs, and survives its envelope."""

import pytest

from cases.domain.facts import Facts, IntakeWay
from cases.domain.flows import Flow
from cases.domain.sheets import TITLE_LENGTH, Seen, make_sheet, replace_seen, sheet_from_json
from cases.errors import FactsMalformed
from tests.support.submissions import COMPLAINT, PROTECTION, REPORT, report

SEEN = Seen(1, b"d" * 32)


@pytest.mark.parametrize(
    "facts", [REPORT, COMPLAINT, PROTECTION], ids=["report", "complaint", "protection"]
)
def test_a_sheet_comes_back_as_it_went_in(facts: Facts) -> None:
    sheet = make_sheet(facts, identity_sealed=True, seen=SEEN)

    read = sheet_from_json(sheet.to_json())

    assert read == sheet
    assert read.seen == SEEN


def test_a_request_for_protection_shows_the_measure_and_hides_no_name() -> None:
    sheet = make_sheet(PROTECTION, identity_sealed=False, seen=SEEN)

    assert (sheet.flow, sheet.title) == (Flow.PROTECTION, PROTECTION.what)
    assert not sheet.anonymous


def test_the_inbox_knows_a_report_taken_by_phone() -> None:
    sheet = make_sheet(report(taken_by=IntakeWay.PHONE), identity_sealed=False, seen=SEEN)

    assert sheet_from_json(sheet.to_json()).taken_by is IntakeWay.PHONE


def test_a_sheet_from_before_that_question_came_through_the_portal() -> None:
    older = make_sheet(REPORT, False, SEEN).to_json().replace(b',"taken_by":"portal"', b"")

    assert b"taken_by" not in older
    assert sheet_from_json(older).taken_by is IntakeWay.PORTAL


def test_a_title_is_one_short_line() -> None:
    sheet = make_sheet(report(what="one\ntwo  three " * 30), identity_sealed=False, seen=SEEN)

    assert "\n" not in sheet.title
    assert sheet.title.endswith("…")
    assert len(sheet.title) <= TITLE_LENGTH + 1


def test_a_word_without_end_is_cut_too() -> None:
    sheet = make_sheet(report(what="x" * 500), identity_sealed=False, seen=SEEN)

    assert len(sheet.title) == TITLE_LENGTH + 1


def test_remembering_a_later_message_changes_nothing_else() -> None:
    sheet = make_sheet(REPORT, identity_sealed=False, seen=SEEN)

    later = replace_seen(sheet, Seen(4, b"e" * 32))

    assert later.seen.position == 4
    assert replace_seen(later, SEEN) == sheet


@pytest.mark.parametrize("changed", [b'"version":2', b'"version":"1"'])
def test_a_sheet_of_another_version_is_refused(changed: bytes) -> None:
    encoded = make_sheet(REPORT, False, SEEN).to_json().replace(b'"version":1', changed)

    with pytest.raises(FactsMalformed):
        sheet_from_json(encoded)
