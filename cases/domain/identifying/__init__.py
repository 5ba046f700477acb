"""What in a text could identify the person who reported, pointed out before it leaves the office.

The rule sees the text and what it is told, nothing else: it never needs the sealed identity. It is
an aid to the two people who release a text and no proof: what a colleague recognises, no pattern
does. So it would rather point out too much.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from cases.domain.identifying.contacts import contacts
from cases.domain.identifying.kinds import IdentifyingKind
from cases.domain.identifying.moments import moments
from cases.domain.identifying.names import names
from cases.domain.identifying.passages import copied, first_person, marked_places
from cases.domain.identifying.plain import PlainText, Span, folded
from cases.domain.identifying.words import EVERYDAY

__all__ = ["IdentifyingKind", "Point", "points", "segments"]

Found = tuple[Span, IdentifyingKind]


@dataclass(frozen=True)
class Point:
    """A passage that could identify: ``text[start:end]``, and why."""

    start: int
    end: int
    kind: IdentifyingKind


def points(
    text: str,
    language: str,
    own_words: Sequence[str],
    known: Sequence[str],
    marked: Sequence[str],
) -> tuple[Point, ...]:
    """What could identify the reporter, in the order of the text and never overlapping.

    Args:
        text: what would leave the office.
        language: what it is written in; one whose words are not known is read as English.
        own_words: everything the reporter wrote.
        known: public words and names, addresses of the office: whole phrases that say nothing.
        marked: words and phrases that the investigator says few people know.
    """
    language = language if language in EVERYDAY else "en"
    plain = PlainText.of(text)
    why: list[IdentifyingKind | None] = [None] * len(text)
    found = list(_found(plain, language, own_words, known, marked))
    # The strictest last, over whatever stands there.
    for kind in reversed(IdentifyingKind):
        for start, end in (plain.original(span) for span, each in found if each is kind):
            why[start:end] = [kind] * (end - start)
    return tuple(_points(text, why))


def segments(text: str, found: Sequence[Point]) -> Iterator[tuple[str, IdentifyingKind | None]]:
    """The whole text in pieces, each with why it is pointed out, or None."""
    done = 0
    for point in found:
        if done < point.start:
            yield text[done : point.start], None
        yield text[point.start : point.end], point.kind
        done = point.end
    if done < len(text):
        yield text[done:], None


def _found(
    plain: PlainText,
    language: str,
    own_words: Sequence[str],
    known: Sequence[str],
    marked: Sequence[str],
) -> Iterator[Found]:
    words = plain.words()
    public = frozenset(map(folded, known))
    for span, kind in contacts(plain.text):
        if not plain.holds(span, public):
            yield span, kind
    for kind, spans in (
        (IdentifyingKind.MARKED, marked_places(words, marked)),
        (IdentifyingKind.COPIED, copied(words, own_words)),
        (IdentifyingKind.NAME, names(plain.text, words, language, known)),
        (IdentifyingKind.MOMENT, moments(plain.text, language)),
        (IdentifyingKind.FIRST_PERSON, first_person(plain, words, language)),
    ):
        yield from ((span, kind) for span in spans)


def _points(text: str, why: Sequence[IdentifyingKind | None]) -> Iterator[Point]:
    start = 0
    for kind, same in groupby(why):
        end = start + len(list(same))
        piece = text[start:end]
        if kind is not None and any(map(str.isalnum, piece)):
            blank = len(piece) - len(piece.lstrip())
            yield Point(start + blank, start + len(piece.rstrip()), kind)
        start = end
