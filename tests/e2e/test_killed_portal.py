"""The portal is killed outright while reports come in: whoever saw a code has a mailbox."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from threading import Condition

import pytest

from bench.browser import Browser
from bench.visits import SignIn, Submission, VisitFailed
from tests.support.office import Office
from tests.support.office_home import office_home
from tests.support.served import PORTAL, Served, serve

KILLS = 3
BETWEEN_KILLS = 8  # codes
VISITORS = 6
PATIENCE = 60.0  # seconds for the next codes

# What a case has from its first moment, by table; a case without one of them is half a case.
PARTS = ("mailbox", "message", "case_grant", "clock", "trail")


@dataclass
class Flood:
    """Visitors who send reports until they are told to stop."""

    portal: Served
    codes: list[str] = field(default_factory=list)
    broken: int = 0
    stopped: bool = False
    _changed: Condition = field(default_factory=Condition)

    def visit(self) -> None:
        """One visitor."""
        while not self.stopped:
            try:
                with Browser(self.portal.port) as browser:
                    self._shown(Submission().act(browser, "", None))
            except (OSError, HTTPException, VisitFailed):
                self._note_broken()

    def wait_for_more(self, number: int) -> None:
        """Wait until so many more codes were shown."""
        with self._changed:
            goal = len(self.codes) + number
            assert self._changed.wait_for(lambda: len(self.codes) >= goal, PATIENCE)

    def _shown(self, code: str) -> None:
        with self._changed:
            self.codes.append(code)
            self._changed.notify_all()

    def _note_broken(self) -> None:
        with self._changed:
            self.broken += 1


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Office]:
    with office_home(tmp_path / "home") as founded:
        yield founded


def test_every_code_that_was_shown_opens_its_mailbox(home: Office, tmp_path: Path) -> None:
    with serve(PORTAL, home.home, tmp_path / "logs") as portal:
        flood = _killed_while_reports_come_in(portal)

        assert flood.broken, "no kill met a request"
        assert len(set(flood.codes)) == len(flood.codes) >= KILLS * BETWEEN_KILLS
        for code in flood.codes:
            with Browser(portal.port) as browser:
                SignIn().act(browser, code, SignIn().prepare(browser, code))

    _check_that_cases_are_whole(home.home / "zegel.sqlite", at_least=len(flood.codes))


def _killed_while_reports_come_in(portal: Served) -> Flood:
    flood = Flood(portal)
    with ThreadPoolExecutor(VISITORS) as visitors:
        sending = [visitors.submit(flood.visit) for _ in range(VISITORS)]
        try:
            for _ in range(KILLS):
                flood.wait_for_more(BETWEEN_KILLS)
                for worker in portal.workers:
                    os.kill(worker, signal.SIGKILL)
            flood.wait_for_more(1)
        finally:
            flood.stopped = True
        for visitor in sending:
            visitor.result()
    return flood


def _check_that_cases_are_whole(path: Path, at_least: int) -> None:
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        cases = {case for (case,) in database.execute('SELECT id FROM "case"')}
        assert len(cases) >= at_least
        for table in PARTS:
            query = f"SELECT case_id FROM {table} WHERE case_id IS NOT NULL"  # noqa: S608 - above
            assert {case for (case,) in database.execute(query)} == cases, table
