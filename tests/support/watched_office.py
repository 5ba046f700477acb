"""An office of which everything that its servers and proxies write is watched.

Portal, console, nginx and Caddy each run below a tracer; all that they may write to lies on a disk
of its own that is read raw in the end; files that were deleted and are still open are read while
everything runs.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from crypto.session import SessionToken
from tests.support import proxies
from tests.support.gateway import gateway
from tests.support.held_open import nameless_with
from tests.support.html import Client
from tests.support.leaks import Needles
from tests.support.office import Office
from tests.support.office_home import office_home, sign_in
from tests.support.proxies import NAMES, Change, Places, Proxy, unchanged
from tests.support.raw_disk import raw_disk, write_through
from tests.support.served import CONSOLE, PORTAL, Application, serve
from tests.support.tracing import Seen, Tracer

PATIENCE = 120.0  # seconds
PROXIES: dict[str, proxies.Start] = {"nginx": proxies.nginx, "caddy": proxies.caddy}
CONSOLE_COOKIE = "__Host-zegel-console"


@dataclass(frozen=True)
class Door:
    """A way to both applications: straight to the server, or through a proxy."""

    name: str
    connect: Callable[[str], HTTPConnection]

    def browser(self, application: str) -> Client:
        """A new browser that comes in here."""
        origin = f"https://{NAMES[application]}"
        return Client(gateway(lambda: self.connect(application)), origin=origin)


@dataclass(frozen=True)
class Watched:
    """The office while it runs."""

    office: Office
    doors: tuple[Door, ...]
    token: SessionToken = field(repr=False)

    def colleague(self, door: Door) -> Client:
        """The browser of a person of the office who is signed in."""
        client = door.browser("console")
        client.put_cookie(CONSOLE_COOKIE, self.token.text)
        return client


@dataclass
class Findings:
    """What the watch found; complete when it has ended.

    Attributes:
        folder: everything of this run lies below it.
        raw: whether the disk could be read below the files.
        seen: what the tracers saw.
        nameless: deleted files that were held open with a mark, while everything ran.
        files: files with a mark, while everything ran.
        on_disk: the marks on the raw disk.
    """

    folder: Path
    raw: bool = False
    seen: Seen = field(default_factory=Seen)
    nameless: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    on_disk: set[str] = field(default_factory=set)

    def unknown(self, found: set[str], known: tuple[str, ...]) -> set[str]:
        """Those that no pattern of known ones covers; `~` stands for the folder of the disk."""
        disk = re.escape(str(self.folder / "disk"))
        patterns = [re.compile(each.replace("~", disk)) for each in known]
        return {each for each in found if not any(known.fullmatch(each) for known in patterns)}


@dataclass(frozen=True)
class Setting:
    """What is watched.

    Attributes:
        marks: what is looked for.
        portal: another one, to be caught.
        proxies: those that stand in front.
        change: makes a worse configuration of them.
        database_url: of an empty database; default: SQLite on the disk.
    """

    marks: tuple[str, ...]
    portal: Application = PORTAL
    proxies: tuple[str, ...] = tuple(PROXIES)
    change: Change = unchanged
    database_url: str | None = None


@contextmanager
def watched_office(findings: Findings, setting: Setting) -> Iterator[Watched]:
    """Run an office and watch it until the block ends, which fills in the findings."""
    needles, image = Needles(setting.marks), findings.folder / "image"
    with (
        raw_disk(image, findings.folder / "disk") as findings.raw,
        _traced(findings, needles, (*NAMES, *setting.proxies)) as tracers,
        _running(findings, setting, tracers) as (watched, processes),
    ):
        yield watched
        findings.nameless = nameless_with(needles, processes)
        findings.files = needles.found_below([findings.folder / "disk"])
    if findings.raw:
        findings.on_disk = needles.found_in_file(image)


@contextmanager
def _traced(
    findings: Findings, needles: Needles, names: Iterable[str]
) -> Iterator[dict[str, Tracer]]:
    folder = findings.folder / "traces"
    folder.mkdir()
    tracers = {name: Tracer(folder, needles) for name in names}
    with ExitStack() as stack:
        for tracer in tracers.values():
            stack.enter_context(tracer)
        yield tracers
    for tracer in tracers.values():
        findings.seen.add(tracer.seen)


@contextmanager
def _running(
    findings: Findings, setting: Setting, tracers: dict[str, Tracer]
) -> Iterator[tuple[Watched, list[int]]]:
    disk, url = findings.folder / "disk", setting.database_url
    places = Places.below(disk)
    with ExitStack() as stack:
        enter = stack.enter_context
        office = enter(office_home(disk / "home", url))
        if findings.raw:
            write_through(disk)  # only now: an office is founded in a thousand small writes
        served = {
            name: enter(
                serve(
                    application,
                    office.home,
                    disk / "logs",
                    database_url=url,
                    environment=_environment(disk),
                    unix_socket=places.socket(name),
                    tracer=tracers[name].command,
                )
            )
            for name, application in (("portal", setting.portal), ("console", CONSOLE))
        }
        between: dict[str, Proxy] = {
            name: enter(PROXIES[name](places, disk / "logs", tracers[name].command, setting.change))
            for name in setting.proxies
        }
        doors = [Door("straight", lambda name: served[name].connect(timeout=PATIENCE))]
        doors += [Door(name, proxy.connect) for name, proxy in between.items()]
        processes = [each.process.pid for each in served.values()]
        processes += [each.process.pid for each in between.values()]
        yield Watched(office, tuple(doors), sign_in(office, "ingrid")), processes


def _environment(disk: Path) -> dict[str, str]:
    temporary = disk / "tmp"
    temporary.mkdir(exist_ok=True)
    return {
        "TMPDIR": str(temporary),
        "SQLITE_TMPDIR": str(temporary),
        # The first is for the question whether the server is well.
        "ZEGEL_TRUSTED_HOSTS": ",".join(("localhost", *NAMES.values())),
        "ZEGEL_LOOPBACK_COOKIES": "0",
    }
