"""Which words of a pool to keep: pure functions, no files.

Rules of this room: a word is kept for its score alone, no word kept is the beginning of
another, and the same pool always gives the same list.
"""

from collections.abc import Mapping
from fnmatch import fnmatchcase


def choose(scores: Mapping[str, float], count: int) -> list[str]:
    """The `count` best words of which none is the beginning of another, in alphabetical order.

    Args:
        scores: each candidate's worth, above zero.
        count: how many words to return.

    Raises:
        ValueError: when fewer than `count` words can be kept.
    """
    kept = heaviest_antichain(without_twins(scores))
    if len(kept) < count:
        raise ValueError(f"only {len(kept)} of {count} words")
    return sorted(sorted(kept, key=lambda word: (-scores[word], word))[:count])


def without_twins(scores: Mapping[str, float]) -> dict[str, float]:
    """Drop each word that a better one resembles in all but the last letter.

    Two such words on a piece of paper are the pair that a hurried hand confuses.
    """
    best: dict[tuple[str, int], str] = {}
    for word in sorted(scores, key=lambda word: (-scores[word], word)):
        best.setdefault((word[:-1], len(word)), word)
    return {word: scores[word] for word in best.values()}


def heaviest_antichain(scores: Mapping[str, float]) -> list[str]:
    """The words with the highest total score of which none begins another.

    Going from the longest words to the shortest, a word stands or falls against all kept
    words that it begins: it replaces them when it is worth more than they are together.
    """
    continuations = _continuations(scores)
    standing: dict[str, list[str]] = {}
    worth: dict[str, float] = {}
    for word in sorted(scores, key=len, reverse=True):
        longer = [kept for child in continuations[word] for kept in standing[child]]
        together = sum(worth[child] for child in continuations[word])
        alone = scores[word] >= together
        standing[word] = [word] if alone else longer
        worth[word] = scores[word] if alone else together
    return [kept for word in continuations[""] for kept in standing[word]]


def _continuations(scores: Mapping[str, float]) -> dict[str, list[str]]:
    """Each word's nearest longer words, under the empty word those that nothing begins."""
    continuations: dict[str, list[str]] = {word: [] for word in ("", *scores)}
    for word in sorted(scores):
        begins = (word[:end] for end in range(len(word) - 1, -1, -1))
        continuations[next(start for start in begins if start in continuations)].append(word)
    return continuations


class BlockList:
    """Words that no list may hold.

    Args:
        lines: whole words, `beginning*`, `*end` and `*part*`, with spaces between; # begins a
            comment.
    """

    def __init__(self, lines: list[str]) -> None:
        entries = [entry for line in lines for entry in line.split("#")[0].split()]
        self._whole = {entry for entry in entries if "*" not in entry}
        self._patterns = [entry for entry in entries if "*" in entry]

    def __contains__(self, word: str) -> bool:
        return word in self._whole or any(fnmatchcase(word, entry) for entry in self._patterns)
