"""What a step's form may draw on: the case, the office's reference data, the day, the language."""

from dataclasses import dataclass, field
from datetime import date

from cases.actions.reading import OpenCase
from cases.domain.reference import Certainty, Coded, ReferenceData


@dataclass(frozen=True)
class Desk:
    """What lies before the person who takes a step.

    `about` is what the link pointed to: a norm's code, or a recommendation's id in hexadecimal.
    """

    case: OpenCase
    rules: ReferenceData
    language: str
    today: date
    about: str = field(default="", repr=False)

    def named(self, coded: Coded, unsure: str) -> str:
        """The words of a code, marked with `unsure` where the office is not sure of it."""
        name = coded.name(self.language)
        return name if coded.certainty is Certainty.CONFIRMED else f"{name} ({unsure})"
