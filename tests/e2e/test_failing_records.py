"""When the records fail under the portal, the visitor keeps her words and the log tells none."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.browser import Windows
from tests.support.canaries import Canaries
from tests.support.office_home import office_home
from tests.support.pages import PortalPages, fill, submit, words_of
from tests.support.served import PORTAL, Served, serve
from tests.support.traces import traces

ENTRY = {"application", "at", "day", "endpoint", "event", "failure", "level"}


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Served]:
    with (
        office_home(tmp_path / "home") as office,
        serve(PORTAL, office.home, tmp_path / "logs") as served,
    ):
        yield served


def lose(home: Path, table: str) -> None:
    with closing(sqlite3.connect(home / "zegel.sqlite")) as database:
        database.execute(f"DROP TABLE {table}")
        database.commit()


# A table that only sending needs, and one that the form itself is made from.
@pytest.mark.parametrize("table", ["message", "reference_edit"])
def test_what_was_typed_stays_on_the_page_and_out_of_the_log(
    portal: Served, browser: Browser, windows: Windows, tmp_path: Path, table: str
) -> None:
    canaries = Canaries()
    agent = canaries("user agent")
    visitor = PortalPages(windows.open(user_agent=agent), portal.url)
    visitor.go(f"/report?{canaries('query')}")
    form = visitor.form("/report")
    fill(form, {"what": canaries("what"), "identity": "in_confidence", "name": canaries("name")})
    lose(tmp_path / "home", table)

    answer = submit(form)

    assert answer.status == 503
    assert visitor.form("/report").locator("[name=what]").input_value() == canaries.words["what"]
    assert "Nothing was sent or changed." in words_of(visitor.page)
    entries = [json.loads(line) for line in portal.output().splitlines()]
    assert [entry["failure"] for entry in entries] == ["OperationalError"]
    assert all(set(entry) == ENTRY for entry in entries)
    assert entries[0]["endpoint"] == "report.take"
    assert len(entries[0]["day"]) == len("2026-11-23")
    assert traces(canaries.words.values(), [tmp_path]) == []
