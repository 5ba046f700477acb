"""What describes a kind of reference data: its columns, its key, and how a row becomes a value."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from cases.domain.reference.columns import Column, Row, RowReader
from cases.errors import RowRefused
from cases.reasons import RowProblem

Value = TypeVar("Value", covariant=True)

KEY_SEPARATOR = ":"


@dataclass(frozen=True)
class Kind(Generic[Value]):
    """One kind of reference data.

    `key` names the columns that together tell the rows apart and cannot be changed later; `label`
    the column (or, in every language, the start of the columns) that people know a row by.
    """

    code: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    label: str
    build: Callable[[RowReader], Value]

    def key_of(self, row: Row) -> str:
        """The row's key: its key columns with a colon between them."""
        return KEY_SEPARATOR.join(row.get(column, "").strip() for column in self.key)

    def label_of(self, row: Row, language: str) -> str:
        """What people call the row."""
        return row.get(f"{self.label}_{language}") or row.get(self.label) or self.key_of(row)

    def normal(self, row: Row, over: Row | None = None) -> Row:
        """Every column of the kind and no other, trimmed; one that is not given is as in `over`."""
        under = over or {}
        return {
            column.name: "\n".join(
                row.get(column.name, under.get(column.name, "")).split("\r\n")
            ).strip()
            for column in self.columns
        }

    def read(self, row: Row) -> Value:
        """The row as a value; RowRefused names the column that is wrong."""
        known = {column.name for column in self.columns}
        for name in row:
            if name not in known:
                raise RowRefused(RowProblem.UNKNOWN_COLUMN, name)
        for column in self.columns:
            if column.required and not row.get(column.name, "").strip():
                raise RowRefused(RowProblem.MISSING, column.name)
        value = self.build(RowReader(row))
        _days_in_order(row)
        return value


def _days_in_order(row: Row) -> None:
    reader = RowReader(row)
    first, last = reader.optional_day("valid_from"), reader.optional_day("valid_until")
    if first and last and last < first:
        raise RowRefused(RowProblem.DAYS_OUT_OF_ORDER, "valid_until")
