"""The load generator: a process of its own, so that its work is not the server's.

It shares the machine's cores with the server all the same. It reads one order as JSON from its
standard input and answers on its standard output.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from http.client import HTTPException
from math import ceil
from statistics import median
from threading import Barrier
from time import perf_counter

from bench.browser import Browser
from bench.figures import BenchFailed
from bench.file_visits import FILE_VISITS
from bench.visits import VISITS, Visit, VisitFailed


@dataclass(frozen=True, slots=True)
class Order:
    """What to do.

    Attributes:
        visit: a name of `bench.visits.VISITS` or `bench.file_visits.FILE_VISITS`.
        clients: visitors at once.
        visits: of all clients together.
        secrets: one for each visit that needs one.
        files: with each visit of files.
        size: bytes of each of them.
    """

    port: int
    visit: str
    clients: int
    visits: int
    secrets: tuple[str, ...] = ()
    files: int = 1
    size: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it.

    Attributes:
        seconds: from the first visit's start to the last one's end.
        durations: seconds of each visit.
        given: what each visit gave.
        errors: a line for each visit that failed.
        waits: how often a page asked somebody to wait and send again, which was done.
    """

    seconds: float
    durations: tuple[float, ...]
    given: tuple[str, ...]
    errors: tuple[str, ...]
    waits: int

    @property
    def per_second(self) -> float:
        """Visits per second, all clients together."""
        return len(self.durations) / self.seconds

    @property
    def milliseconds(self) -> float:
        """The median duration of a visit."""
        return median(self.durations) * 1000

    def percentile(self, share: int) -> float:
        """Milliseconds within which so many of a hundred visits were done, waiting included."""
        rank = ceil(len(self.durations) * share / 100)
        return sorted(self.durations)[rank - 1] * 1000


def run(order: Order) -> Outcome:
    """Have another process carry out the order. Raises BenchFailed when any visit failed."""
    finished = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        input=json.dumps(asdict(order)).encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    outcome = Outcome(**json.loads(finished.stdout))
    if outcome.errors:
        raise BenchFailed(f"{len(outcome.errors)} visits failed, the first: {outcome.errors[0]}")
    return outcome


def carry_out(order: Order) -> Outcome:
    """Prepare every visit, then do them all, each client its share, and time only the doing."""
    shares = [range(order.visits)[client :: order.clients] for client in range(order.clients)]
    gate = Barrier(order.clients, timeout=300)
    with ThreadPoolExecutor(order.clients) as pool:
        clients = [pool.submit(_client, order, share, gate) for share in shares]
    done = [client.result() for client in clients]
    starts, ends = [each.start for each in done], [each.end for each in done]
    return Outcome(
        max(ends) - min(starts),
        tuple(duration for each in done for duration in each.durations),
        tuple(given for each in done for given in each.given),
        tuple(error for each in done for error in each.errors),
        sum(each.waits for each in done),
    )


@dataclass(frozen=True, slots=True)
class _Share:
    start: float
    end: float
    durations: list[float]
    given: list[str]
    errors: list[str]
    waits: int


def _client(order: Order, share: Sequence[int], gate: Barrier) -> _Share:
    visit, secrets = _visit(order), order.secrets or ("",) * order.visits
    errors: list[str] = []
    ready = [_prepared(visit, order.port, secrets[number], errors) for number in share]
    gate.wait()
    start, durations, given = perf_counter(), [], []
    for number, (browser, prepared) in zip(share, ready, strict=True):
        began = perf_counter()
        try:
            given.append(visit.act(browser, secrets[number], prepared))
        except (VisitFailed, OSError, HTTPException) as problem:
            errors.append(repr(problem))
        browser.rest()
        durations.append(perf_counter() - began)
    waits = sum(browser.waits for browser, _prepared in ready)
    return _Share(start, perf_counter(), durations, given, errors, waits)


def _visit(order: Order) -> Visit:
    if order.visit in FILE_VISITS:
        return FILE_VISITS[order.visit](order.files, order.size)
    return VISITS[order.visit]


def _prepared(visit: Visit, port: int, secret: str, errors: list[str]) -> tuple[Browser, object]:
    with Browser(port) as browser:
        try:
            return browser, visit.prepare(browser, secret)
        except (VisitFailed, OSError, HTTPException) as problem:
            errors.append(repr(problem))
            return browser, {}


if __name__ == "__main__":
    order = json.load(sys.stdin)
    json.dump(asdict(carry_out(Order(**order))), sys.stdout)
