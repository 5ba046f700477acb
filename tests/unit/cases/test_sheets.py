"""The sheet shows what the inbox needs, and survives its envelope."""

import pytest

from cases.domain.facts import Facts
from cases.domain.sheets import TITLE_LENGTH, Seen, make_sheet, replace_seen, sheet_from_json
from cases.errors import FactsMalformed
from tests.support.submissions import COMPLAINT, REPORT, report

SEEN = Seen(1, b"d" * 32)


@pytest.mark.parametrize("facts", [REPORT, COMPLAINT], ids=["report", "complaint"])
def test_a_sheet_comes_back_as_it_went_in(facts: Facts) -> None:
    sheet = make_sheet(facts, identity_sealed=True, seen=SEEN)

    read = sheet_from_json(sheet.to_json())

    assert read == sheet
    assert read.seen == SEEN


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
