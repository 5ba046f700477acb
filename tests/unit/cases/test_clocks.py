"""Terms end on the day that the law and the office's promises say."""

from datetime import date

import pytest

from cases.domain.clocks import due_on, extended_to, resumed_on
from cases.domain.flows import ClockKind, Flow
from cases.domain.holidays import public_holidays
from cases.domain.reference import Period, Unit, shipped

NO_HOLIDAYS: frozenset[date] = frozenset()
RULES = shipped()


def _due(flow: Flow, kind: ClockKind, started: date) -> date:
    return due_on(RULES.period(flow, kind, started), started, public_holidays(started.year))


@pytest.mark.parametrize(
    ("started", "due", "extended"),
    [
        (date(2026, 3, 2), date(2026, 6, 2), date(2026, 9, 2)),
        (date(2026, 1, 31), date(2026, 4, 30), date(2026, 7, 31)),
        (date(2026, 11, 30), date(2027, 2, 28), date(2027, 5, 30)),
        (date(2027, 11, 30), date(2028, 2, 29), date(2028, 5, 30)),
        (date(2026, 12, 15), date(2027, 3, 15), date(2027, 6, 15)),
        (date(2026, 8, 31), date(2026, 11, 30), date(2027, 2, 28)),
    ],
)
def test_feedback_is_due_in_three_calendar_months_and_extended_to_six_from_receipt(
    started: date, due: date, extended: date
) -> None:
    period = RULES.period(Flow.REPORT, ClockKind.FEEDBACK, started)

    assert due_on(period, started, public_holidays(started.year)) == due
    assert extended_to(period, started, public_holidays(started.year)) == extended


def test_a_term_in_calendar_days_or_months_is_never_moved_by_a_weekend_or_a_holiday() -> None:
    # Easter Monday, a Saturday, Christmas Day.
    assert _due(Flow.REPORT, ClockKind.FEEDBACK, date(2026, 1, 6)) == date(2026, 4, 6)
    assert _due(Flow.REPORT, ClockKind.FEEDBACK, date(2026, 3, 5)).weekday() == 4
    assert _due(Flow.REPORT, ClockKind.FEEDBACK, date(2026, 3, 6)) == date(2026, 6, 6)
    assert _due(Flow.REPORT, ClockKind.ACKNOWLEDGEMENT, date(2026, 12, 18)) == date(2026, 12, 25)


@pytest.mark.parametrize("flow", [Flow.COMPLAINT, Flow.PROTECTION])
def test_a_complaint_and_a_request_are_acknowledged_within_five_working_days(flow: Flow) -> None:
    # The weekend, Christmas Day and the next weekend do not count.
    assert _due(flow, ClockKind.ACKNOWLEDGEMENT, date(2026, 12, 18)) == date(2026, 12, 28)


def test_working_days_run_over_new_year() -> None:
    # 31, 4, 5, 6 and 7: the first of January and the weekend do not count.
    wednesday = date(2026, 12, 30)

    assert _due(Flow.COMPLAINT, ClockKind.ACKNOWLEDGEMENT, wednesday) == date(2027, 1, 7)


@pytest.mark.parametrize(
    ("flow", "kind", "days"),
    [
        (Flow.COMPLAINT, ClockKind.ADMISSIBILITY, 14),
        (Flow.COMPLAINT, ClockKind.NEWS, 30),
        (Flow.COMPLAINT, ClockKind.SERVICE_FIRST, 30),
        *((flow, ClockKind.CONSULTATION, 30) for flow in Flow),
        *((flow, ClockKind.RECOMMENDATION, 90) for flow in Flow),
        (Flow.PROTECTION, ClockKind.ADMISSIBILITY, 14),
        (Flow.PROTECTION, ClockKind.NEWS, 30),
    ],
)
def test_the_other_terms_are_calendar_days(flow: Flow, kind: ClockKind, days: int) -> None:
    assert (_due(flow, kind, date(2026, 3, 1)) - date(2026, 3, 1)).days == days


def test_a_term_that_cannot_be_extended_says_so() -> None:
    with pytest.raises(ValueError, match="cannot be extended"):
        extended_to(Period(3, Unit.DAYS), date(2026, 3, 1), NO_HOLIDAYS)


@pytest.mark.parametrize(
    ("due", "suspended", "today", "resumed"),
    [
        # Ten days were left when it stopped, and ten are left when it goes on.
        (date(2026, 3, 31), date(2026, 3, 21), date(2026, 5, 1), date(2026, 5, 11)),
        (date(2026, 3, 31), date(2026, 3, 21), date(2026, 3, 21), date(2026, 3, 31)),
        # It was late already, and stays as late.
        (date(2026, 3, 10), date(2026, 3, 12), date(2026, 4, 12), date(2026, 4, 10)),
    ],
)
def test_the_days_on_which_a_term_stands_still_do_not_count(
    due: date, suspended: date, today: date, resumed: date
) -> None:
    assert resumed_on(due, suspended, today) == resumed


def test_the_belgian_national_day_is_a_holiday() -> None:
    assert date(2026, 7, 21) in public_holidays(2026)
    assert date(2027, 7, 21) in public_holidays(2026)
