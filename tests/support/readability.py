"""How easily a text reads: the Flesch index in the form that suits its language.

60 to 70 is plain language, above it reads more easily still (R. Flesch, "A new readability
yardstick", 1948). A syllable is counted as a run of vowels. That counts the silent e of French too,
so French reads a little better than its figure says.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from web.i18n import DEFAULT

PLAIN = 60

_ENDS = re.compile(r"(?<=[.!?:;…])\s+")
_WORD = re.compile(r"[^\W\d_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}-][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouyàáâäæèéêëìíîïòóôöœùúûüÿ]+")
_LONG = 6

# Language -> the start, and what a word more in a sentence and a syllable more in a word take off.
_FORMULAS = {
    "en": (206.835, 1.015, 84.6),  # Flesch 1948
    "nl": (206.84, 0.93, 77.0),  # Douma 1960
    "fr": (207.0, 1.015, 73.6),  # Kandel and Moles 1958
    "de": (180.0, 1.0, 58.5),  # Amstad 1978
}


@dataclass(frozen=True)
class Readability:
    """What was measured of the texts of one language."""

    language: str
    texts: int
    flesch: float
    words_a_sentence: float
    # Words a sentence and the per cent of words over six letters: the same scale for all languages.
    lix: float

    @property
    def line(self) -> str:
        """The measures in one line."""
        return (
            f"{self.language}: Flesch {self.flesch:.0f}, LIX {self.lix:.0f},"
            f" {self.words_a_sentence:.1f} words a sentence, {self.texts} texts"
        )


def readability(language: str, texts: Iterable[str]) -> Readability:
    """The measures of some texts, each of whole sentences.

    Args:
        language: nl, fr, de or en; the default's formula serves any other.
    """
    kept = list(texts)
    sentences = [found for text in kept for part in _ENDS.split(text) if (found := words(part))]
    every = [word for sentence in sentences for word in sentence]
    length = fmean(map(len, sentences))
    start, for_words, for_syllables = _FORMULAS.get(language, _FORMULAS[DEFAULT])
    flesch = start - for_words * length - for_syllables * fmean(map(syllables, every))
    long = fmean(len(word) > _LONG for word in every)
    return Readability(language, len(kept), flesch, length, length + 100 * long)


def words(text: str) -> list[str]:
    """The words of a sentence."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """How many runs of vowels a word has; one at least."""
    return max(1, len(_VOWELS.findall(word.lower())))
