"""Run the targets for a bounded time: `python -m tools.fuzz --seconds 60`."""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.fuzz.seeds import SEEDS

PATIENCE = 60.0  # seconds to start and to stop
# Longer than two pieces of a sealed stream, and than every header that is taken.
LONGEST = 160 * 1024
TRIED = re.compile(r"stat::number_of_executed_units: (\d+)")


def main(words: Sequence[str] | None = None) -> int:
    """Run what was asked for; 0, or 1 when some input broke a promise."""
    asked = _arguments().parse_args(words)
    broken = [name for name in asked.only or SEEDS if not _run(name, asked.seconds, asked.keep)]
    for name in broken:
        print(f"{name}: an input broke a promise; it is in {asked.keep}", file=sys.stderr)
    return 1 if broken else 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=10, help="for each target")
    parser.add_argument("--only", action="append", choices=list(SEEDS), help="may be repeated")
    parser.add_argument("--keep", type=Path, default=Path("var/fuzz"), help="for what broke it")
    return parser


def _run(name: str, seconds: int, keep: Path) -> bool:
    keep.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as corpus:
        for number, seed in enumerate(SEEDS[name]()):
            (Path(corpus) / f"seed-{number}").write_bytes(seed)
        command = [sys.executable, "-m", f"tools.fuzz.{name}", corpus]
        command += [f"-max_total_time={seconds}", f"-max_len={LONGEST}"]
        command += [f"-artifact_prefix={keep}/{name}-", "-verbosity=0", "-print_final_stats=1"]
        finished = subprocess.run(  # noqa: S603 - ourselves
            command, stderr=subprocess.PIPE, timeout=seconds + PATIENCE, check=False
        )
    said = finished.stderr.decode(errors="replace")
    if finished.returncode != 0:
        print(said, file=sys.stderr)
        return False
    (tried,) = TRIED.findall(said)
    print(f"{name}: {int(tried):,} inputs, none broke a promise")
    return True


if __name__ == "__main__":
    sys.exit(main())
