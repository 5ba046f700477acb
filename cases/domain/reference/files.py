"""The reference data that ships with the program, in `cases/data`.

One CSV file for each kind; the letters, which are long, as one TOML file for each flow.
"""

import csv
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import MappingProxyType

from cases.domain.flows import Flow
from cases.domain.reference.columns import Row
from cases.domain.reference.kinds import KINDS, LETTERS, Kind
from cases.domain.reference.known import ReferenceData, Tables, assemble

FOLDER = Path(__file__).parent.parent.parent / "data"


@cache
def shipped_tables() -> Tables:
    """The rows of every file, in the order of the file."""
    return MappingProxyType({code: MappingProxyType(_read(kind)) for code, kind in KINDS.items()})


@cache
def shipped() -> ReferenceData:
    """The reference data before any change by the office."""
    return assemble(shipped_tables())


def _read(kind: Kind[object]) -> dict[str, Row]:
    found = _letters() if kind.code == LETTERS.code else _csv_rows(kind)
    rows: Iterable[Row] = (kind.normal(row) for row in found)
    return {kind.key_of(row): MappingProxyType(dict(row)) for row in rows}


def _csv_rows(kind: Kind[object]) -> Iterator[Row]:
    with (FOLDER / f"{kind.code}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _letters() -> Iterator[Row]:
    for flow in Flow:
        steps = tomllib.loads((FOLDER / "letters" / f"{flow.value}.toml").read_text("utf-8"))
        for step, audiences in steps.items():
            for audience, texts in audiences.items():
                words = {f"text_{language}": text for language, text in texts.items()}
                yield {"flow": flow.value, "step": step, "audience": audience, **words}
