"""Reading rows of one kind from CSV text that somebody else wrote."""

import csv
from dataclasses import dataclass
from io import StringIO

from cases.domain.reference.columns import Row
from cases.domain.reference.kind import Kind
from cases.domain.reference.kinds import KINDS
from cases.errors import ImportRefused
from cases.saying import Said, said


@dataclass(frozen=True)
class CsvRows:
    """The rows of one kind by their keys, each with the line on which it ends (the head is 1)."""

    kind: str
    rows: dict[str, tuple[int, Row]]


def read_csv(text: str, kind: str = "") -> CsvRows:
    """The rows in the text.

    Args:
        text: CSV with a head; a byte order mark before it is left out.
        kind: which kind the rows are; where it is empty, the head must fit one kind only.

    Raises:
        ImportRefused: no head, a head of no kind or of several, a line with too few or too many
            cells, two rows with one key.
    """
    reader = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        lines = [(reader.line_num, cells) for cells in reader if any(map(str.strip, cells))]
    except csv.Error as error:
        raise ImportRefused(
            said("row %(number)s: %(error)s", number=reader.line_num, error=error)
        ) from None
    if not lines:
        raise ImportRefused(said("the file is empty"))
    head = [name.strip() for name in lines[0][1]]
    chosen = _chosen(head, kind)
    return CsvRows(chosen.code, _rows(head, lines[1:], chosen))


def _not_the_columns(kind: str) -> Said:
    if kind:
        return said("row 1: these are not the columns of %(kind)s", kind=kind)
    return said("row 1: these are not the columns of any kind")


def _chosen(head: list[str], kind: str) -> Kind[object]:
    fitting = [each for each in KINDS.values() if kind in ("", each.code) and _fits(each, head)]
    if len(set(head)) < len(head):
        raise ImportRefused(said("row 1: a column stands there twice"))
    if not fitting:
        raise ImportRefused(_not_the_columns(kind))
    if len(fitting) > 1:
        names = ", ".join(each.code for each in fitting)
        raise ImportRefused(
            said("row 1: these columns fit %(names)s; say which with --kind", names=names)
        )
    return fitting[0]


def _fits(kind: Kind[object], head: list[str]) -> bool:
    return set(kind.key) <= set(head) <= {column.name for column in kind.columns}


def _rows(
    head: list[str], lines: list[tuple[int, list[str]]], kind: Kind[object]
) -> dict[str, tuple[int, Row]]:
    rows: dict[str, tuple[int, Row]] = {}
    for number, cells in lines:
        if len(cells) != len(head):
            raise ImportRefused(
                said(
                    "row %(number)s: %(cells)s cells instead of %(columns)s",
                    number=number,
                    cells=len(cells),
                    columns=len(head),
                )
            )
        row = dict(zip(head, cells, strict=True))
        key = kind.key_of(row)
        if key in rows:
            raise ImportRefused(
                said(
                    "row %(number)s: %(key)s stands in row %(first)s already",
                    number=number,
                    key=key,
                    first=rows[key][0],
                )
            )
        rows[key] = (number, row)
    return rows
