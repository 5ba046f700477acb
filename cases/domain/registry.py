"""The register of public services: who they are, and what the office can do about each.

Data, not code: `cases/data/authorities.csv`. What is not confirmed says so, and staff see it as
"to be confirmed".
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent.parent / "data" / "authorities.csv"
LANGUAGES = ("nl", "fr", "de", "en")


class Level(StrEnum):
    """Which government a service belongs to; the order of the lists."""

    REGION = "region"
    MUNICIPALITY = "municipality"
    CPAS = "cpas"
    COCOF = "cocof"
    COCOM = "cocom"


class Certainty(StrEnum):
    """How sure the office is of a row."""

    CONFIRMED = "confirmed"
    INFERRED = "inferred"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class Authority:
    """A public service.

    `own_ombuds` names the service's own ombudsman, or is empty: a complaint about such a service
    is referred when `complaint_competent` is false, while a report about it is handled.
    """

    id: str
    names: tuple[tuple[str, str], ...]
    level: Level
    complaint_competent: bool
    own_ombuds: str
    report_competent: bool
    certainty: Certainty

    def name(self, language: str) -> str:
        """The name in a language; English where the language is unknown."""
        names = dict(self.names)
        return names.get(language, names["en"])


@cache
def authorities() -> tuple[Authority, ...]:
    """Every service, in the order of the file."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_authority(row) for row in csv.DictReader(file))


def by_id(authority_id: str) -> Authority | None:
    """The service with this id."""
    return next((each for each in authorities() if each.id == authority_id), None)


def by_level() -> dict[Level, tuple[Authority, ...]]:
    """The services of each level."""
    return {level: tuple(each for each in authorities() if each.level is level) for level in Level}


def with_own_ombuds() -> tuple[Authority, ...]:
    """The services whose own ombudsman takes the complaints about them."""
    return tuple(each for each in authorities() if each.own_ombuds and not each.complaint_competent)


def _authority(row: dict[str, str]) -> Authority:
    return Authority(
        id=row["id"],
        names=tuple((language, row[language]) for language in LANGUAGES),
        level=Level(row["level"]),
        complaint_competent=_yes(row["complaint_competent"]),
        own_ombuds=row["own_ombuds"],
        report_competent=_yes(row["report_competent"]),
        certainty=Certainty(row["certainty"]),
    )


def _yes(answer: str) -> bool:
    return {"yes": True, "no": False}[answer]
