"""What `make test` measures: the lines and branches of the product that the tests went through.

    python -m pytest -p tests.support.branches --branches

SlipCover puts its notes into the bytecode of our modules as they are imported. The usual tracer
asks at each line of every library too, which was a quarter of the time of all tests. It must begin
before any of our modules is imported, so it is named on the command line. The processes of xdist
measure each for itself and send what they found; processes that tests start are not measured.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import slipcover  # type: ignore[import-untyped]  # it has no stubs

ROOT = Path(__file__).parents[2]
PACKAGES = ("crypto", "inspection", "cases", "web", "portal", "reviewer")
SOURCES = [str(ROOT / package) for package in PACKAGES]
# Declarations, not code.
NO_CODE = ["@overload", r"\.\.\.$"]
# After so many visits SlipCover would exchange code that runs; its notes cost little enough.
NEVER = 2**31 - 1
NAME = "branches"

# What SlipCover tells: files, each with executed and missing lines and branches.
Measured = dict[str, Any]


class Measuring:
    """The measure of this process and, where others run the tests, theirs."""

    def __init__(self) -> None:
        # Of files that nothing imported too, counted once where the report is made.
        self._all = slipcover.Slipcover(
            branch=True, source=SOURCES, exclude_also=NO_CODE, d_miss_threshold=NEVER
        )
        self._imports = slipcover.ImportManager(self._all, slipcover.FileMatcher(sources=SOURCES))
        self._of_others: list[str | None] = []
        self._imports.__enter__()

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """In a process of xdist: leave what was found for the one that reports."""
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            self._all.source = None
            output[NAME] = json.dumps(self._all.get_coverage())

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """In the process that reports: take what one of the others found."""
        self._of_others.append(getattr(node, "workeroutput", {}).get(NAME))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """One line a file that is not whole, and the sum."""
        measured = self._all.get_coverage()
        for other in filter(None, self._of_others):
            slipcover.merge_coverage(measured, json.loads(other))
        terminalreporter.section("lines and branches")
        for line in report(measured):
            terminalreporter.write_line(line)
        if None in self._of_others:
            terminalreporter.write_line("Part of it is not known: a process of the tests died.")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--branches", action="store_true", help="report lines and branches measured")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Begin before a conftest imports the first of our modules."""
    if early_config.known_args_namespace.branches:
        early_config.pluginmanager.register(Measuring(), "measuring-branches")


def report(measured: Measured) -> Iterator[str]:
    """The table: lines and branches, those that were missed, and the share that was not."""
    yield _row("file", ("lines", "missed", "branches", "missed"), "")
    for name, found in sorted(measured["files"].items()):
        if found["missing_lines"] or found["missing_branches"]:
            yield _row(name, _counts(found["summary"]), _share(found["summary"]))
    yield _row("all", _counts(measured["summary"]), _share(measured["summary"]))


def _counts(summary: Mapping[str, float]) -> tuple[str, ...]:
    lines, missed = summary["covered_lines"], summary["missing_lines"]
    branches, not_taken = summary["covered_branches"], summary["missing_branches"]
    return tuple(map(str, (lines + missed, missed, branches + not_taken, not_taken)))


def _share(summary: Mapping[str, float]) -> str:
    # Never rounded up to a whole that it is not.
    return f"{int(summary['percent_covered'])}%"


def _row(name: str, counts: tuple[str, ...], share: str) -> str:
    return f"{name:<52}" + "".join(f"{count:>9}" for count in counts) + f"{share:>6}"
