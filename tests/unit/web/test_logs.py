"""A failure in the log says where and what kind, never what was written or when exactly."""

import json
import sys
from datetime import UTC, datetime

import pytest

from cases.domain.sheets import sheet_from_json
from cases.errors import FactsMalformed
from web import logs
from web.settings import Audience

SECRET = "the head of the unit"


class _Clock:
    def now(self) -> datetime:
        return datetime(2026, 11, 23, 22, 41, 7, tzinfo=UTC)


def _fail(audience: Audience, capsys: pytest.CaptureFixture[str]) -> tuple[str, dict[str, object]]:
    logs.configure(audience, _Clock())
    try:
        sheet_from_json(f'{{"version": 1, "title": "{SECRET}"'.encode())
    except FactsMalformed:
        logs.record_failure("report.take", sys.exc_info())
    line = capsys.readouterr().err
    return line, json.loads(line)


@pytest.mark.parametrize("audience", Audience)
def test_a_failure_names_its_kind_and_the_places_in_our_own_rooms(
    audience: Audience, capsys: pytest.CaptureFixture[str]
) -> None:
    line, entry = _fail(audience, capsys)

    assert (entry["failure"], entry["endpoint"]) == ("FactsMalformed", "report.take")
    assert any("/cases/domain/sheets.py:" in place for place in entry["at"])
    assert SECRET not in line


def test_the_portal_writes_the_day_and_the_console_the_time(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line, entry = _fail(Audience.PORTAL, capsys)
    # Half past eleven at night in Brussels: still the same day there.
    assert entry["day"] == "2026-11-23"
    assert "time" not in entry
    assert "41:07" not in line

    _, entry = _fail(Audience.CONSOLE, capsys)
    assert entry["time"] == "2026-11-23T22:41:07+00:00"
