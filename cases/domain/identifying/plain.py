"""A text as the rules read it: letters without accents, no invisible characters, plain quotes.

Somebody who pastes from a letter brings soft hyphens, non-breaking spaces, curly apostrophes and
accents in two pieces. No rule should miss a name for that, so all of them read the plain text and
their findings are carried back to the places in the original.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

Span = tuple[int, int]
"""Where something starts, and where it has just ended."""

_APOSTROPHES = (
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"
)
_DASHES = "\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}"
_SAME = str.maketrans(dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_DASHES, "-"))
_WORD = re.compile(r"[^\W_]+")
# "ffi" is three. A few characters stand for a whole phrase of eighteen: a text full of them would
# be eighteen times as long to look through.
_MOST_LETTERS = 4


@dataclass(frozen=True, repr=False)
class Word:
    """A run of letters and digits in a plain text.

    Attributes:
        text: as written, without accents.
        start, end: its place in the plain text.
    """

    text: str
    start: int
    end: int

    @property
    def folded(self) -> str:
        """The word without capitals: what is compared."""
        return self.text.casefold()


@dataclass(frozen=True, repr=False)
class PlainText:
    """The plain text and, for each of its characters, the place in the original."""

    text: str
    places: tuple[int, ...]
    length: int

    @classmethod
    def of(cls, original: str) -> "PlainText":
        """The plain form of a text."""
        pairs = [
            (letter, place)
            for place, character in enumerate(original)
            for letter in _letters(character)
        ]
        text = "".join(letter for letter, _ in pairs)
        return cls(text, tuple(place for _, place in pairs), len(original))

    def words(self) -> list[Word]:
        """The words in order."""
        return [Word(found[0], *found.span()) for found in _WORD.finditer(self.text)]

    def original(self, span: Span) -> Span:
        """Where a non-empty stretch of the plain text stands in the original."""
        start, end = span
        after = self.places[end] if end < len(self.places) else self.length
        # A letter in two pieces ends after its accent.
        return self.places[start], max(self.places[end - 1] + 1, after)

    def holds(self, span: Span, sought: frozenset[str]) -> bool:
        """Whether the stretch, without capitals, is one of some plain texts."""
        return self.text[span[0] : span[1]].casefold().strip() in sought


def folded(text: str) -> str:
    """A text to compare with: plain, without capitals and outer blanks."""
    return PlainText.of(text).text.casefold().strip()


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text, to compare with."""
    return tuple(word.folded for word in PlainText.of(text).words())


def occurrences(words: Sequence[Word], phrases: Sequence[tuple[str, ...]]) -> Iterator[range]:
    """Where phrases of whole words stand among the words of a text, as positions of words."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        if phrase:
            by_first.setdefault(phrase[0], []).append(phrase)
    texts = [word.folded for word in words]
    for at, text in enumerate(texts):
        for phrase in by_first.get(text, ()):
            if tuple(texts[at : at + len(phrase)]) == phrase:
                yield range(at, at + len(phrase))


def beginnings(words: Sequence[Word], phrases: Iterable[tuple[str, ...]]) -> Iterator[range]:
    """As `occurrences`, where the last word of a phrase may go on: a plural, a compound.

    Phrases of one length are sought together: a thousand of them take little longer than one.
    """
    texts = [word.folded for word in words]
    for size, lasts in _by_size(phrases).items():
        for at in range(len(texts) - size + 1):
            sought = lasts.get(tuple(texts[at : at + size - 1]))
            if sought and _begins(texts[at + size - 1], sought):
                yield range(at, at + size)


def _by_size(
    phrases: Iterable[tuple[str, ...]],
) -> dict[int, dict[tuple[str, ...], dict[int, set[str]]]]:
    """By how many words, by the words before the last, and by the last one's length."""
    found: dict[int, dict[tuple[str, ...], dict[int, set[str]]]] = {}
    for phrase in filter(None, phrases):
        *first, last = phrase
        same = found.setdefault(len(phrase), {}).setdefault(tuple(first), {})
        same.setdefault(len(last), set()).add(last)
    return found


def _begins(text: str, sought: Mapping[int, set[str]]) -> bool:
    return any(text[:length] in lasts for length, lasts in sought.items())


@lru_cache(maxsize=1024)
def _letters(character: str) -> str:
    """What a character is in a plain text: nothing, for an accent or an invisible character."""
    if character in "\n\t\r":
        return character
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", character.translate(_SAME))
        if not unicodedata.combining(letter) and unicodedata.category(letter) not in ("Cf", "Mn")
    ).translate(_SAME)
    return plain[:_MOST_LETTERS]
