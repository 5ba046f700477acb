"""axe finds nothing on pages with an office's own look, however unlike the house's it is.

The pages come from applications in this process: a browser window is answered by them.
"""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page

from cases.database import Database
from portal.application import create_portal
from reviewer.application import create_console
from tests.support.axe import faults_of
from tests.support.browser import Windows
from tests.support.html import Client
from tests.support.in_process import ORIGIN, answered_by
from tests.support.looks import lost
from tests.support.office import FixedClock, Office, found
from tests.support.own_look import put_on
from tests.support.portal_steps import send_report
from tests.support.staff_steps import come_signed_in
from web.settings import Audience

# What a browser shows of the logo, without a script in the page.
_DRAWN = "() => [...document.images].map(each => [each.naturalWidth, each.complete])"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("look")
    database = Database(f"sqlite:///{folder / 'zegel.db'}")
    made = found(folder / "home", database, FixedClock())
    put_on(made.home)
    yield made
    database.close()


@pytest.fixture(scope="module")
def portal(office: Office) -> Flask:
    return create_portal(office.services(Audience.PORTAL))


@pytest.fixture(scope="module")
def officer(office: Office, portal: Flask) -> Client:
    """Somebody signed in to the console, where a report waits."""
    send_report(Client(portal))
    client = Client(create_console(office.services(Audience.CONSOLE)))
    come_signed_in(client, office, "ingrid")
    return client


def shown(windows: Windows, client: Client, path: str, *, scripts: bool = True) -> Page:
    page = windows.open(scripts=scripts)
    page.route("**/*", answered_by(client))
    page.goto(ORIGIN + path)
    return page


@pytest.mark.parametrize("path", ["/de/", "/de/report", "/de/security", "/de/nowhere"])
def test_a_page_of_the_portal_has_no_fault(windows: Windows, portal: Flask, path: str) -> None:
    page = shown(windows, Client(portal), path)

    assert faults_of(page) == []
    assert lost(page) == []


def test_a_page_of_the_console_has_no_fault(windows: Windows, officer: Client) -> None:
    page = shown(windows, officer, "/fr/?view=all")
    assert faults_of(page) == []

    page.goto(ORIGIN + str(page.locator("main tbody a").first.get_attribute("href")))
    assert faults_of(page) == []


def test_the_policy_of_the_page_lets_the_logo_be_drawn(windows: Windows, portal: Flask) -> None:
    page = shown(windows, Client(portal), "/nl/", scripts=False)

    assert page.evaluate(_DRAWN) == [[240, True]]
