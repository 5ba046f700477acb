"""An alarm sounds on its day and not before, for every period that ships."""

from datetime import date, timedelta

import pytest

from cases.domain.reference import PeriodRow, shipped
from cases.domain.reminders import has_come, is_past, stages_come

DUE = date(2026, 11, 30)
PERIODS = shipped().periods


@pytest.mark.parametrize(
    ("days_from_due", "come"),
    [(-16, ()), (-15, (-15,)), (-4, (-15,)), (-3, (-15, -3)), (0, (-15, -3, 0)), (9, (-15, -3, 0))],
)
def test_an_alarm_stays_once_its_day_has_come(days_from_due: int, come: tuple[int, ...]) -> None:
    assert stages_come(DUE, (0, -15, -3), DUE + timedelta(days=days_from_due)) == come


def test_no_alarm_is_named_twice() -> None:
    assert stages_come(DUE, (0, 0), DUE) == (0,)


def test_the_last_day_still_belongs_to_the_term() -> None:
    assert not is_past(DUE, DUE)
    assert is_past(DUE, DUE + timedelta(days=1))


@pytest.mark.parametrize("row", PERIODS, ids=lambda row: f"{row.flow}-{row.clock}")
def test_every_period_that_ships_warns_on_its_days_and_never_earlier(row: PeriodRow) -> None:
    alarms = row.period.alarms

    assert 0 in alarms, "the last day is always worth a word"
    for stage in alarms:
        day = DUE + timedelta(days=stage)
        assert has_come(DUE, stage, day)
        assert not has_come(DUE, stage, day - timedelta(days=1))
    assert stages_come(DUE, alarms, DUE + timedelta(days=365)) == tuple(sorted(alarms))
