"""The journeys of both flows once more, with the servers on PostgreSQL."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import StorageState
from sqlalchemy import URL

from tests.e2e.test_complaint_journey import (
    test_a_complaint_is_examined_answered_and_concluded as test_a_complaint,
)
from tests.e2e.test_mailbox_doors import (
    test_a_deleted_mailbox_is_gone_and_the_case_goes_on as test_a_deleted_mailbox,
)
from tests.e2e.test_report_journey import (
    test_a_report_is_answered_and_the_answer_is_answered as test_a_report,
)
from tests.e2e.test_sent_twice import (
    test_a_double_click_sends_a_message_once as test_a_double_click,
)
from tests.support.databases import fresh_database, shown
from tests.support.staffed_office import StaffedOffice, staffed_office

__all__ = ["test_a_complaint", "test_a_deleted_mailbox", "test_a_double_click", "test_a_report"]


@pytest.fixture(scope="module")
def office(postgresql: URL, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffedOffice]:
    with (
        fresh_database(postgresql) as url,
        staffed_office(tmp_path_factory.mktemp("office"), database_url=shown(url)) as served,
    ):
        yield served


@pytest.fixture(scope="module")
def sessions() -> dict[str, StorageState]:
    return {}


@pytest.fixture
def scripts() -> bool:
    """Off: what a browser runs is nothing to the database, and on SQLite it is tried both ways."""
    return False


def test_nothing_of_it_went_to_a_file_of_sqlite(office: StaffedOffice) -> None:
    assert list(office.home.rglob("*.sqlite*")) == []
