"""The front page says what changed in the list of keys until it was read, and when it fails."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cases.actions.joining import NewPerson
from cases.actions.rosters import Changes
from cases.database import Database
from cases.domain.roles import Role
from tests.support.html import Client
from tests.support.office import FixedClock, Office
from tests.support.rosters import change, two_signers

Browser = Callable[[str], Client]
NINA = NewPerson("nina", "Nina New", frozenset({Role.INVESTIGATOR}))


@pytest.fixture
def office(database: Database, clock: FixedClock, tmp_path: Path) -> Office:
    return two_signers(tmp_path / "home", database, clock)


def test_each_intake_officer_reads_what_changed(browser: Browser, office: Office) -> None:
    ingrid, hilde, igor = browser("ingrid"), browser("hilde"), browser("igor")
    quiet = ingrid.get("/en/")
    change(office, Changes(joining=(NINA,)))
    change(office, Changes(signatures_needed=1))

    seen = ingrid.get("/en/")
    after = ingrid.submit(seen, "/roster/read")

    assert "list of keys was changed" not in quiet.text
    assert "Nina New is new: belongs to the office" in seen.text
    assert "2 before, 1 now" in seen.text
    assert "list of keys was changed" not in after.text
    assert "Nina New" in hilde.get("/en/").text
    assert "list of keys was changed" not in igor.get("/en/").text


def test_a_change_that_came_meanwhile_is_not_taken_for_read(
    browser: Browser, office: Office
) -> None:
    ingrid = browser("ingrid")
    change(office, Changes(joining=(NINA,)))
    seen = ingrid.get("/en/")
    change(office, Changes(signatures_needed=1))

    after = ingrid.submit(seen, "/roster/read")

    assert "2 before, 1 now" in after.text
    assert "Nina New is new" in after.text


def test_the_front_page_says_when_nothing_can_come_in(browser: Browser, office: Office) -> None:
    ingrid = browser("ingrid")
    change(office, Changes())
    (office.home / "roster" / "0002.json").unlink()

    page = ingrid.get("/en/")

    assert page.status == 200
    assert "Nothing new can come in" in page.text
    assert "zegel roster verify" in page.text
