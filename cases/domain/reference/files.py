"""The reference data that ships with the program: one CSV file for each kind in `cases/data`."""

import csv
from functools import cache
from pathlib import Path
from types import MappingProxyType

from cases.domain.reference.columns import Row
from cases.domain.reference.kind import Kind
from cases.domain.reference.kinds import KINDS
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
    with (FOLDER / f"{kind.code}.csv").open(encoding="utf-8", newline="") as file:
        rows = [kind.normal(row) for row in csv.DictReader(file)]
    return {kind.key_of(row): MappingProxyType(dict(row)) for row in rows}
