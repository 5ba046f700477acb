"""Where messages and letters start from: one text for each step, reader and language."""

from dataclasses import dataclass
from enum import StrEnum

from cases.domain.flows import Flow
from cases.domain.reference.languages import Words, in_language


class Audience(StrEnum):
    """Who reads a letter."""

    PERSON = "person"
    SERVICE = "service"


@dataclass(frozen=True)
class LetterTemplate:
    """The text with which a step begins; `step` is the code of an action or of a question."""

    flow: Flow
    step: str
    audience: Audience
    texts: Words

    def text(self, language: str) -> str:
        """The text in a language; English where the language is unknown."""
        return in_language(self.texts, language)
