"""Who else can help: other bodies by subject, for what the office may not examine.

Data, not code: `cases/data/referrals.csv`. Names only, no addresses: names last longer, and no page
of ours links to another site.
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from cases.domain.registry import LANGUAGES, Certainty

_FILE = Path(__file__).parent.parent / "data" / "referrals.csv"


class ReferralKind(StrEnum):
    """What a body is named for."""

    COMPLAINT = "complaint"
    REPORT = "report"
    # What happens to one person at work: no report, and other laws apply.
    WORK = "work"
    OTHER = "other"


@dataclass(frozen=True)
class Referral:
    """One subject and who can help with it; `certainty` is how sure the office is of that."""

    id: str
    kind: ReferralKind
    subjects: tuple[tuple[str, str], ...]
    bodies: tuple[tuple[str, str], ...]
    certainty: Certainty

    def subject(self, language: str) -> str:
        """What it is about; English where the language is unknown."""
        return _in_language(self.subjects, language)

    def body(self, language: str) -> str:
        """Who can help, several divided by semicolons; English where the language is unknown."""
        return _in_language(self.bodies, language)


@cache
def referrals() -> tuple[Referral, ...]:
    """Every subject, in the order of the file."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_referral(row) for row in csv.DictReader(file))


def of_kinds(*kinds: ReferralKind) -> tuple[Referral, ...]:
    """The subjects of these kinds, in the order of the file."""
    return tuple(each for each in referrals() if each.kind in kinds)


def _referral(row: dict[str, str]) -> Referral:
    return Referral(
        id=row["id"],
        kind=ReferralKind(row["kind"]),
        subjects=_by_language(row, "subject"),
        bodies=_by_language(row, "body"),
        certainty=Certainty(row["certainty"]),
    )


def _by_language(row: dict[str, str], column: str) -> tuple[tuple[str, str], ...]:
    return tuple((language, row[f"{column}_{language}"]) for language in LANGUAGES)


def _in_language(texts: tuple[tuple[str, str], ...], language: str) -> str:
    by_language = dict(texts)
    return by_language.get(language, by_language["en"])
