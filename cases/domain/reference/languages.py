"""Words in the languages of the office, and how sure the office is of a row."""

from enum import StrEnum

LANGUAGES = ("nl", "fr", "de", "en")

# One word or text per language, in the order of `LANGUAGES`.
Words = tuple[tuple[str, str], ...]
NO_WORDS: Words = ()


class Certainty(StrEnum):
    """How sure the office is of a row."""

    CONFIRMED = "confirmed"
    # Follows from a text that was read, but no page says it of this row.
    INFERRED = "inferred"
    UNCERTAIN = "uncertain"


def in_language(words: Words, language: str) -> str:
    """The words of a language; English where the language is unknown, empty without words."""
    by_language = dict(words)
    return by_language.get(language, by_language.get("en", ""))
