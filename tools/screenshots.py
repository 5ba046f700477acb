"""The pictures of docs/screenshots, made anew: `make screenshots`.

A fresh demonstration office is started in a folder of its own with `zegel demo`, and a browser
without scripts visits it as a reporter and as a person of the office: in every language, by day and
by night, on a desktop and on a phone.
"""

import io
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
from playwright.sync_api import Page, StorageState

from cases.database import Database
from portal.application import create_portal
from reviewer.demonstration import credentials
from reviewer.demonstration.credentials import Demonstration
from reviewer.demonstration.founding import OFFICE
from reviewer.posters.printing import printed
from reviewer.posters.sheets import Kind, Paper, Sheet
from tests.support.browser import HEIGHT, WIDTH, Windows, chromium
from tests.support.html import Client
from tests.support.in_process import ORIGIN, answered_by
from tests.support.office import found
from tests.support.own_look import PLEASANT_LOOK, put_on
from tests.support.pages import ConsolePages, PortalPages, fill, follow
from tests.support.staffed_office import Account
from web.clock import SystemClock
from web.settings import Audience

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "screenshots"
READY = "ready;"
PORTAL_ON_PAPER = "https://meld.example"
PRINTED_HEIGHT, PRINTED_GAP = 640, 16

LANGUAGES = ("nl", "fr", "de", "en")
DEVICES = {"desktop": (WIDTH, HEIGHT), "phone": (390, 844)}
COLOURS = 64

WHAT = {
    "nl": "Hetzelfde bedrijf wint elke aanbesteding voor wegenwerken, altijd net iets goedkoper.",
    "fr": "La même entreprise gagne tous les marchés de voirie, toujours de quelques euros.",
    "de": "Dieselbe Firma gewinnt jede Ausschreibung für den Straßenbau, immer um ein paar Euro.",
    "en": "The same firm wins every tender for road works, always by a few euros.",
}
ANSWERS = {"authority": "unknown", "when_where": "2026", "how_known": "seen"}


@dataclass(frozen=True)
class Look:
    """One of the ways in which every page is pictured."""

    language: str
    device: str
    dark: bool

    @property
    def ending(self) -> str:
        """What tells its files from the others'; by day and on a desktop nothing is added."""
        phone, dark = self.device == "phone", self.dark
        return self.language + "-phone" * phone + "-dark" * dark

    def window(self, windows: Windows, cookies: StorageState | None = None) -> Page:
        """An empty window of that size and light."""
        width, height = DEVICES[self.device]
        return windows.open(dark=self.dark, width=width, height=height, cookies=cookies)


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
        cookies = _signed_in(windows, office)
        # The console first: what the pictures of the portal send would fill its inbox.
        for look in _looks():
            _console(windows, office, look, cookies)
        for look in _looks():
            _portal(windows, office, look)
        _own_look(windows, Path(folder) / "own")
        windows.close()
    _printed()
    pictures = sorted(PICTURES.glob("*.png"))
    for picture in pictures:
        print(f"{picture.relative_to(ROOT)}  {picture.stat().st_size // 1024} KiB")
    print(f"{len(pictures)} pictures, {sum(one.stat().st_size for one in pictures) // 1024} KiB")


def _looks() -> Iterator[Look]:
    for language in LANGUAGES:
        for device in DEVICES:
            for dark in (False, True):
                yield Look(language, device, dark)


def _portal(windows: Windows, office: Office, look: Look) -> None:
    visitor = PortalPages(look.window(windows), office.portal, look.language)
    visitor.go()
    _take(visitor.page, "portal-start", look)
    answers = {**ANSWERS, "what": WHAT[look.language]}
    visitor.go("/report")
    fill(visitor.form("/report"), answers)
    visitor.page.evaluate("() => scrollTo(0, 0)")
    _take(visitor.page, "portal-report", look)
    visitor.send("/report", answers)
    _take(visitor.page, "portal-receipt", look)
    visitor.open_mailbox(office.made.receipt_code)
    _take(visitor.page, "portal-mailbox", look)


def _signed_in(windows: Windows, office: Office) -> StorageState:
    officer = ConsolePages(windows.open(), office.console)
    officer.sign_in(office.account("noor"))
    return officer.page.context.storage_state()


def _console(windows: Windows, office: Office, look: Look, cookies: StorageState) -> None:
    page = look.window(windows, cookies)
    inbox = f"{office.console}/{look.language}/?view=all"
    page.goto(inbox)
    _take(page, "console-inbox", look)
    rows = page.locator("tbody tr").filter(has_text="SI.")
    follow(rows.first.locator("a").first)
    _take(page, "console-case", look)


def _own_look(windows: Windows, folder: Path) -> None:
    """What look.toml makes of the pages: by day and by night, on a desktop and on a phone."""
    folder.mkdir()
    database = Database(f"sqlite:///{folder / 'zegel.db'}")
    office = found(folder / "home", database, SystemClock())
    put_on(office.home, PLEASANT_LOOK)
    visitor = Client(create_portal(office.services(Audience.PORTAL)))
    looks = (Look("fr", "desktop", False), Look("fr", "phone", True))
    _beside([_shot(look.window(windows), visitor, look) for look in looks], "own-look")
    database.close()


def _shot(page: Page, visitor: Client, look: Look) -> Image.Image:
    page.route("**/*", answered_by(visitor))
    page.goto(f"{ORIGIN}/{look.language}/")
    return Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")


def _printed() -> None:
    """Poster, leaflet and cards beside each other, as they come out of the printer."""
    kinds = (Kind.POSTER, Kind.LEAFLET, Kind.CARDS)
    _beside([page for kind in kinds for page in _pages(kind)], "printed-nl")


def _beside(pictures: list[Image.Image], name: str) -> None:
    """Keep pictures as one, in a row."""
    width = PRINTED_GAP + sum(picture.width + PRINTED_GAP for picture in pictures)
    height = max(picture.height for picture in pictures)
    row = Image.new("RGB", (width, height + 2 * PRINTED_GAP), "#cbd5d8")
    left = PRINTED_GAP
    for picture in pictures:
        row.paste(picture, (left, PRINTED_GAP))
        left += picture.width + PRINTED_GAP
    _few_colours(row).save(PICTURES / f"{name}.png", optimize=True)


def _pages(kind: Kind) -> list[Image.Image]:
    sheet = Sheet(kind, Paper.A4, "nl", OFFICE, ("1000 Brussel / Bruxelles",), PORTAL_ON_PAPER)
    document = pypdfium2.PdfDocument(printed(sheet))
    return [page.render(scale=PRINTED_HEIGHT / page.get_height()).to_pil() for page in document]


def _take(page: Page, name: str, look: Look) -> None:
    """Keep what the window shows, in as many colours as it takes to look the same."""
    taken = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    _few_colours(taken).save(PICTURES / f"{name}-{look.ending}.png", optimize=True)


def _few_colours(picture: Image.Image) -> Image.Image:
    return picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


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
