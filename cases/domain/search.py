"""What a search looks for, what counts as found, and the lines that show it.

Words are compared without regard to capitals, accents and line ends, and are found inside longer
ones: "subsidie" finds "subsidiedossier". Each word of the question must stand somewhere in the
case; words between quotation marks must stand together, in one text.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

LONGEST_QUESTION = 200  # characters
SHORTEST_WORD = 2
MOST_WORDS = 8
AROUND = 70  # characters of a line on each side of what was found
LONGEST_LINE = 240  # characters from the first to the last word found in it
MOST_LINES = 3

# Quotation marks of the four languages; a mark that is never closed quotes up to the end.
_QUOTES = '"“”„«»'
_PARTS = re.compile(f"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]?|([^{_QUOTES}\\s]+)")
# Letters that are no accented form of another, written as people without them would type.
_LETTERS = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "\u2019": "'", "\u2018": "'"}


@dataclass(frozen=True, repr=False)
class Question:
    """The words to look for, folded, the longest first: it is the rarest as a rule."""

    words: tuple[str, ...]

    @classmethod
    def read(cls, typed: str) -> "Question | None":
        """The question in what somebody typed; None where there is none in it.

        It has one to eight words of at least two characters, 200 characters in all.
        """
        found = {folded(quoted or plain).strip() for quoted, plain in _PARTS.findall(typed)}
        words = sorted((each for each in found if len(each) >= SHORTEST_WORD), key=len)
        if len(typed) > LONGEST_QUESTION or not 1 <= len(words) <= MOST_WORDS:
            return None
        return cls(tuple(reversed(words)))

    def is_in(self, words: str) -> bool:
        """Whether each of them stands in the folded words of a case."""
        return all(word in words for word in self.words)


@dataclass(frozen=True, repr=False)
class Piece:
    """A part of a line, and whether it is what was looked for."""

    text: str
    found: bool


Line = tuple[Piece, ...]


def folded(text: str) -> str:
    """The text as it is compared."""
    return "".join(folding for folding, _ in _folding(text))


def words_of(texts: Iterable[str]) -> str:
    """Folded texts of a case in one, each on a line of its own: nothing is found across two."""
    return "\n".join(folded(text) for text in texts)


def lines(question: Question, text: str) -> tuple[Line, ...]:
    """Where words of the question stand in a text, with what is around them; at most three."""
    places = [(folding, at) for folding, at in _folding(text) if folding]
    plain = "".join(folding for folding, _ in places)
    origin = [at for folding, at in places for _ in folding]
    spans = sorted(_spans(question, plain, origin))
    return tuple(_line(text, each) for each in _together(spans))[:MOST_LINES]


def _folding(text: str) -> Iterator[tuple[str, int]]:
    """Each character as it is compared, with its place; blanks in a row are one."""
    blank = False
    for at, character in enumerate(text):
        if character.isspace():
            yield ("" if blank else " "), at
            blank = True
        else:
            blank = False
            yield _folded(character), at


@lru_cache(maxsize=1024)
def _folded(character: str) -> str:
    plain = unicodedata.normalize("NFKD", _LETTERS.get(character, character)).casefold()
    plain = "".join(_LETTERS.get(each, each) for each in plain)
    return "".join(each for each in plain if unicodedata.category(each) not in ("Mn", "Cf"))


def _spans(question: Question, plain: str, origin: list[int]) -> Iterator[tuple[int, int]]:
    """From which character of the text up to which each word stands."""
    for word in question.words:
        start = plain.find(word)
        while start >= 0:
            yield origin[start], origin[start + len(word) - 1] + 1
            start = plain.find(word, start + len(word))


def _together(spans: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Spans that belong in one line: near each other, and none inside another."""
    groups: list[list[tuple[int, int]]] = []
    for start, end in spans:
        if not groups or _begins_another(groups[-1], start):
            groups.append([(start, end)])
        elif start < groups[-1][-1][1]:
            first, last = groups[-1][-1]
            groups[-1][-1] = first, max(last, end)
        else:
            groups[-1].append((start, end))
    return groups


def _begins_another(line: list[tuple[int, int]], start: int) -> bool:
    return start - line[-1][1] > AROUND or start - line[0][0] > LONGEST_LINE


def _line(text: str, spans: list[tuple[int, int]]) -> Line:
    start, end = _from_a_word(text, spans[0][0]), _to_a_word(text, spans[-1][1])
    pieces = [Piece("…" if start else "", False)]
    for first, last in spans:
        pieces += [Piece(text[start:first], False), Piece(text[first:last], True)]
        start = last
    pieces += [Piece(text[start:end], False), Piece("…" if end < len(text) else "", False)]
    return tuple(piece for piece in pieces if piece.text)


def _from_a_word(text: str, found: int) -> int:
    start = max(0, found - AROUND)
    blank = text.find(" ", start, found)
    return start if start == 0 or blank < 0 else blank + 1


def _to_a_word(text: str, found: int) -> int:
    end = min(len(text), found + AROUND)
    blank = text.rfind(" ", found, end)
    return end if end == len(text) or blank < 0 else blank
