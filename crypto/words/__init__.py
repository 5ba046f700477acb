"""The word lists of receipt codes, one file per language.

Each list holds 7776 words, so ten words drawn from it carry 129.2 bits. What the lists
promise (and `tests/unit/crypto/test_words.py` proves) is in `docs/reference/word-lists.md`.
"""

import unicodedata
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent

LANGUAGES = tuple(sorted(path.stem for path in _HERE.glob("*.txt")))
# Whose words a language gets that has no list.
FALLBACK = "en"

# A keyboard types an apostrophe in many ways, and none of them belongs to a word.
_APOSTROPHES = (
    "'`"
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
    "\N{ACUTE ACCENT}\N{MODIFIER LETTER APOSTROPHE}\N{FULLWIDTH APOSTROPHE}"
)
# Letters that stay one letter under NFKD; casefold already turns ß into ss.
_SPELLED_OUT = str.maketrans({"œ": "oe", "æ": "ae"} | dict.fromkeys(_APOSTROPHES))


class UnknownLanguage(KeyError):
    """The caller asked for a list that Zegel does not ship; the caller's fault."""


@cache
def words_for(language: str) -> tuple[str, ...]:
    """The words of one language, in alphabetical order, read once and then kept.

    Args:
        language: one of `LANGUAGES`.

    Returns:
        7776 words, each its own `fold`, none a prefix of another.

    Raises:
        UnknownLanguage: a KeyError, for any other language.
    """
    if language not in LANGUAGES:
        raise UnknownLanguage(language)
    return tuple((_HERE / f"{language}.txt").read_text(encoding="ascii").split())


def list_for(language: str) -> str:
    """Whose words a code of a page in this language is made of: its own, or else English."""
    return language if language in LANGUAGES else FALLBACK


def fold(word: str) -> str:
    """The one spelling under which a typed word is compared and derived from.

    Capitals, accents and apostrophes do not count; ß is ss, œ is oe, æ is ae.

    Args:
        word: one word as a person typed it.

    Returns:
        The folded word. Folding it again changes nothing.
    """
    bare = word.translate(_SPELLED_OUT)
    decomposed = unicodedata.normalize("NFKD", bare.casefold()).casefold()
    unmarked = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return unmarked.translate(_SPELLED_OUT)


def is_known(folded: str) -> bool:
    """Whether a folded word stands in any of the lists.

    Args:
        folded: a word that went through `fold`.
    """
    return folded in _every_word()


@cache
def _every_word() -> frozenset[str]:
    return frozenset(word for language in LANGUAGES for word in words_for(language))
