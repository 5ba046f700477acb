"""The office hears that there was a crowd: how often on which day, and nothing of who it was."""

from collections.abc import Callable
from dataclasses import astuple

import pytest

from cases.domain.pressure import WORTH_TELLING, Pressure, PressureOfDay
from cases.queries.pressure import pressure_since
from portal.application import create_portal
from tests.support.crowd import ONE_EACH, crowd_at
from tests.support.databases import on_both_databases
from tests.support.html import Client
from tests.support.office import Office
from tests.support.portal_steps import send_report
from web.clock import office_day
from web.pressure import EVERY_SECONDS, PressureGauge
from web.settings import Audience


class Seconds:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def counts(office: Office) -> tuple[PressureOfDay, ...]:
    with office.database.reading() as session:
        return pressure_since(session, office_day(office.clock.now()))


@on_both_databases
def test_two_processes_count_together_and_write_once_a_minute(office: Office) -> None:
    seconds = Seconds()
    gauges = [PressureGauge(office.database, office.clock, seconds) for _ in range(2)]
    for gauge in gauges:
        gauge.note(Pressure.CUT_OFF)
        gauge.write_when_due()
    gauges[0].note(Pressure.CUT_OFF)
    gauges[0].write_when_due()

    before = [each.times for each in counts(office)]
    seconds.now += EVERY_SECONDS
    gauges[0].write_when_due()

    assert before == [2]
    assert [astuple(each) for each in counts(office)] == [
        (office_day(office.clock.now()), Pressure.CUT_OFF, 3)
    ]


def test_who_is_asked_to_wait_is_counted(office: Office) -> None:
    services = office.services(Audience.PORTAL, ONE_EACH)
    with crowd_at(services.kdf_gate.gate):
        assert send_report(Client(create_portal(services))).status == 503

    assert [(each.kind, each.times) for each in counts(office)] == [(Pressure.ASKED_TO_WAIT, 1)]


@pytest.mark.parametrize(
    ("login", "path", "told"),
    [("hilde", "/en/", True), ("ada", "/en/account", True), ("ingrid", "/en/", False)],
)
def test_a_head_and_an_administrator_are_told_and_nobody_else(
    office: Office, browser: Callable[[str], Client], login: str, path: str, told: bool
) -> None:
    gauge = PressureGauge(office.database, office.clock)
    for _ in range(WORTH_TELLING):
        gauge.note(Pressure.ASKED_TO_WAIT)
    gauge.write_when_due()

    page = browser(login).get(path)

    assert ("visitors were asked to wait" in page.text) is told
