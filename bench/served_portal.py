"""Whole submissions and sign-ins over HTTP, through the portal as an office serves it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import commits, derivations, peers
from bench.figures import BenchFailed, Beside, Figure, Kind
from bench.load import Order, Outcome, run
from bench.scale import Scale
from cases.database import Database
from tests.support.databases import own_postgresql
from tests.support.office_home import office_home
from tests.support.served import PORTAL, Application, Served, serve

WITHOUT_ARGON2 = Application("without-argon2", "bench.without_argon2:app")
# The tests' server waits for no disk, this one does: of two settings the later one counts.
DURABLE = "-c fsync=on -c synchronous_commit=on -c full_page_writes=on"
PERCENTILES = (50, 95, 99)


@dataclass(frozen=True)
class Setup:
    """One office on one kind of database, served by so many workers."""

    kind: str
    home: Path
    database: Database
    address: str | None
    workers: int

    @property
    def group(self) -> str:
        """The heading of its figures."""
        return f"Portal over HTTP: {self.kind}, {_counted(self.workers, 'worker')}"


def measure(scale: Scale, folder: Path) -> Iterator[Figure]:
    """Serve an office on each database below `folder`, and visit it."""
    yield from _on("SQLite", None, scale, folder)
    with own_postgresql(DURABLE) as server:
        address = server.url.render_as_string(hide_password=False)
        yield from _on("PostgreSQL", address, scale, folder)


def _on(kind: str, address: str | None, scale: Scale, folder: Path) -> Iterator[Figure]:
    home = folder / kind
    with office_home(home, address) as office:
        for workers in scale.workers:
            yield from _served(Setup(kind, home, office.database, address, workers), scale)


def _served(setup: Setup, scale: Scale) -> Iterator[Figure]:
    with _portal(PORTAL, setup) as portal:
        bounds = _bounds(setup, portal, scale)
        for clients in scale.clients:
            order = Order(portal.port, "submission", clients, scale.submissions)
            sent = run(order)
            yield from _figures(setup, "report", clients, sent, (*bounds, *_aims(setup, clients)))
            order = Order(portal.port, "sign-in", clients, len(sent.given), sent.given)
            yield from _figures(
                setup, "mailbox", clients, run(order), (bounds[0], *peers.sign_ins(clients))
            )
    with _portal(WITHOUT_ARGON2, setup) as portal:
        clients = min(scale.clients[-1], peers.COMPARED)
        sent = run(Order(portal.port, "submission", clients, scale.submissions))
        name, beside = "report without Argon2id", (*bounds[1:], *_aims(setup, clients))
        yield from _figures(setup, name, clients, sent, beside)


@contextmanager
def _portal(application: Application, setup: Setup) -> Iterator[Served]:
    options = ("--workers", str(setup.workers))
    logs = setup.home.with_suffix(".logs")
    with told(application, setup.home, logs, setup.address, options) as portal:
        # Templates and statements are made by the first who ask, in each worker.
        first = 4 * setup.workers
        run(Order(portal.port, "submission", first, 2 * first))
        yield portal


@contextmanager
def told(
    application: Application,
    home: Path,
    logs: Path,
    database_url: str | None = None,
    options: tuple[str, ...] = (),
) -> Iterator[Served]:
    """Serve; should a visit fail, what the server wrote goes with the failure."""
    with serve(application, home, logs, database_url=database_url, options=options) as portal:
        try:
            yield portal
        except BenchFailed as failure:
            raise BenchFailed(f"{failure}\n{portal.output()}") from None


def _bounds(setup: Setup, portal: Served, scale: Scale) -> tuple[Beside, ...]:
    """What one derivation, one commit and one request alone allow, measured now and here."""
    visitors = min(scale.clients[-1], peers.COMPARED)
    asked = run(Order(portal.port, "request", visitors, scale.requests)).per_second
    committed = commits.per_second(setup.database, scale.commits)
    return (
        Beside(Kind.SAME_RUN, "bare Argon2id on one core", derivations.per_core(scale)),
        Beside(Kind.SAME_RUN, f"bare commits of {setup.kind}", committed),
        Beside(Kind.SAME_RUN, "bare requests of this server", asked),
    )


def _aims(setup: Setup, clients: int) -> tuple[Beside, ...]:
    return peers.submissions(setup.workers, clients)


def _figures(
    setup: Setup, what: str, clients: int, done: Outcome, beside: tuple[Beside, ...]
) -> Iterator[Figure]:
    """How many each second and, of several visitors, how long they took."""
    name = f"{what}, {_counted(clients, 'visitor')}"
    yield Figure(setup.group, name, done.per_second, "/s", beside)
    for share in PERCENTILES:
        slow = peers.slowest(what, setup.workers, clients) if share == peers.SHARE else ()
        yield Figure(setup.group, f"{name}, p{share}", done.percentile(share), "ms", slow)
    if done.waits:
        yield Figure(setup.group, f"{name}, asked to wait", done.waits, "times")


def _counted(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"
