"""A founded office and a person's browser on its portal."""

from pathlib import Path

import pytest
from flask import Flask

from cases.database import Database
from portal.application import create_portal
from tests.support.html import Client
from tests.support.office import FixedClock, Office, found
from web.settings import Audience


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def office(tmp_path: Path, database: Database, clock: FixedClock) -> Office:
    return found(tmp_path / "home", database, clock)


@pytest.fixture
def portal(office: Office) -> Flask:
    return create_portal(office.services(Audience.PORTAL))


@pytest.fixture
def client(portal: Flask) -> Client:
    return Client(portal)
