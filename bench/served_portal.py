"""Whole submissions and sign-ins over HTTP, through the portal as an office serves it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import commits, derivations
from bench.figures import BenchFailed, Beside, Figure, Kind
from bench.load import Order, Outcome, run
from bench.scale import Scale
from tests.support.office_home import office_home
from tests.support.served import PORTAL, Application, Served, serve

GROUP = "Portal over HTTP (one worker; the visitors share its cores)"
WITHOUT_ARGON2 = Application("without-argon2", "bench.without_argon2:app")

# Measured on a machine of this size by those who compared the systems.
HUSH_LINE = Beside(Kind.ELSEWHERE, "Hush Line, submissions", 44.8)
GLOBALEAKS = (
    Beside(Kind.ELSEWHERE, "GlobaLeaks, submissions, slowest", 6.0),
    Beside(Kind.ELSEWHERE, "GlobaLeaks, submissions, fastest", 21.0),
)
PEERS = (HUSH_LINE, *GLOBALEAKS)


def measure(scale: Scale, folder: Path) -> Iterator[Figure]:
    """Serve an office of its own below `folder`, and visit it."""
    with office_home(folder / "office") as office:
        with told(PORTAL, office.home, folder / "logs") as portal:
            yield from _requests(portal, scale)
            for clients in scale.clients:
                yield from _submissions(portal, clients, scale, _bounds(scale, folder))
            yield from _sign_ins(portal, scale, _bounds(scale, folder))
        with told(WITHOUT_ARGON2, office.home, folder / "logs") as portal:
            for clients in scale.clients:
                yield _without_argon2(portal, clients, scale, _bounds(scale, folder))


@contextmanager
def told(application: Application, home: Path, logs: Path) -> Iterator[Served]:
    """Serve; should a visit fail, what the server wrote goes with the failure."""
    with serve(application, home, logs) as portal:
        try:
            yield portal
        except BenchFailed as failure:
            raise BenchFailed(f"{failure}\n{portal.output()}") from None


def _bounds(scale: Scale, folder: Path) -> tuple[Beside, Beside]:
    """What one derivation and one commit alone allow, measured now: the machine's load changes."""
    derived, committed = derivations.per_core(scale), commits.per_second(folder, scale.commits)
    return (
        Beside(Kind.SAME_RUN, "bare Argon2id on one core", derived),
        Beside(Kind.SAME_RUN, "bare commits on the disk", committed),
    )


def _requests(portal: Served, scale: Scale) -> Iterator[Figure]:
    for clients in scale.clients:
        done = run(Order(portal.port, "request", clients, scale.requests))
        yield Figure(GROUP, f"/healthz, {_of(clients)}", done.per_second, "/s")


def _submissions(
    portal: Served, clients: int, scale: Scale, bounds: tuple[Beside, ...]
) -> Iterator[Figure]:
    whole = run(Order(portal.port, "submission", clients, scale.submissions))
    post = run(Order(portal.port, "post", clients, scale.submissions))
    name = f"report: form page and sending, {_of(clients)}"
    yield Figure(GROUP, name, whole.per_second, "/s", (*bounds, *PEERS))
    yield Figure(GROUP, f"report: sending alone, {_of(clients)}", post.per_second, "/s", bounds)
    yield _median(f"report: sending alone, {_of(clients)}, median", post)


def _sign_ins(portal: Served, scale: Scale, bounds: tuple[Beside, ...]) -> Iterator[Figure]:
    codes = run(Order(portal.port, "post", max(scale.clients), scale.sign_ins)).given
    for clients in scale.clients:
        done = run(Order(portal.port, "sign-in", clients, scale.sign_ins, codes))
        name = f"mailbox: signing in and reading, {_of(clients)}"
        yield Figure(GROUP, name, done.per_second, "/s", bounds[:1])
        yield _median(f"{name}, median", done)


def _without_argon2(
    portal: Served, clients: int, scale: Scale, bounds: tuple[Beside, ...]
) -> Figure:
    whole = run(Order(portal.port, "submission", clients, scale.submissions))
    name = f"report without Argon2id: form page and sending, {_of(clients)}"
    return Figure(GROUP, name, whole.per_second, "/s", (*bounds[1:], *PEERS))


def _median(name: str, outcome: Outcome) -> Figure:
    return Figure(GROUP, name, outcome.milliseconds, "ms")


def _of(clients: int) -> str:
    return "1 visitor" if clients == 1 else f"{clients} visitors"
