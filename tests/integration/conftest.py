"""A founded office on both databases."""

from pathlib import Path

import pytest

from cases.database import Database
from tests.support.office import FixedClock, Office, found_in_migrated


@pytest.fixture
def clock() -> FixedClock:
    """Stands until the test moves it."""
    return FixedClock()


@pytest.fixture
def office(database: Database, clock: FixedClock, tmp_path: Path) -> Office:
    """Seven people, none enrolled yet; on both databases, unless the folder says otherwise."""
    return found_in_migrated(tmp_path / "home", database, clock)
