"""Names of people and places: words with a capital where the language asks for none.

No list of names is complete, so the rule points out what it cannot explain. A word with a capital
is explained when it opens a sentence, when it is among the known public words, when it is an
everyday word of the language, or, in German, when it is the noun of an article. A word that opens
a sentence is still pointed out when another name follows it, when it stands alone on its line as
a signature does, or when the text uses it as a name elsewhere.
"""

import re
from collections.abc import Iterator, Sequence

from cases.domain.identifying.plain import Span, Word, folded_words, occurrences
from cases.domain.identifying.words import ARTICLES, EVERYDAY, NEUTRAL, PARTICLES, SHORTENED

MOST_PARTICLES = 3  # "van den de": more does not happen inside a name.
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_a-z]\.[ -]?){2,}")
_ENDS_SENTENCE = re.compile(r"[.!?\n]|:\s*[\"\u201c\u201e\u00ab]")
_JOINS = re.compile(r"[ \t'-]{0,3}")
_INFLECTED = re.compile(r"[^\W\dA-Z_]+(?:e|en|er|es|em)")


def names(plain: str, words: Sequence[Word], language: str, known: Sequence[str]) -> Iterator[Span]:
    """Every name in a plain text, with initials and particles."""
    for found in _INITIALS.finditer(plain):
        yield found.start(), found.start() + len(found[0].rstrip())
    explained = _explained(plain, words, language, known)
    candidates = [_capitalised(word) and not ok for word, ok in zip(words, explained, strict=True)]
    runs = list(_runs(plain, words, candidates))
    certain = {
        words[at].folded
        for run in runs
        for at in run
        if candidates[at] and (len(run) > 1 or not _has_reason(plain, words, at))
    }
    for run in runs:
        if len(words[run[0]].text) > 1 or len(run) > 1:
            alone = _alone_on_line(plain, words[run[0]], words[run[-1]])
            if alone or words[run[-1]].folded in certain:
                yield words[run[0]].start, words[run[-1]].end


def _explained(
    plain: str, words: Sequence[Word], language: str, known: Sequence[str]
) -> list[bool]:
    everyday = EVERYDAY[language]
    explained = [
        word.folded in NEUTRAL or (word.folded in everyday and not _is_initial(plain, word))
        for word in words
    ]
    for found in occurrences(words, [folded_words(each) for each in known]):
        for at in found:
            explained[at] = True
    if language == "de":
        for at in _nouns(plain, words):
            explained[at] = True
    return explained


def _is_initial(plain: str, word: Word) -> bool:
    return len(word.text) == 1 and word.text.isupper() and plain.startswith(".", word.end)


def _nouns(plain: str, words: Sequence[Word]) -> Iterator[int]:
    """German: the words that follow an article, with adjectives between."""
    after_article = False
    for at, word in enumerate(words):
        if word.folded in ARTICLES:
            after_article = True
        elif after_article and not _joined(plain, words[at - 1], word):
            after_article = False
        elif after_article and not _INFLECTED.fullmatch(word.text):
            yield at
            after_article = False


def _capitalised(word: Word) -> bool:
    # A script without capitals cannot show what is a name, so every word of it is a candidate.
    return word.text[0].isalpha() and not word.text[0].islower()


def _runs(plain: str, words: Sequence[Word], candidates: Sequence[bool]) -> Iterator[range]:
    """Candidates that belong together, from the first to the last, with particles between."""
    start = last = -1
    for at, candidate in enumerate(candidates):
        if not candidate:
            continue
        if start >= 0 and not _continues(plain, words, last, at):
            yield range(start, last + 1)
            start = -1
        start, last = (at if start < 0 else start), at
    if start >= 0:
        yield range(start, last + 1)


def _continues(plain: str, words: Sequence[Word], last: int, at: int) -> bool:
    between = words[last + 1 : at]
    if len(between) > MOST_PARTICLES or any(word.folded not in PARTICLES for word in between):
        return False
    return all(_joined(plain, words[n], words[n + 1]) for n in range(last, at))


def _joined(plain: str, one: Word, two: Word) -> bool:
    gap = plain[one.end : two.start]
    if gap.startswith(".") and _is_shortened(one):
        gap = gap[1:]
    return _JOINS.fullmatch(gap) is not None


def _is_shortened(word: Word) -> bool:
    """Whether a full stop after the word ends no sentence: "dhr.", "M.", an initial."""
    return len(word.text) == 1 or word.folded in SHORTENED


def _has_reason(plain: str, words: Sequence[Word], at: int) -> bool:
    """Whether the place alone gives the word its capital."""
    text = words[at].text
    shouted = len(text) > 1 and text.isupper()
    return text[0].isupper() and not shouted and _opens_sentence(plain, words, at)


def _opens_sentence(plain: str, words: Sequence[Word], at: int) -> bool:
    if at == 0:
        return True
    gap = plain[words[at - 1].end : words[at].start]
    if gap.startswith(".") and _is_shortened(words[at - 1]):
        gap = gap[1:]
    return _ENDS_SENTENCE.search(gap) is not None


def _alone_on_line(plain: str, first: Word, last: Word) -> bool:
    start = plain.rfind("\n", 0, first.start) + 1
    end = plain.find("\n", last.end)
    rest = plain[last.end : len(plain) if end < 0 else end]
    return not plain[start : first.start].strip(" \t-*\u2022") and rest.strip() in ("", ",")
