"""The pictures of docs/screenshots, made anew: `make screenshots`.

A fresh demonstration office is started in a folder of its own with `zegel demo`, and a browser
without scripts visits it as a reporter and as a person of the office.
"""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Page

from reviewer.demonstration import credentials
from reviewer.demonstration.credentials import Demonstration
from reviewer.demonstration.founding import OFFICE
from reviewer.posters.printing import printed
from reviewer.posters.sheets import Kind, Paper, Sheet
from tests.support.browser import Windows, chromium
from tests.support.pages import ConsolePages, PortalPages, fill
from tests.support.staffed_office import Account

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "screenshots"
READY = "ready;"
PHONE = {"width": 390, "height": 844}
PORTAL_ON_PAPER = "https://meld.example"
PRINTED_HEIGHT, PRINTED_GAP = 640, 16

ANSWERS = {
    "authority": "unknown",
    "what": "The same firm wins every tender for road works, always a few euros below the others.",
    "when_where": "Since last spring",
    "how_known": "seen",
}


class DemonstrationDied(Exception):
    """`zegel demo` ended before it served; the text is what it wrote."""


@dataclass(frozen=True)
class Office:
    """The running demonstration."""

    portal: str
    console: str
    made: Demonstration

    def account(self, login: str) -> Account:
        """What an invented person types to sign in."""
        person = next(one for one in self.made.people if one.login == login)
        return Account(login, person.passphrase, person.totp_secret)


def main() -> None:
    """Make every picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        _demonstration(Path(folder)) as office,
        chromium() as browser,
    ):
        windows = Windows(browser)
        for dark in (False, True):
            _portal(windows, office, "-dark" if dark else "", dark=dark)
            _console(windows, office, "-dark" if dark else "", dark=dark)
        _phone(windows, office)
        windows.close()
    _printed()
    for picture in sorted(PICTURES.glob("*.png")):
        print(f"{picture.relative_to(ROOT)}  {picture.stat().st_size // 1024} KiB")


def _portal(windows: Windows, office: Office, ending: str, *, dark: bool) -> None:
    visitor = PortalPages(windows.open(dark=dark), office.portal)
    visitor.go()
    _take(visitor.page, f"portal-start-en{ending}")
    visitor.go("/report")
    fill(visitor.form("/report"), ANSWERS)
    visitor.page.evaluate("() => scrollTo(0, 0)")
    _take(visitor.page, f"portal-report-en{ending}")
    visitor.send("/report", ANSWERS)
    _take(visitor.page, f"portal-receipt-en{ending}")
    visitor.open_mailbox(office.made.receipt_code)
    _take(visitor.page, f"portal-mailbox-en{ending}")


def _console(windows: Windows, office: Office, ending: str, *, dark: bool) -> None:
    # Another person each time: a one-time code works once.
    officer = ConsolePages(windows.open(dark=dark), office.console)
    officer.sign_in(office.account("lena" if dark else "noor"))
    officer.go("/?view=all")
    _take(officer.page, f"console-inbox-en{ending}")
    rows = officer.page.locator("tbody tr").filter(has_text="Report").filter(has_text="SI.")
    rows.first.locator("a").first.click()
    _take(officer.page, f"console-case-en{ending}")


def _phone(windows: Windows, office: Office) -> None:
    page = windows.open(width=PHONE["width"], height=PHONE["height"])
    visitor = PortalPages(page, office.portal, "nl")
    visitor.go()
    _take(page, "portal-start-nl-phone")


def _printed() -> None:
    """Poster, leaflet and cards beside each other, as they come out of the printer."""
    kinds = (Kind.POSTER, Kind.LEAFLET, Kind.CARDS)
    pages = [page for kind in kinds for page in _pages(kind)]
    width = PRINTED_GAP + sum(page.width + PRINTED_GAP for page in pages)
    picture = Image.new("RGB", (width, PRINTED_HEIGHT + 2 * PRINTED_GAP), "#cbd5d8")
    left = PRINTED_GAP
    for page in pages:
        picture.paste(page, (left, PRINTED_GAP))
        left += page.width + PRINTED_GAP
    picture.quantize(64).save(PICTURES / "printed-nl.png", optimize=True)


def _pages(kind: Kind) -> list[Image.Image]:
    sheet = Sheet(kind, Paper.A4, "nl", OFFICE, ("1000 Brussel / Bruxelles",), PORTAL_ON_PAPER)
    document = pypdfium2.PdfDocument(printed(sheet))
    return [page.render(scale=PRINTED_HEIGHT / page.get_height()).to_pil() for page in document]


def _take(page: Page, name: str) -> None:
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


@contextmanager
def _demonstration(home: Path) -> Iterator[Office]:
    portal, console = _free_port(), _free_port()
    variables = {
        **os.environ,
        "ZEGEL_HOME": str(home),
        "ZEGEL_PORTAL_PORT": str(portal),
        "ZEGEL_REVIEWER_PORT": str(console),
        "PYTHONUNBUFFERED": "1",
    }
    command = [str(Path(sys.executable).with_name("zegel")), "demo", "--no-qr"]
    process = subprocess.Popen(  # noqa: S603 - our own program, no shell
        command,
        cwd=ROOT,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        _wait_until_ready(process)
        made = credentials.read(home)
        if made is None:
            raise DemonstrationDied("it kept no credentials")
        yield Office(f"http://127.0.0.1:{portal}", f"http://127.0.0.1:{console}", made)
    finally:
        process.terminate()
        process.communicate()


def _wait_until_ready(process: subprocess.Popen[str]) -> None:
    written = []
    for line in process.stdout or ():
        written.append(line)
        if line.startswith(READY):
            return
    raise DemonstrationDied("".join(written))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
