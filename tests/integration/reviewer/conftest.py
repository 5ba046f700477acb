"""People's browsers on the console of a founded office."""

from collections.abc import Callable

import pytest
from flask import Flask

from reviewer.application import create_console
from tests.support.compiled_templates import CompiledTemplates
from tests.support.html import Client
from tests.support.office import Office
from tests.support.staff_steps import come_signed_in
from web.settings import Audience


@pytest.fixture
def backend() -> str:
    """SQLite, unless a test says `on_both_databases`: what pages call is proved on both already."""
    return "sqlite"


@pytest.fixture(scope="session")
def compiled_console() -> CompiledTemplates:
    return CompiledTemplates()


@pytest.fixture
def console(office: Office, compiled_console: CompiledTemplates) -> Flask:
    app = create_console(office.services(Audience.CONSOLE))
    app.jinja_env.bytecode_cache = compiled_console
    return app


@pytest.fixture
def browser(console: Flask, office: Office) -> Callable[[str], Client]:
    """The browser of a person who has just signed in."""

    def signed_in(login: str) -> Client:
        client = Client(console)
        come_signed_in(client, office, login)
        return client

    return signed_in
