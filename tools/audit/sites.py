"""Where the scanners are sent: the planted site, and portal and console as people see them."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from tests.support.served import LOOPBACK
from tests.support.staff_steps import SIGN_IN
from tests.support.staffed_office import StaffedOffice, staffed_office
from tests.support.uploading import wait_until
from tools.audit.programs import ROOT, NotRun

SECONDS = 60.0
HIDDEN = re.compile(r'type="hidden" name="([^"]+)" value="([^"]*)"')


@dataclass(frozen=True)
class Site:
    """One site as one visitor sees it.

    Attributes:
        name: of the site and of who visits it.
        cookie: `name=value`; empty without a session.
    """

    name: str
    url: str
    cookie: str = ""


# Who works on cases, and who leads the office.
VISITORS = ("ingrid", "hilde")


@contextmanager
def zegel(folder: Path) -> Iterator[list[Site]]:
    """Portal and console of an office, as strangers and as people of the office see them."""
    with staffed_office(folder) as office:
        served = office.served
        yield [
            Site("portal", served.portal.url),
            Site("console", served.console.url),
            *(
                Site(f"console as {login}", served.console.url, _cookie(office, login))
                for login in VISITORS
            ),
        ]


def _cookie(office: StaffedOffice, login: str) -> str:
    """What the browser of somebody who signed in sends with each request."""
    console, account = office.served.console, office.accounts[login]
    kept = CookieJar()
    browser = build_opener(HTTPCookieProcessor(kept))
    with browser.open(f"{console.url}{SIGN_IN}", timeout=SECONDS) as page:
        fields = dict(HIDDEN.findall(page.read().decode()))
    given = {"login": login, "passphrase": account.passphrase}
    answers = {**fields, **given, "one_time_code": account.next_code()}
    with browser.open(f"{console.url}{SIGN_IN}", urlencode(answers).encode(), SECONDS) as page:
        if page.url.endswith(SIGN_IN):
            raise NotRun(f"{login} could not sign in")
    return "; ".join(f"{each.name}={each.value}" for each in kept)


@contextmanager
def planted(folder: Path) -> Iterator[Site]:
    """The site with faults, on Flask's own server."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port = int(probe.getsockname()[1])
    words = [sys.executable, "-m", "flask", "--app", "tools.audit.planted.site", "run"]
    with (folder / "planted.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own words
            [*words, "--port", str(port)], cwd=ROOT, stdout=log, stderr=log
        )
        try:
            wait_until(lambda: _listens(port))
            yield Site("planted", f"http://{LOOPBACK}:{port}")
        finally:
            process.terminate()
            process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((LOOPBACK, port)) == 0
