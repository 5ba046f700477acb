"""Where the candidate words of each language come from: one table, and how to read it.

`docs/reference/word-lists.md` says which package each file comes from and under what licence.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import simplemma
import wordfreq

DICT = Path("/usr/share/dict")
DICTIONARIES = {"nl": "dutch", "fr": "french", "de": "ngerman", "en": "american-english"}
HUNSPELL_FRENCH = Path("/usr/share/hunspell/fr.dic")

# Longer words are slower to write down, shorter ones too few once no word begins another.
SHORTEST, LONGEST = 4, 9
# A word this much more at home in another language (ten times) is a visitor.
VISITOR_ZIPF = 1.0
# Zipf is the decimal logarithm of occurrences per thousand million words; below this the corpora
# hold mostly typing errors and names.
RAREST_ZIPF = 1.8
FREQUENCY_LIST = 300_000

_TYPED_ON_ANY_KEYBOARD = re.compile(rf"[a-z]{{{SHORTEST},{LONGEST}}}")
_FRENCH_HEADWORD = re.compile(r"^([a-z]+)(?:/\S*)?\s.*po:(?:nom|adj|adv|v[0-3])")


@dataclass(frozen=True)
class Source:
    """How one language finds its words.

    Args:
        spelled: whether a lower-case word stands in the dictionary as a word of its own.
        preferred: words that people chose by hand and that come before all others.
    """

    language: str
    spelled: Callable[[str], bool]
    preferred: Callable[[], Iterable[str]] = tuple


def scores(source: Source) -> dict[str, float]:
    """Every candidate of a language with its worth: how common, how short, hand-picked or not."""
    common = filter(_is_candidate, wordfreq.top_n_list(source.language, FREQUENCY_LIST))
    own = (word for word in common if source.spelled(word) and not _visits(word, source.language))
    worth = {word: _worth(word, source.language) for word in own}
    picked = filter(_is_candidate, source.preferred())
    return {word: value for word, value in worth.items() if value > 0} | {
        word: 10 + _worth(word, source.language) for word in picked
    }


def _is_candidate(word: str) -> bool:
    return _TYPED_ON_ANY_KEYBOARD.fullmatch(word) is not None


def _worth(word: str, language: str) -> float:
    return wordfreq.zipf_frequency(word, language) - RAREST_ZIPF - 0.1 * max(0, len(word) - 7)


def _visits(word: str, language: str) -> bool:
    at_home = wordfreq.zipf_frequency(word, language) + VISITOR_ZIPF
    return any(
        wordfreq.zipf_frequency(word, other) > at_home
        for other, dictionary in DICTIONARIES.items()
        if other != language and word in _plain(dictionary)
    )


@cache
def _plain(name: str) -> frozenset[str]:
    return frozenset((DICT / name).read_text(encoding="utf-8").split())


@cache
def _names() -> frozenset[str]:
    """Words that Dutch, French or English only ever write with a capital, in lower case."""
    return frozenset(
        word.lower()
        for name in ("dutch", "french", "american-english")
        for word in _plain(name)
        if word[0].isupper() and word.lower() not in _plain(name)
    )


@cache
def _french_headwords() -> frozenset[str]:
    lines = HUNSPELL_FRENCH.read_text(encoding="utf-8").splitlines()
    return frozenset(match[1] for match in map(_FRENCH_HEADWORD.match, lines) if match)


def _is_base_form(word: str, language: str) -> bool:
    return simplemma.lemmatize(word, lang=language) == word


def _dutch(word: str) -> bool:
    known = _plain("dutch")
    return word in known and word.capitalize() not in known and _is_base_form(word, "nl")


def _french(word: str) -> bool:
    return word in _plain("french") and word in _french_headwords()


def _german(word: str) -> bool:
    # German nouns carry a capital, so that names must be told apart by other languages.
    forms = {word, word.capitalize()} & _plain("ngerman")
    return word not in _names() and any(_is_base_form(form, "de") for form in forms)


def _english(word: str) -> bool:
    known = _plain("american-english")
    return word in known and word.capitalize() not in known and _is_base_form(word, "en")


def _eff_long() -> list[str]:
    return (resources.files("xkcdpass") / "static" / "eff-long").read_text().split()


SOURCES = (
    Source("nl", _dutch),
    Source("fr", _french),
    Source("de", _german),
    Source("en", _english, preferred=_eff_long),
)
