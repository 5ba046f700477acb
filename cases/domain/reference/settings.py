"""Choices of the office that are one value each, such as the pattern of its references."""

from dataclasses import dataclass

from cases.domain.reference.languages import Certainty


@dataclass(frozen=True)
class Setting:
    """One choice, by its key; `note` says what it does, for whoever changes it."""

    key: str
    value: str
    note: str = ""
    source: str = ""
    certainty: Certainty = Certainty.UNCERTAIN
