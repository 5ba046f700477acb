"""A page of the portal on the open web names the same page on its onion (Onion-Location)."""

from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from portal.application import create_portal
from reviewer.application import create_console
from tests.support.office import Office
from web.settings import Audience

ONION = f"{'zegel' * 11}x.onion"
HOSTS = ("zegel.test", ONION)


@pytest.fixture
def backend() -> str:
    """A header asks nothing of the database."""
    return "sqlite"


@pytest.fixture
def portal(office: Office) -> Flask:
    here = office.services(Audience.PORTAL)
    return create_portal(
        replace(here, settings=replace(here.settings, trusted_hosts=HOSTS, onion=ONION))
    )


def ask(app: Flask, path: str, host: str = "zegel.test", method: str = "GET") -> TestResponse:
    return Client(app, TestResponse).open(path, method=method, base_url=f"http://{host}")


@pytest.mark.parametrize(
    ("path", "same"),
    [
        ("/en/report", "/en/report"),
        ("/en/check?about=a%20b&c=%C3%A9", "/en/check?about=a%20b&c=%C3%A9"),
        ("/en/%C3%A9%0D%0AX:y", "/en/%C3%A9%0D%0AX%3Ay"),
    ],
)
def test_a_page_on_the_open_web_names_itself_on_the_onion(
    portal: Flask, path: str, same: str
) -> None:
    assert ask(portal, path).headers["Onion-Location"] == f"http://{ONION}{same}"


def test_the_onion_names_nothing_and_neither_does_the_answer_to_a_form(portal: Flask) -> None:
    assert "Onion-Location" not in ask(portal, "/en/report", host=ONION).headers
    assert "Onion-Location" not in ask(portal, "/en/report", method="POST").headers


def test_a_portal_without_an_onion_names_none(office: Office) -> None:
    app = create_portal(office.services(Audience.PORTAL))

    assert "Onion-Location" not in ask(app, "/en/").headers


def test_the_console_names_none(office: Office) -> None:
    app = create_console(office.services(Audience.CONSOLE))

    assert "Onion-Location" not in ask(app, "/en/sign-in").headers
