"""The table for people and the JSON for machines."""

import json
import os
import platform
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from bench.figures import Beside, Figure, Kind

FORMAT = 1
_MARKS = {Kind.LIMIT: "OVER", Kind.FLOOR: "UNDER"}
_HEADINGS = ("", "measured", "beside", "", "ratio")


def table(figures: Sequence[Figure]) -> str:
    """One table: a line for each figure, and one more for each further thing beside it."""
    lines = [_HEADINGS, *_lines(figures)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEADINGS))]
    return "\n".join(_aligned(line, widths).rstrip() for line in lines)


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "kernel": platform.release(),
    }


def write(path: Path, figures: Sequence[Figure], *, quick: bool) -> None:
    """The same figures as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {
        "format": FORMAT,
        "measured_on": datetime.now(UTC).date().isoformat(),
        "quick": quick,
        "machine": machine(),
        "figures": [{**asdict(figure), "over": figure.over} for figure in figures],
    }
    path.write_text(json.dumps(document, indent=1) + "\n")


def _lines(figures: Sequence[Figure]) -> Iterator[tuple[str, ...]]:
    group = None
    for figure in figures:
        if figure.group != group:
            group = figure.group
            yield ("", "", "", "", "")
            yield (group.upper(), "", "", "", "")
        first, *rest = figure.beside or (None,)
        yield (figure.name, _value(figure.value, figure.unit), *_beside(figure, first))
        for each in rest:
            yield ("", "", *_beside(figure, each))


def _beside(figure: Figure, beside: Beside | None) -> tuple[str, str, str]:
    if beside is None:
        return "", "", ""
    name = f"{beside.kind}: {beside.name}"
    mark = f"  {_MARKS[beside.kind]}" if figure.breaks(beside) else ""
    ratio = f"{figure.value / beside.value:.2f}{mark}" if beside.value else ""
    return name, _value(beside.value, figure.unit), ratio


def _value(value: float, unit: str) -> str:
    digits = 0 if value >= 100 or float(value).is_integer() else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}".rstrip()


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    name, measured, beside, value, ratio = (
        cell.ljust(width) if column in (0, 2) else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(line, widths, strict=True))
    )
    return f"{name}  {measured}  {beside}  {value}  {ratio}"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
