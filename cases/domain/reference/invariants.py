"""What must hold between rows: rules that no single row can break by itself.

Checked for the shipped files by the tests, for each change before it is kept, and for everything
by `zegel authorities check`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from cases.domain.facts import AUTHORITY_OTHER, AUTHORITY_UNKNOWN
from cases.domain.reference.columns import Row, RowReader
from cases.domain.reference.files import shipped_tables
from cases.domain.reference.kind import Kind
from cases.domain.reference.kinds import (
    AUTHORITIES,
    COMPETENCES,
    KINDS,
    PERIODS,
    RETENTION,
    SETTINGS,
)
from cases.domain.reference.known import Tables
from cases.domain.reference.languages import LANGUAGES
from cases.errors import RowRefused
from cases.reasons import RowProblem

# Exactly one year and one number, the number perhaps with a width; the rest is what an upper-case
# search finds again. Whatever else Python's `format` can do is not for a setting.
_PATTERN = re.compile(r"[A-Z0-9./-]{0,20}\{year\}[A-Z0-9./-]{0,9}\{number(:0[1-9]d)?\}")
_REFERENCES = "reference."
_COUNTS = frozenset({"complaint.years"})
_LANGUAGE_CHOICES = frozenset({"mail.language"})
# A site and no more: what is behind it is added, and a service types its ten words there.
_SITES = frozenset({"portal.address"})
_SITE = re.compile(
    r"https://[a-z0-9.-]+(:[0-9]{1,5})?/?"
    # An onion service encrypts by itself, and what stays on the machine needs no encryption.
    r"|http://([a-z2-7]{56}\.onion|127\.0\.0\.1|localhost)(:[0-9]{1,5})?/?"
)


@dataclass(frozen=True)
class Problem:
    """One row that cannot stay as it is, and why."""

    kind: str
    key: str
    problem: RowProblem
    column: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.refusal}"

    @property
    def refusal(self) -> RowRefused:
        """The same as an error."""
        return RowRefused(self.problem, self.column, self.kind, self.key)


Rule = Callable[[Tables], Iterator[Problem]]


def problems(tables: Tables) -> tuple[Problem, ...]:
    """Everything that is wrong: rows that cannot be read, else rows that do not fit together."""
    unreadable = tuple(_unreadable(tables))
    return unreadable or tuple(found for rule in _RULES for found in rule(tables))


def _unreadable(tables: Tables) -> Iterator[Problem]:
    for code, kind in KINDS.items():
        for key, row in tables.get(code, {}).items():
            try:
                kind.read(row)
            except RowRefused as refusal:
                yield Problem(code, key, refusal.problem, refusal.column)
            else:
                if kind.key_of(row) != key:
                    yield Problem(code, key, RowProblem.KEY_CHANGED, kind.key[0])


def _ids_of_the_forms(tables: Tables) -> Iterator[Problem]:
    for taken in (AUTHORITY_OTHER, AUTHORITY_UNKNOWN):
        if taken in tables[AUTHORITIES.code]:
            yield Problem(AUTHORITIES.code, taken, RowProblem.KEPT_BY_THE_FORMS, "id")


def _known_authorities(tables: Tables) -> Iterator[Problem]:
    for key, row in tables[COMPETENCES.code].items():
        if row["authority"] not in tables[AUTHORITIES.code]:
            yield Problem(COMPETENCES.code, key, RowProblem.UNKNOWN_AUTHORITY, "authority")


def _own_ombuds(tables: Tables) -> Iterator[Problem]:
    for key, row in tables[COMPETENCES.code].items():
        found = COMPETENCES.read(row)
        if found.competent and found.instead:
            yield Problem(COMPETENCES.code, key, RowProblem.OMBUDS_THOUGH_COMPETENT, "competent")


def _one_at_a_time(kind: Kind[object], same: tuple[str, str]) -> Rule:
    def rule(tables: Tables) -> Iterator[Problem]:
        groups: dict[tuple[str, str], list[tuple[date, date, str]]] = {}
        for key, row in tables[kind.code].items():
            group = (row[same[0]], row[same[1]])
            groups.setdefault(group, []).append((*_days(row), key))
        for rows in groups.values():
            yield from _overlaps(kind.code, sorted(rows))

    return rule


def _days(row: Row) -> tuple[date, date]:
    reader = RowReader(row)
    return reader.day("valid_from"), reader.optional_day("valid_until") or date.max


def _overlaps(kind: str, rows: Iterable[tuple[date, date, str]]) -> Iterator[Problem]:
    for (_, last, _), (first, _, key) in pairwise(rows):
        if first <= last:
            yield Problem(kind, key, RowProblem.DAYS_OVERLAP, "valid_from")


def _patterns(tables: Tables) -> Iterator[Problem]:
    given: set[str] = set()
    for key, row in tables[SETTINGS.code].items():
        if not key.startswith(_REFERENCES):
            continue
        pattern = row["value"].strip()
        # Two flows with one pattern would give two cases the same reference.
        if not _PATTERN.fullmatch(pattern) or pattern in given:
            yield Problem(SETTINGS.code, key, RowProblem.PATTERN_UNUSABLE, "value")
        given.add(pattern)


def _counts(tables: Tables) -> Iterator[Problem]:
    for key in sorted(_COUNTS & tables[SETTINGS.code].keys()):
        if not re.fullmatch(r"[1-9][0-9]?", tables[SETTINGS.code][key]["value"].strip()):
            yield Problem(SETTINGS.code, key, RowProblem.NOT_A_NUMBER, "value")


def _languages(tables: Tables) -> Iterator[Problem]:
    for key in sorted(_LANGUAGE_CHOICES & tables[SETTINGS.code].keys()):
        chosen = tables[SETTINGS.code][key]["value"].split()
        if not chosen or not set(chosen) <= set(LANGUAGES):
            yield Problem(SETTINGS.code, key, RowProblem.NOT_A_CHOICE, "value")


def _sites(tables: Tables) -> Iterator[Problem]:
    for key in sorted(_SITES & tables[SETTINGS.code].keys()):
        if not _SITE.fullmatch(tables[SETTINGS.code][key]["value"].strip()):
            yield Problem(SETTINGS.code, key, RowProblem.NOT_A_SITE, "value")


def _needed_settings(tables: Tables) -> Iterator[Problem]:
    for key in shipped_tables()[SETTINGS.code].keys() - tables[SETTINGS.code].keys():
        yield Problem(SETTINGS.code, key, RowProblem.MUST_STAY)


def _needed_periods(tables: Tables) -> Iterator[Problem]:
    kept = {(row["flow"], row["clock"]) for row in tables[PERIODS.code].values()}
    for key, row in shipped_tables()[PERIODS.code].items():
        if (row["flow"], row["clock"]) not in kept:
            yield Problem(PERIODS.code, key, RowProblem.MUST_STAY)


def _needed_retention(tables: Tables) -> Iterator[Problem]:
    kept = {row["flow"] for row in tables[RETENTION.code].values() if not row["outcome"]}
    for key, row in shipped_tables()[RETENTION.code].items():
        if row["flow"] not in kept:
            yield Problem(RETENTION.code, key, RowProblem.MUST_STAY)


_RULES: tuple[Rule, ...] = (
    _ids_of_the_forms,
    _known_authorities,
    _own_ombuds,
    _one_at_a_time(COMPETENCES, ("authority", "flow")),
    _one_at_a_time(PERIODS, ("flow", "clock")),
    _one_at_a_time(RETENTION, ("flow", "outcome")),
    _patterns,
    _counts,
    _languages,
    _sites,
    _needed_settings,
    _needed_periods,
    _needed_retention,
)
