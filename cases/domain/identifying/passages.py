"""Passages that came from the reporter: whoever knows how somebody writes knows who wrote them."""

from collections.abc import Iterator, Sequence

from cases.domain.identifying.plain import (
    PlainText,
    Span,
    Word,
    beginnings,
    folded_words,
)

SHORTEST_RUN = 6
"""Equal words in a row that count as copied. Fewer also happen by chance."""

_FIRST_PERSON = {
    "nl": "ik k mij me mijn mijne mezelf mijzelf ikzelf m",
    "fr": "je j moi me m mon ma mes mien mienne miens miennes",
    "de": "ich mich mir mein meine meinem meinen meiner meines meins",
    "en": "i me my mine myself",
}
_SINGLE = {language: frozenset(words.split()) for language, words in _FIRST_PERSON.items()}
# A single letter is a word only where an apostrophe says that something was left out.
_BEFORE_APOSTROPHE = {"nl": frozenset("m"), "fr": frozenset("jm")}
_AFTER_APOSTROPHE = {"nl": frozenset("k")}


def copied(words: Sequence[Word], own_words: Sequence[str]) -> Iterator[Span]:
    """The longest runs of at least six words that also stand in a text of the reporter.

    Capitals, accents, spaces and punctuation do not count. One pass over each text.
    """
    known = {shingle for text in own_words for shingle in _shingles(folded_words(text))}
    end = 0
    start: int | None = None
    for at, shingle in enumerate(_shingles(tuple(word.folded for word in words))):
        if start is not None and at > end:
            yield words[start].start, words[end - 1].end
            start = None
        if shingle in known:
            start, end = at if start is None else start, at + SHORTEST_RUN
    if start is not None:
        yield words[start].start, words[end - 1].end


def marked_places(words: Sequence[Word], marked: Sequence[str]) -> Iterator[Span]:
    """Where a word or phrase stands that the investigator marked, also in a longer word."""
    for found in beginnings(words, (folded_words(each) for each in marked)):
        yield words[found[0]].start, words[found[-1]].end


def first_person(plain: PlainText, words: Sequence[Word], language: str) -> Iterator[Span]:
    """The words in which the reporter speaks: I, me, my.

    Not "we": the office says that of itself in every letter.
    """
    for word in words:
        if word.folded in _SINGLE[language] and _stands_alone(plain.text, word, language):
            yield word.start, word.end


def _stands_alone(plain: str, word: Word, language: str) -> bool:
    before, after = plain[max(word.start - 1, 0) : word.start], plain[word.end : word.end + 1]
    if word.folded in _BEFORE_APOSTROPHE.get(language, ()):
        return after == "'"
    if word.folded in _AFTER_APOSTROPHE.get(language, ()):
        return before == "'"
    return word.text != "i" or after != "."  # "i.e."


def _shingles(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return (words[at : at + SHORTEST_RUN] for at in range(len(words) - SHORTEST_RUN + 1))
