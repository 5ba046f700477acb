"""Measure the portal's main pages with Lighthouse, as on a middling telephone with a slow network,
and print one table. Exit status 1: a page is below 100, or could not be measured.

    make lighthouse
    make lighthouse ARGS="--language nl report mailbox"
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.support.browser import ARGUMENTS, find_chromium
from tests.support.served import Application, serve
from tests.support.staffed_office import staffed_office

HERE = Path(__file__).parent
PROGRAM = HERE / "node_modules" / ".bin" / "lighthouse"
PORTAL = Application("lighthouse-portal", "tools.lighthouse.portal:app")
PAGES = ("", "check", "report", "complaint", "protection", "mailbox", "security")
CATEGORIES = ("accessibility", "best-practices", "performance")
FULL = 100
# One page takes ten seconds on a quiet machine.
SECONDS = 120

# What Lighthouse writes: its JSON.
Report = dict[str, Any]


class NotMeasured(Exception):
    """Lighthouse is not there or said nothing of a page; the text says why."""


def main(words: Sequence[str]) -> int:
    """Measure and print; the exit status."""
    wanted = _wanted(words)
    try:
        _require_lighthouse()
        with tempfile.TemporaryDirectory() as folder:
            return _measure_all(Path(folder), wanted.language, wanted.pages or PAGES)
    except NotMeasured as problem:
        print(f"lighthouse: {problem}", file=sys.stderr)
        return 1


def _wanted(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make lighthouse", description=__doc__)
    parser.add_argument("--language", default="en", choices=("nl", "fr", "de", "en"))
    parser.add_argument("pages", nargs="*", help="names of pages; default: the main ones")
    return parser.parse_args(words)


def _require_lighthouse() -> None:
    """Install what package-lock.json names, with its hashes and without running its scripts."""
    if PROGRAM.exists():
        return
    npm = shutil.which("npm")
    if npm is None:
        raise NotMeasured("needs Node.js 18 or newer and npm: sudo apt-get install nodejs npm")
    command = (npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")
    if subprocess.run(command, cwd=HERE).returncode:  # noqa: S603  # our own words
        raise NotMeasured("npm could not install the packages of tools/lighthouse")


def _measure_all(folder: Path, language: str, pages: Sequence[str]) -> int:
    below = 0
    print(f"{'page':<14}" + "".join(f"{category:>16}" for category in CATEGORIES))
    with (
        staffed_office(folder) as office,
        serve(PORTAL, office.home, office.logs) as portal,
    ):
        for page in pages:
            report = _measured(f"{portal.url}/{language}/{page}", folder / "report.json")
            scores = [_score(report, category) for category in CATEGORIES]
            print(f"{page or 'start':<14}" + "".join(f"{score:>16}" for score in scores))
            below += sum(score < FULL for score in scores)
            for fault in _faults(report):
                print(f"  {fault}")
    return 1 if below else 0


def _measured(url: str, written: Path) -> Report:
    flags = " ".join((*(each for each in ARGUMENTS if " " not in each), "--headless=new"))
    command = (
        *(str(PROGRAM), url, "--quiet", "--output=json", f"--output-path={written}"),
        *(f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}"),
    )
    environment = {**os.environ, "CHROME_PATH": find_chromium()}
    try:
        subprocess.run(command, env=environment, timeout=SECONDS, check=True)  # noqa: S603
    except (subprocess.SubprocessError, OSError) as problem:
        raise NotMeasured(f"{url}: {problem}") from problem
    report: Report = json.loads(written.read_text())
    return report


def _score(report: Report, category: str) -> int:
    """Of 100; 0 where Lighthouse could not say."""
    return round(FULL * (report["categories"][category]["score"] or 0))


def _faults(report: Report) -> list[str]:
    """What takes a page below 100, in Lighthouse's own words."""
    audits = report["audits"]
    counted = {
        reference["id"]
        for category in CATEGORIES
        for reference in report["categories"][category]["auditRefs"]
        if reference["weight"] and _score(report, category) < FULL
    }
    # None: not to be judged on this page.
    return [
        f"{name}: {audits[name]['title']} {audits[name].get('displayValue', '')}".rstrip()
        for name in sorted(counted)
        if audits[name]["score"] is not None and audits[name]["score"] < 1
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
