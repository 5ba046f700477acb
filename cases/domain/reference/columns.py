"""What a column of a reference file holds, and reading a row column by column.

A row is text by column name, as in a CSV file or a form. Nothing is believed to have a type before
it is asked; a refusal names the column.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from cases.domain.reference.languages import LANGUAGES, NO_WORDS, Words
from cases.errors import RowRefused
from cases.reasons import RowProblem

Row = Mapping[str, str]
Choice = TypeVar("Choice", bound=StrEnum)

# Keys are joined with a colon, so no part of one may hold it.
_CODE = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
# A letter in one language is the longest text that anybody keeps here.
MAXIMUM_LENGTH = 20_000


class ColumnType(StrEnum):
    """What a column holds, and so how a form asks for it."""

    CODE = "code"
    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    DAY = "day"
    YES_NO = "yes_no"
    NUMBER = "number"
    NUMBERS = "numbers"


@dataclass(frozen=True)
class Column:
    """One column; `codes` are the only values of a `choice`.

    A column that is there once for each language has its `language`.
    """

    name: str
    holds: ColumnType = ColumnType.TEXT
    required: bool = True
    codes: type[StrEnum] | None = None
    language: str = ""

    @property
    def stem(self) -> str:
        """The name without the language."""
        return self.name.removesuffix(f"_{self.language}") if self.language else self.name


def in_every_language(
    name: str, holds: ColumnType = ColumnType.TEXT, required: bool = True
) -> tuple[Column, ...]:
    """The column once for each language: `name_nl`, `name_fr` and so on."""
    return tuple(
        Column(f"{name}_{language}", holds, required, language=language) for language in LANGUAGES
    )


class RowReader:
    """A row whose columns are read one by one; RowRefused on any other type."""

    def __init__(self, row: Row) -> None:
        self._row = row

    def text(self, name: str) -> str:
        """Text, trimmed; empty where the column is empty or not there."""
        found = self._row.get(name, "").strip()
        if len(found) > MAXIMUM_LENGTH:
            raise RowRefused(RowProblem.TOO_LONG, name)
        return found

    def code(self, name: str) -> str:
        """Small letters, digits, dots, dashes and underscores."""
        found = self.text(name)
        if not _CODE.fullmatch(found):
            raise RowRefused(RowProblem.NOT_A_CODE, name)
        return found

    def words(self, name: str) -> Words:
        """A text in every language, or in none."""
        found = tuple((each, self.text(f"{name}_{each}")) for each in LANGUAGES)
        missing = [language for language, text in found if not text]
        if len(missing) == len(LANGUAGES):
            return NO_WORDS
        if missing:
            raise RowRefused(RowProblem.LANGUAGE_MISSING, f"{name}_{missing[0]}")
        return found

    def choice(self, name: str, codes: type[Choice]) -> Choice:
        """One of the codes."""
        try:
            return codes(self.text(name))
        except ValueError:
            raise RowRefused(RowProblem.NOT_A_CHOICE, name) from None

    def optional_choice(self, name: str, codes: type[Choice]) -> Choice | None:
        """One of the codes, or None where the column is empty."""
        return self.choice(name, codes) if self.text(name) else None

    def yes(self, name: str) -> bool:
        """`yes` or `no`."""
        answer = self.text(name)
        if answer not in ("yes", "no"):
            raise RowRefused(RowProblem.NOT_YES_OR_NO, name)
        return answer == "yes"

    def day(self, name: str) -> date:
        """A day as 2026-01-31."""
        found = self.text(name)
        try:
            # Python would also take 20260131 and 2026-W05-6, which people misread.
            return date.fromisoformat(found if len(found) == 10 else "")
        except ValueError:
            raise RowRefused(RowProblem.NOT_A_DAY, name) from None

    def optional_day(self, name: str) -> date | None:
        """A day, or None where the column is empty."""
        return self.day(name) if self.text(name) else None

    def number(self, name: str) -> int:
        """A whole number; a minus sign may stand before it."""
        return _number(self.text(name), name)

    def numbers(self, name: str) -> tuple[int, ...]:
        """Whole numbers with spaces between them; there may be none."""
        return tuple(_number(each, name) for each in self.text(name).split())


def _number(text: str, name: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,6}", text):
        raise RowRefused(RowProblem.NOT_A_NUMBER, name)
    return int(text)
