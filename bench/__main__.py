"""`make bench`: measure, print one table, write it as JSON."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import monotonic

from bench import (
    backups,
    derivations,
    files,
    history,
    inbox,
    recovery,
    report,
    rotation,
    seals,
    searching,
    served_portal,
    signing_in,
    steadiness,
)
from bench.figures import BenchFailed, Figure
from bench.scale import FULL, QUICK, Scale
from web.settings import home_folder

Group = Callable[[Scale, Path], Iterator[Figure]]

GROUPS: dict[str, Group] = {
    "seals": lambda scale, folder: seals.measure(scale),
    "argon2": lambda scale, folder: derivations.measure(scale),
    "sign-in": signing_in.measure,
    "portal": served_portal.measure,
    "memory": steadiness.measure,
    "files": files.measure,
    "inbox": inbox.measure,
    "history": history.measure,
    "recovery": recovery.measure,
    "rotation": rotation.measure,
    "backup": backups.measure,
    "search": searching.measure,
}
FILE = "bench.json"


def main(words: Sequence[str] | None = None) -> int:
    """Measure what was asked for; 0, or 1 when something failed, with one clear line."""
    asked = _arguments().parse_args(words)
    try:
        figures = _measure(asked.only or list(GROUPS), QUICK if asked.quick else FULL, asked.home)
    except BenchFailed as failure:
        print(f"bench: {failure}", file=sys.stderr)
        return 1
    print(report.table(figures))
    report.write(asked.home / FILE, figures, quick=asked.quick)
    print(f"\nwritten to {asked.home / FILE}", file=sys.stderr)
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=list(GROUPS), help="may be repeated")
    parser.add_argument(
        "--quick", action="store_true", help="see that it runs; figures mean little"
    )
    parser.add_argument("--home", type=Path, default=home_folder(), help="folder for the JSON file")
    return parser


def _measure(groups: Sequence[str], scale: Scale, home: Path) -> list[Figure]:
    home.mkdir(parents=True, exist_ok=True)
    figures: list[Figure] = []
    for name in groups:
        start = monotonic()
        # On the disk of the office, because commits depend on it.
        with tempfile.TemporaryDirectory(prefix="bench-", dir=home) as folder:
            figures += GROUPS[name](scale, Path(folder))
        print(f"{name}: measured in {monotonic() - start:.0f} s", file=sys.stderr)
    return figures


if __name__ == "__main__":
    sys.exit(main())
