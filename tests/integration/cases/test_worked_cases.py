"""Cases as a lawyer would tell them, played against the real actions."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from cases.database import Database
from cases.domain.flows import TRANSITIONS
from tests.support.databases import fresh_database, shown, sqlite_url
from tests.support.office import FixedClock, found
from tests.support.worked import Player, WorkedCase, worked_cases

FOUNDED = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
CASES = worked_cases()
# One of each flow is enough there: the rules are the same, the rows are another database's.
ON_POSTGRESQL = [case for case in CASES if case.table.get("on_postgresql")]
LOGINS = ("ingrid", "igor", "hilde")


def _player(database: Database, folder: Path) -> Player:
    clock = FixedClock(FOUNDED)
    office = found(folder, database, clock)
    for login in LOGINS:
        office.signed_in(login)
    return Player(office, clock, office.roster())


@pytest.fixture(scope="module")
def on_sqlite(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Player]:
    """One office for all cases: they do not meet."""
    folder = tmp_path_factory.mktemp("worked")
    shutil.copy(migrated_sqlite, folder / "zegel.db")
    database = Database(shown(sqlite_url(folder / "zegel.db")))
    yield _player(database, folder / "home")
    database.close()


@pytest.fixture(scope="module")
def on_postgresql(
    postgresql: URL, migrated_postgresql: URL, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Player]:
    """The same on the other database."""
    with fresh_database(postgresql, migrated_postgresql.database) as url:
        database = Database(shown(url))
        yield _player(database, tmp_path_factory.mktemp("worked") / "home")
        database.close()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_worked_case_goes_as_the_rules_say(on_sqlite: Player, case: WorkedCase) -> None:
    on_sqlite.play(case)


@pytest.mark.parametrize("case", ON_POSTGRESQL, ids=str)
def test_a_worked_case_goes_the_same_on_postgresql(on_postgresql: Player, case: WorkedCase) -> None:
    on_postgresql.play(case)


def test_there_are_cases_enough_and_each_names_its_source() -> None:
    assert len(CASES) >= 65
    assert len({case.title for case in CASES}) == len(CASES)
    assert all(case.table["source"] for case in CASES)
    assert {case.flow for case in ON_POSTGRESQL} == {case.flow for case in CASES}


def test_every_row_of_the_tables_is_taken_in_some_case() -> None:
    taken = {
        (case.flow, step["do"])
        for case in CASES
        for step in case.table["step"]
        if "refused" not in step.get("then", {})
    }
    # What the daily jobs do by themselves has no step of its own.
    taken |= {(flow, "service_day_passed") for flow, do in taken if do == "the_day_passes"}

    assert {(row.flow, row.action.value) for row in TRANSITIONS} - taken == set()
