"""Everything in a case that people wrote, text by text, as a search reads it."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum, StrEnum

from cases.domain.attachments import Attachment
from cases.domain.consultation_contents import ConsultationAuthor, ConsultationText
from cases.domain.contents import Author, Message, Note, Step
from cases.domain.facts import AUTHORITY_OTHER, AUTHORITY_UNKNOWN
from cases.domain.reference import ReferenceData


class Place(StrEnum):
    """Where in a case a text stands."""

    STORY = "story"
    FROM_REPORTER = "from_reporter"
    FROM_OFFICE = "from_office"
    NOTE = "note"
    STEP = "step"
    TO_SERVICE = "to_service"
    FROM_SERVICE = "from_service"
    FILE_NAME = "file_name"


@dataclass(frozen=True, repr=False)
class Said:
    """One text and where it stands."""

    place: Place
    text: str


Sealed = Message | Note | Step | ConsultationText

# Codes of the reference data and of languages: nobody wrote these.
_CODES = frozenset(
    {"language", "breaches", "measures", "norm", "grounds", "target", "recipient", "service"}
)


def texts_of(content: Sealed, rules: ReferenceData) -> Iterator[Said]:
    """The texts of one message, note, step, question or answer; none is empty.

    The public service of a submission is found by each of its names.
    """
    for said in _texts_of(content, rules):
        if said.text.strip():
            yield said


def _texts_of(content: Sealed, rules: ReferenceData) -> Iterator[Said]:
    match content:
        case Message():
            yield from _of_message(content, rules)
        case Note():
            yield Said(Place.NOTE, content.text)
        case Step():
            yield Said(Place.STEP, content.reason)
            yield Said(Place.TO_SERVICE, content.notice)
            yield from (Said(Place.STEP, text) for text in _written(content.details))
            yield from _file_names(content.attachments)
        case ConsultationText():
            is_ours = content.author is ConsultationAuthor.OFFICE
            yield Said(Place.TO_SERVICE if is_ours else Place.FROM_SERVICE, content.text)


def _of_message(message: Message, rules: ReferenceData) -> Iterator[Said]:
    if message.facts:
        names = _names(message.facts.authority, rules)
        yield from (Said(Place.STORY, text) for text in (*names, *_written(message.facts)))
    is_ours = message.author is Author.OFFICE
    yield Said(Place.FROM_OFFICE if is_ours else Place.FROM_REPORTER, message.text)
    yield from _file_names(message.attachments)


def _names(authority: str, rules: ReferenceData) -> tuple[str, ...]:
    if authority in (AUTHORITY_UNKNOWN, AUTHORITY_OTHER):
        return ()
    found = rules.authority(authority)
    return tuple(dict.fromkeys(name for _, name in found.names)) if found else ()


def _file_names(attachments: tuple[Attachment, ...]) -> Iterator[Said]:
    return (Said(Place.FILE_NAME, each.path) for each in attachments)


def _written(value: object) -> Iterator[str]:
    """The texts inside an answer or a record, in the order of its fields."""
    if isinstance(value, str) and not isinstance(value, Enum):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _written(each)
    elif is_dataclass(value) and not isinstance(value, type | date):
        for each in fields(value):
            if each.name not in _CODES and each.name != "authority":
                yield from _written(getattr(value, each.name))
