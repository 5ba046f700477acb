"""What in a text for a public service could show who the person is, pointed out before it leaves.

An aid to whoever reads the preview, and no proof. The sealed identity is never needed for it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from flask_babel import LazyString

from cases.actions.reading import OpenCase
from cases.domain.consultations import service_reference
from cases.domain.contents import Author
from cases.domain.facts import ComplainantIdentity, Facts
from cases.domain.identifying import IdentifyingKind, points, segments
from cases.domain.reference import ReferenceData
from reviewer.office_name import office_names
from web.labels import text_of

# Answers that are codes or public, and nobody's own words.
_NOT_OWN = frozenset({"authority", "language", "belongs_to"})


@dataclass(frozen=True, repr=False)
class Piece:
    """A part of the text, with why it is pointed out, or None."""

    text: str
    why: LazyString | None


@dataclass(frozen=True, repr=False)
class Marks:
    """The whole text in pieces, and each thing pointed out once, as (why, words)."""

    pieces: tuple[Piece, ...]
    found: tuple[tuple[LazyString, str], ...]


def marks(
    text: str,
    case: OpenCase,
    written: Iterable[str],
    rules: ReferenceData,
    language: str = "",
    service: str = "",
) -> Marks:
    """What to look at before this text leaves the office.

    Args:
        text: as the service would read it.
        case: whose author must not be known.
        written: the messages of the person.
        rules: the names of services, which are public.
        language: of the text, where it is not that of the case.
        service: the name that stands above the text, which may be as the person typed it.
    """
    own = (*own_words(case.facts), *written)
    found = points(
        text, language or case.facts.language, own, tuple(_known(case, rules)), tuple(_marked(case))
    )
    pieces = tuple(
        Piece(part, text_of(kind) if kind is not None else None)
        for part, kind in segments(text, found)
    )
    listed = dict.fromkeys((each.kind, text[each.start : each.end]) for each in found)
    if service and service == case.facts.authority_other:
        listed[IdentifyingKind.COPIED, service] = None
    return Marks(pieces, tuple((text_of(kind), words) for kind, words in _in_order(listed)))


def own_words(facts: Facts) -> tuple[str, ...]:
    """Every text of the form that the person wrote."""
    values = ((each.name, getattr(facts, each.name)) for each in fields(facts))
    return tuple(value for name, value in values if type(value) is str and name not in _NOT_OWN)


def written_by_person(messages: Iterable[object]) -> tuple[str, ...]:
    """The texts of the messages that the person sent."""
    return tuple(
        str(getattr(each, "text", ""))
        for each in messages
        if getattr(each, "author", None) == Author.REPORTER
    )


def _in_order(
    found: Iterable[tuple[IdentifyingKind, str]],
) -> list[tuple[IdentifyingKind, str]]:
    order = list(IdentifyingKind)
    return sorted(found, key=lambda each: order.index(each[0]))


def _known(case: OpenCase, rules: ReferenceData) -> Iterator[str]:
    yield from office_names()
    yield from (line.strip() for line in rules.setting("office.address").split(";"))
    for asked in case.dossier.consultations.values():
        # As the office calls it. What the person typed for a service may say who typed it.
        if asked.asked.service_other != case.facts.authority_other:
            yield asked.asked.service_other
        # Its digits alone too: they can look like a number that leads to somebody.
        yield from (service_reference(asked.id), service_reference(asked.id)[2:])
    for service in rules.authorities:
        yield from (name for _, name in service.names)


def _marked(case: OpenCase) -> Iterator[str]:
    """Who complains, and what an investigator marked in a question to the service."""
    identity = getattr(case.facts, "identity", None)
    if isinstance(identity, ComplainantIdentity):
        lines = (identity.name, identity.email, identity.phone, *identity.address.splitlines())
        yield from (line.strip() for line in lines if line.strip())
    for asked in case.dossier.consultations.values():
        yield from asked.asked.marked
