"""Reading CSV that somebody else wrote: every refusal is one line with the row."""

import csv
from io import StringIO

import pytest

from cases.domain.reference import KINDS, shipped_tables
from cases.domain.reference.csv_text import read_csv
from cases.errors import ImportRefused

HEAD = "authority,flow,valid_from,competent"


def as_csv(kind: str) -> str:
    written = StringIO()
    names = [column.name for column in KINDS[kind].columns]
    writer = csv.DictWriter(written, names)
    writer.writeheader()
    writer.writerows(shipped_tables()[kind].values())
    return written.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_written_is_read_again(kind: str) -> None:
    found = read_csv(as_csv(kind), kind)

    assert {key: row for key, (_, row) in found.rows.items()} == shipped_tables()[kind]


@pytest.mark.parametrize("kind", ["authorities", "competences", "referrals", "periods"])
def test_the_head_says_which_kind_it_is(kind: str) -> None:
    assert read_csv(as_csv(kind)).kind == kind


def test_columns_may_be_left_out_and_a_byte_order_mark_stand_before() -> None:
    found = read_csv(f"\ufeff{HEAD}\n\nmobility,report,2030-01-01,yes\n")

    row = {
        "authority": "mobility",
        "flow": "report",
        "valid_from": "2030-01-01",
        "competent": "yes",
    }
    assert (found.kind, found.rows) == ("competences", {"mobility:report:2030-01-01": (3, row)})


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("", "", "empty"),
        ("\n\n", "", "empty"),
        ("a,b\n1,2\n", "", "row 1: these are not the columns of any kind"),
        ("a,b\n1,2\n", "norms", "row 1: these are not the columns of norms"),
        ("id,id\n1,2\n", "", "row 1: a column stands there twice"),
        ("code,name_nl\nx,y\n", "", "norms, grounds, breaches, retaliations; say which"),
        (f"{HEAD}\nmobility,report\n", "", "row 2: 2 cells instead of 4"),
        (f"{HEAD}\na,report,1,yes\na,report,1,no\n", "", "row 3: a:report:1 stands in row 2"),
        (f'{HEAD}\n"mobility,report,1,yes\n', "", "row 2: unexpected end of data"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_row(
    text: str, kind: str, said: str
) -> None:
    with pytest.raises(ImportRefused, match=said):
        read_csv(text, kind)
