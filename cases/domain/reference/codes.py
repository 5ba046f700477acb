"""Lists of codes that a law or the office keeps, each code with its words and its days."""

from dataclasses import dataclass
from datetime import date

from cases.domain.reference.languages import NO_WORDS, Certainty, Words, in_language


@dataclass(frozen=True)
class Coded:
    """One entry of a list: what a case stores is `code`, what people read are the words."""

    code: str
    names: Words
    explanations: Words = NO_WORDS
    valid_from: date | None = None
    valid_until: date | None = None
    source: str = ""
    certainty: Certainty = Certainty.UNCERTAIN

    def name(self, language: str) -> str:
        """The words for the code; English where the language is unknown."""
        return in_language(self.names, language)

    def explanation(self, language: str) -> str:
        """What the words mean, in a sentence; may be empty."""
        return in_language(self.explanations, language)


@dataclass(frozen=True)
class Norm(Coded):
    """A norm of good administration against which a complaint is examined."""


@dataclass(frozen=True)
class Ground(Coded):
    """Why a complaint may be refused; the office uses it only while it is `enabled`."""

    enabled: bool = True


@dataclass(frozen=True)
class Breach(Coded):
    """A kind of breach of integrity that can be reported."""


@dataclass(frozen=True)
class Retaliation(Coded):
    """A form of retaliation (Directive (EU) 2019/1937, article 19)."""
