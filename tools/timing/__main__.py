"""Measure, print a line for each comparison, and fail where one can be told from the other."""

import argparse
import secrets
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from sqlalchemy import delete

from bench.load import Order, run
from cases.database import Database
from cases.models import SignInThrottle
from tests.support.office_home import office_home
from tests.support.served import PORTAL, Application, Served, serve
from tests.support.staffed_office import staffed_office
from tools.timing.equivalence import Verdict, compare
from tools.timing.tries import Door, Fields, Tried, take_turns

CHEAP_PORTAL = Application("cheap-portal", "tools.timing.planted:portal()")
CHEAP_CONSOLE = Application("cheap-console", "tools.timing.planted:console()")
LEAKING_PORTAL = Application("leaking-portal", "tools.timing.planted:leaking_portal()")
KNOWN = "ingrid"


@dataclass(frozen=True)
class Comparison:
    """Two kinds of tries; `leaks` where they must be told apart, or the measurement is blind."""

    what: str
    kinds: tuple[str, str]
    verdict: Verdict
    same_shape: bool
    leaks: bool

    @property
    def as_it_should(self) -> bool:
        """Whether the comparison came out as it must."""
        if self.leaks:
            return not self.verdict.equivalent
        return self.verdict.equivalent and self.same_shape

    def line(self) -> str:
        """For people."""
        first, second = self.verdict.medians
        low, high = self.verdict.interval
        return (
            f"{'as it should' if self.as_it_should else 'NOT AS IT SHOULD':17}{self.what:34}"
            f"{self.kinds[0]} / {self.kinds[1]}: {first:.2f} / {second:.2f} ms, "
            f"95 % of the difference {low:+.3f} to {high:+.3f}, area {self.verdict.area:.3f}, "
            f"shapes {'equal' if self.same_shape else 'DIFFERENT'}"
        )


def main(words: Sequence[str] | None = None) -> int:
    """0 when nothing can be told apart but the planted leak; else 1."""
    parser = argparse.ArgumentParser(prog="python -m tools.timing", description=__doc__)
    parser.add_argument("--tries", type=int, default=200, help="of each kind, with Argon2id")
    parser.add_argument("--cheap-tries", type=int, default=800, help="of each kind, without")
    asked = parser.parse_args(words)
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for each in _comparisons(Path(folder), asked.tries, asked.cheap_tries):
            print(each.line(), flush=True)
            failed |= not each.as_it_should
    return int(failed)


def _comparisons(folder: Path, tries: int, cheap_tries: int) -> Iterator[Comparison]:
    with office_home(folder / "office") as office:
        for application, what, count, leaks in (
            (PORTAL, "receipt codes", tries, False),
            (CHEAP_PORTAL, "receipt codes, no Argon2id", cheap_tries, False),
            (LEAKING_PORTAL, "receipt codes, planted leak", cheap_tries, True),
        ):
            with serve(application, office.home, folder / "logs") as portal:
                yield from _codes(portal, what, count, leaks=leaks)
        with serve(CHEAP_CONSOLE, office.home, folder / "logs") as console:
            office.enrol(KNOWN)
            door = _console(console, office.database)
            yield from _compared("names, no Argon2id", take_turns(door, _names(), cheap_tries))
    with staffed_office(folder / "staffed") as staffed, _database(staffed.home) as database:
        door = _console(staffed.served.console, database)
        yield from _compared("names of colleagues", take_turns(door, _names(), tries))


def _codes(portal: Served, what: str, count: int, *, leaks: bool) -> Iterator[Comparison]:
    (right,) = run(Order(portal.port, "post", 1, 1)).given
    wrong = " ".join(reversed(right.split()))
    again = " ".join([*right.split()[5:], *right.split()[:5]])
    kinds: dict[str, Fields] = {
        "right": lambda: {"code": right},
        "wrong": lambda: {"code": wrong},
        "wrong again": lambda: {"code": again},
    }
    if leaks:
        del kinds["wrong again"]
    door = Door(portal, "/en/mailbox", "/en/mailbox/open")
    yield from _compared(what, take_turns(door, kinds, count), leaks=leaks)


def _names() -> Mapping[str, Fields]:
    common = {"passphrase": "not the passphrase of anybody here", "one_time_code": "000000"}
    return {
        "known": lambda: {"login": KNOWN, **common},
        "unknown": lambda: {"login": secrets.token_hex(3), **common},
        "unknown too": lambda: {"login": secrets.token_hex(3), **common},
    }


def _console(console: Served, database: Database) -> Door:
    def forget() -> None:
        # Every try is the first one under its name: delays count failures, known or not.
        with database.writing() as session:
            session.execute(delete(SignInThrottle))

    return Door(console, "/en/sign-in", "/en/sign-in", forget)


@contextmanager
def _database(home: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{home / 'zegel.sqlite'}")
    try:
        yield database
    finally:
        database.close()


def _compared(
    what: str, tried: Mapping[str, Tried], *, leaks: bool = False
) -> Iterator[Comparison]:
    for first, second in combinations(tried, 2):
        verdict = compare(tried[first].milliseconds, tried[second].milliseconds)
        same = tried[first].shapes == tried[second].shapes and len(tried[first].shapes) == 1
        yield Comparison(what, (first, second), verdict, same, leaks)


if __name__ == "__main__":
    sys.exit(main())
