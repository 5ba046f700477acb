"""A person's browser on the portal of a founded office."""

import pytest
from flask import Flask

from portal.application import create_portal
from tests.support.compiled_templates import CompiledTemplates
from tests.support.html import Client
from tests.support.office import Office
from web.settings import Audience


@pytest.fixture
def backend() -> str:
    """SQLite, unless a test says `on_both_databases`: what pages call is proved on both already."""
    return "sqlite"


@pytest.fixture(scope="session")
def compiled_portal() -> CompiledTemplates:
    return CompiledTemplates()


@pytest.fixture
def portal(office: Office, compiled_portal: CompiledTemplates) -> Flask:
    app = create_portal(office.services(Audience.PORTAL))
    app.jinja_env.bytecode_cache = compiled_portal
    return app


@pytest.fixture
def client(portal: Flask) -> Client:
    return Client(portal)
