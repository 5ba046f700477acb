"""Terms end on the day that the law and the office's promises say."""

from datetime import date

import pytest

from cases.domain.clocks import ClockKind, due_on
from cases.domain.flows import Flow
from cases.domain.holidays import public_holidays

NO_HOLIDAYS: frozenset[date] = frozenset()


@pytest.mark.parametrize(
    ("started", "due"),
    [
        (date(2026, 3, 2), date(2026, 6, 2)),
        (date(2026, 1, 31), date(2026, 4, 30)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 12, 15), date(2027, 3, 15)),
        (date(2026, 9, 30), date(2026, 12, 30)),
    ],
)
def test_feedback_on_a_report_is_due_in_three_calendar_months(started: date, due: date) -> None:
    assert due_on(Flow.REPORT, ClockKind.FEEDBACK, started, NO_HOLIDAYS) == due


def test_a_report_is_acknowledged_within_seven_days_weekends_included() -> None:
    friday = date(2026, 12, 18)

    due = due_on(Flow.REPORT, ClockKind.ACKNOWLEDGEMENT, friday, public_holidays(2026))

    assert due == date(2026, 12, 25)


def test_a_complaint_is_acknowledged_within_five_working_days() -> None:
    friday = date(2026, 12, 18)

    due = due_on(Flow.COMPLAINT, ClockKind.ACKNOWLEDGEMENT, friday, public_holidays(2026))

    # The weekend, Christmas Day and the next weekend do not count.
    assert due == date(2026, 12, 28)


def test_working_days_run_over_new_year() -> None:
    wednesday = date(2026, 12, 30)

    due = due_on(Flow.COMPLAINT, ClockKind.ACKNOWLEDGEMENT, wednesday, public_holidays(2026))

    # 31, 4, 5, 6 and 7: the first of January and the weekend do not count.
    assert due == date(2027, 1, 7)


@pytest.mark.parametrize(("kind", "days"), [(ClockKind.ADMISSIBILITY, 14), (ClockKind.NEWS, 30)])
def test_the_other_terms_of_a_complaint_are_calendar_days(kind: ClockKind, days: int) -> None:
    due = due_on(Flow.COMPLAINT, kind, date(2026, 3, 1), NO_HOLIDAYS)

    assert (due - date(2026, 3, 1)).days == days


def test_the_belgian_national_day_is_a_holiday() -> None:
    assert date(2026, 7, 21) in public_holidays(2026)
    assert date(2027, 7, 21) in public_holidays(2026)
