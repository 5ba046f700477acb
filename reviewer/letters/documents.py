"""What a letter and a certificate of dates say, before they have a form."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reviewer.spreadsheet import csv_lines

_BLANK_LINES = re.compile(r"\n\s*\n")
# A word longer than a line; laying out thousands of characters without a break takes seconds.
_LONG_WORD = re.compile(r"(\S{60})(?=\S)")
# What no typed text holds and no document can: control and half characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, repr=False)
class Letter:
    """One letter. Every value is text; nothing in it is ever read as markup."""

    language: str
    office: str
    office_lines: tuple[str, ...]
    addressee: tuple[str, ...]
    reference: str
    day: date
    subject: str
    paragraphs: tuple[str, ...]
    signature: str


class NoticeTo(StrEnum):
    """Who was told."""

    PERSON = "person"
    SERVICE = "service"
    # Nobody: the day of a state alone, such as a closing without a message.
    NOBODY = "nobody"


@dataclass(frozen=True)
class DatedStep:
    """A day on which a case changed or somebody was told; `step` is the action's code."""

    day: date
    step: str
    words: str
    told: NoticeTo


@dataclass(frozen=True)
class RecordOfDates:
    """The days of a case that appeal periods may depend on. Nothing of what was said."""

    language: str
    office: str
    reference: str
    kind: str
    lodged_on: date
    steps: tuple[DatedStep, ...]
    closed_on: date | None
    issued_on: date


def paragraphs_of(text: str) -> tuple[str, ...]:
    """A text as its paragraphs, without what a document cannot hold."""
    clean = printable(text.replace("\r\n", "\n").replace("\r", "\n"))
    return tuple(part.strip() for part in _BLANK_LINES.split(clean) if part.strip())


def pieces(text: str) -> tuple[str, ...]:
    """A text in pieces between which a line may end: whole, but for words longer than a line."""
    return tuple(_LONG_WORD.sub("\\1\0", text).split("\0"))


def printable(text: str) -> str:
    """The text without characters that no document can hold."""
    return _UNPRINTABLE.sub("", text)


def dates_csv(record: RecordOfDates) -> str:
    """The same days for a spreadsheet: codes, and days as 2026-01-31."""
    head = ("reference", "day", "step", "told")
    lodged = (record.reference, record.lodged_on.isoformat(), "lodged", "")
    return "".join(csv_lines((head, lodged, *(_cells(record, each) for each in record.steps))))


def _cells(record: RecordOfDates, step: DatedStep) -> tuple[str, ...]:
    told = "" if step.told is NoticeTo.NOBODY else step.told.value
    return record.reference, step.day.isoformat(), step.step, told
