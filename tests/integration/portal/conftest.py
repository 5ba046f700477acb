"""A person's browser on the portal of a founded office."""

import pytest
from flask import Flask

from portal.application import create_portal
from tests.support.html import Client
from tests.support.office import Office
from web.settings import Audience


@pytest.fixture
def portal(office: Office) -> Flask:
    return create_portal(office.services(Audience.PORTAL))


@pytest.fixture
def client(portal: Flask) -> Client:
    return Client(portal)
