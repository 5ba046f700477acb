"""What is inside the envelopes of a consultation: its record, the question, the answer.

The record is sealed to the key that the service's ten words give, and to nobody else. It names the
case key that the answer is sealed to, so that no key from a table is believed. The question and
the answer are sealed to the case as well. Nothing of the case is in any of them but what somebody
released.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.domain.details import ConsultationKind
from cases.domain.json_fields import JsonFields, to_json
from cases.errors import FactsMalformed

VERSION = 1


class ConsultationAuthor(StrEnum):
    """Which side wrote."""

    OFFICE = "office"
    SERVICE = "service"


@dataclass(frozen=True, repr=False)
class ConsultationRecord:
    """What the service's side knows beside the messages.

    Attributes:
        case_id: where the answer goes.
        case_public: what the answer is sealed to.
        kind: what is asked for.
        office: who asks.
        service: who is asked.
        reference: the consultation's own, for letters and telephone calls.
        concerned: the name of the person it is about, where the service may know it, else empty.
        language: what the question is written in.
        due_on: until when an answer is expected.
    """

    case_id: bytes
    case_public: bytes
    kind: ConsultationKind
    office: str
    service: str
    reference: str
    concerned: str
    language: str
    due_on: date

    def to_json(self) -> bytes:
        """The payload of the record's envelope."""
        return to_json({"version": VERSION, **vars(self)})

    @classmethod
    def from_json(cls, payload: bytes) -> "ConsultationRecord":
        """What `to_json` wrote; FactsMalformed otherwise."""
        fields = JsonFields.parse(payload)
        case_id, case_public = fields.hex("case_id"), fields.hex("case_public")
        due_on = fields.day("due_on")
        if case_id is None or case_public is None or due_on is None:
            raise FactsMalformed
        return cls(
            case_id=case_id,
            case_public=case_public,
            kind=fields.required("kind", ConsultationKind),
            office=fields.text("office"),
            service=fields.text("service"),
            reference=fields.text("reference"),
            concerned=fields.text("concerned"),
            language=fields.text("language"),
            due_on=due_on,
        )


@dataclass(frozen=True, repr=False)
class ConsultationText:
    """The question, or the answer; an answer names the digest of the question it answers."""

    author: ConsultationAuthor
    text: str
    answers: bytes | None = None

    def to_json(self) -> bytes:
        """The payload of the message's envelope."""
        return to_json({"version": VERSION, **vars(self)})

    @classmethod
    def from_json(cls, payload: bytes) -> "ConsultationText":
        """What `to_json` wrote; FactsMalformed otherwise."""
        fields = JsonFields.parse(payload)
        return cls(
            author=fields.required("author", ConsultationAuthor),
            text=fields.text("text"),
            answers=fields.hex("answers"),
        )
