"""Rows of reference data as the console shows them: in lists, and before and after a change."""

from dataclasses import dataclass

from cases.domain.reference import Certainty, Kind, Row, Tables
from reviewer import reference_words as words


@dataclass(frozen=True)
class Listed:
    """A row in a list."""

    key: str
    title: str
    row: Row
    certainty: Certainty

    @property
    def to_be_confirmed(self) -> bool:
        """Whether somebody must still find out."""
        return self.certainty is not Certainty.CONFIRMED


def listed(kind: Kind[object], tables: Tables) -> list[Listed]:
    """The rows of a kind, in the order of the list."""
    return [
        Listed(key, words.title_of(kind, row), row, Certainty(row["certainty"]))
        for key, row in tables[kind.code].items()
    ]


def matches(one: Listed, text: str) -> bool:
    """Whether a text stands anywhere in a row; every row has an empty one."""
    wanted = text.strip().casefold()
    return any(wanted in each.casefold() for each in (one.title, *one.row.values()))


def differences(
    kind: Kind[object], before: Row | None, after: Row | None
) -> list[tuple[str, str, str]]:
    """(column, before, after) of each column that differs, in words."""
    old, new = before or {}, after or {}
    return [
        (
            words.column_text(column),
            words.value_text(column, old.get(column.name, "")),
            words.value_text(column, new.get(column.name, "")),
        )
        for column in kind.columns
        if old.get(column.name, "") != new.get(column.name, "")
    ]
