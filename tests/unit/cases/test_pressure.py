"""What an office is told of a crowd at its doors."""

from datetime import date, timedelta

from cases.domain.pressure import TOLD_FOR, WORTH_TELLING, Pressure, PressureOfDay, worth_telling

TODAY = date(2026, 11, 23)


def waited(days_ago: int, times: int) -> PressureOfDay:
    return PressureOfDay(TODAY - timedelta(days=days_ago), Pressure.ASKED_TO_WAIT, times)


def test_an_ordinary_morning_and_an_old_crowd_are_not_told() -> None:
    crowd, morning = waited(1, WORTH_TELLING), waited(2, WORTH_TELLING - 1)
    old = waited(TOLD_FOR.days, 10_000)

    assert worth_telling([old, morning, crowd], TODAY) == (crowd,)


def test_the_newest_day_comes_first() -> None:
    days = [waited(3, 50), waited(0, 50), waited(1, 50)]

    assert [each.day for each in worth_telling(days, TODAY)] == sorted(
        (each.day for each in days), reverse=True
    )
