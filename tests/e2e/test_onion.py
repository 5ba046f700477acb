"""Portal and console behind the onions of deploy/tor, in a Tor network of our own, as people reach
them: with Firefox as Tor Browser sets it up, no script at all, and a key for the console."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.marionette import Firefox, firefox
from tests.support.office import PASSPHRASE, Office, one_time_code
from tests.support.office_home import office_home
from tests.support.own_look import put_on
from tests.support.served import CONSOLE, PORTAL, serve
from tests.support.socks import NEEDS_KEY, OnionUnreachable
from tests.support.tor_browser import preferences
from tests.support.tor_network import TorNetwork, tor_network

TITLE = "Invoices for work that nobody did."
STRICT = 2  # by Firefox's own number
COOKIE = {"secure": True, "httpOnly": True, "session": True, "sameSite": STRICT, "path": "/"}


@dataclass(frozen=True)
class Onions:
    """A running network with an office behind it."""

    network: TorNetwork
    office: Office

    def address(self, application: str, path: str) -> str:
        """A page's address."""
        return f"http://{self.network.onion(application)}/en{path}"


@pytest.fixture(scope="module")
def onions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Onions]:
    folder = tmp_path_factory.mktemp("onion")
    with ExitStack() as stack:
        network = stack.enter_context(tor_network(folder / "tor", folder))
        office = stack.enter_context(office_home(folder / "home"))
        put_on(office.home)
        for each in (PORTAL, CONSOLE):
            names = f"{network.onion(each.name)},localhost"
            settings = {"ZEGEL_TRUSTED_HOSTS": names, "ZEGEL_LOOPBACK_COOKIES": "0"}
            socket = folder / f"{each.name}.sock"
            started = serve(
                each, office.home, folder / "logs", environment=settings, unix_socket=socket
            )
            stack.enter_context(started)
        for each in (PORTAL, CONSOLE):
            network.wait_until_reached(each.name, network.member)
        yield Onions(network, office)


@pytest.fixture(scope="module")
def window(onions: Onions, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    profile = tmp_path_factory.mktemp("firefox") / "profile"
    with firefox(profile, preferences(onions.network.member)) as opened:
        yield opened


def test_who_has_no_key_reaches_the_portal_and_not_the_console(onions: Onions) -> None:
    network = onions.network
    network.wait_until_reached("portal", network.stranger)

    with pytest.raises(OnionUnreachable) as refused:
        network.connect("console", network.stranger)

    assert refused.value.code == NEEDS_KEY


@pytest.mark.parametrize(("application", "path"), [("portal", "/"), ("console", "/sign-in")])
def test_the_offices_logo_shows_although_no_picture_could_be_fetched(
    onions: Onions, window: Firefox, application: str, path: str
) -> None:
    window.go(onions.address(application, path))

    assert (window.value("img", "complete"), window.value("img", "naturalWidth")) == (True, 240)


def test_a_report_goes_its_whole_way_through_onions_without_a_script(
    onions: Onions, window: Firefox, tmp_path: Path
) -> None:
    statement = tmp_path / "statement.txt"
    statement.write_text("Paid twice, in March and in April.")
    code = send_report(onions, window, statement)

    answer_it(onions, window)

    window.go(onions.address("portal", "/mailbox"))
    window.type('form[action$="/mailbox/open"] [name=code]', code)
    window.click('form[action$="/mailbox/open"] button[type=submit]')
    assert "Do you have copies?" in window.texts(".thread > .message")[-1]
    cookies_are_kept_to_themselves(window, "__Host-zegel-portal")

    window.type('form[action$="/mailbox/message"] textarea', "Yes, three.")
    window.click('form[action$="/mailbox/message"] button[type=submit]:not([name=attach])')
    assert "Yes, three." in window.texts(".thread > .message")[-1]

    window.click('form[action$="/mailbox/leave"] button')
    portal = onions.network.onion("portal")
    assert [each for each in window.cookies() if each["host"] == portal] == []
    window.go(onions.address("portal", "/mailbox"))
    assert "Do you have copies?" not in window.text()


def send_report(onions: Onions, window: Firefox, file: Path) -> str:
    window.go(onions.address("portal", "/report"))
    window.type("input[type=file]", str(file))
    window.type('[name="what"]', TITLE)
    window.click('form[action$="/report"] button[type=submit]:not([name=attach])')
    code = " ".join(window.texts("[data-receipt-code] li"))
    assert len(code.split()) == 10, window.text()
    window.click('form[action$="/receipt/kept"] [name=kept]')
    window.click('form[action$="/receipt/kept"] button')
    return code


def answer_it(onions: Onions, window: Firefox) -> None:
    secret = onions.office.enrol("ingrid")
    window.go(onions.address("console", "/sign-in"))
    window.type('[name="login"]', "ingrid")
    window.type('[name="passphrase"]', PASSPHRASE)
    # The code of the enrolment was used; the one after it is still inside the window.
    later = onions.office.clock.now() + timedelta(seconds=30)
    window.type('[name="one_time_code"]', one_time_code(secret, later))
    window.click('form[action$="/sign-in"] button[type=submit]')
    window.click("main tbody a")
    assert TITLE in window.text()
    assert "statement.txt" in window.text()
    window.type('form[action$="/reply/preview"] textarea', "Do you have copies?")
    window.click('form[action$="/reply/preview"] button[type=submit]')
    window.click('form[action$="/reply"] button[type=submit]:not([name=attach])')
    assert "Do you have copies?" in window.texts("#messages .message")[-1]
    cookies_are_kept_to_themselves(window, "__Host-zegel-console")


def cookies_are_kept_to_themselves(window: Firefox, name: str) -> None:
    (cookie,) = [each for each in window.cookies() if each["name"] == name]
    assert {key: cookie[key] for key in COOKIE} == COOKIE
