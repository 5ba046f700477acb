"""Rows as CSV (RFC 4180), for whoever opens them in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """One line for each row, its end included."""
    for cells in rows:
        target = io.StringIO()
        csv.writer(target, lineterminator="\r\n").writerow(map(_harmless, cells))
        yield target.getvalue()


def _harmless(cell: object) -> object:
    # A spreadsheet would run a text that begins like a formula.
    if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{cell}"
    return cell
