"""The public services: who they are, and what the office can do about each, since when.

Whether the office is competent depends on the day and on the flow: a complaint about a service
with an ombuds of its own goes there, a report about the same service stays (joint decree and
ordinance of 16 May 2019, article 2, as amended on 27 April 2023).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.domain.flows import Flow
from cases.domain.reference.languages import NO_WORDS, Certainty, Words, in_language


class Level(StrEnum):
    """Which government a service belongs to; the order of the lists."""

    REGION = "region"
    MUNICIPALITY = "municipality"
    CPAS = "cpas"
    COCOF = "cocof"
    COCOM = "cocom"


@dataclass(frozen=True)
class Authority:
    """A public service.

    `internal_channel` says how its staff reach the channel inside the service, in each language;
    it is empty where the office does not know. `certainty` is of the row as a whole,
    `internal_channel_certainty` of that text alone. The days are the first and last on which the
    service exists; None where that does not matter.
    """

    id: str
    names: Words
    level: Level
    internal_channel: Words = NO_WORDS
    internal_channel_certainty: Certainty | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    source: str = ""
    certainty: Certainty = Certainty.UNCERTAIN
    note: str = ""

    def name(self, language: str) -> str:
        """The name in a language; English where the language is unknown."""
        return in_language(self.names, language)

    def internal_channel_in(self, language: str) -> str:
        """How to reach the channel inside the service; empty where the office does not know."""
        return in_language(self.internal_channel, language)


@dataclass(frozen=True)
class Competence:
    """Whether the office may take one flow's cases about a service, from a day to a day.

    `instead` names the service's own ombuds in each language; it is empty where there is none.
    `on_record` is false for the answer given where the register says nothing: it never turns
    anybody away, and its certainty is `uncertain`.
    """

    competent: bool
    authority: str = ""
    flow: Flow | None = None
    valid_from: date = date.min
    valid_until: date | None = None
    instead: Words = NO_WORDS
    source: str = ""
    certainty: Certainty = Certainty.UNCERTAIN
    note: str = ""
    on_record: bool = True

    def own_ombuds(self, language: str) -> str:
        """The name of the service's own ombuds, or empty."""
        return in_language(self.instead, language)


NOT_ON_RECORD = Competence(competent=True, on_record=False)
