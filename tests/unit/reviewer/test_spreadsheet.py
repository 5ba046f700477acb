"""Rows for a spreadsheet: taken for text, whatever somebody is called."""

import csv
from io import StringIO

import pytest

from reviewer.spreadsheet import csv_lines


@pytest.mark.parametrize("name", ["=1+1", "+32", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_name_is_run_as_a_formula(name: str) -> None:
    assert next(csv.reader(StringIO("".join(csv_lines([(name,)])), newline=""))) == [f"'{name}"]


def test_every_other_cell_stays_as_it_is() -> None:
    assert list(csv_lines([("at", -1), ('a "b", c', "")])) == ["at,-1\r\n", '"a ""b"", c",\r\n']
