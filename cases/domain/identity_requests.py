"""Asking the custodians for the identity that a reporter gave in confidence.

Who asks signs what is asked, and each custodian what is answered. The days and the outcome are
rules of this module; who can open what is decided by keys.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cases.domain.json_fields import JsonFields, to_json
from cases.domain.texts import read_message, read_reason
from cases.errors import FactsMalformed

VERSION = 1
# Two weeks bridge a holiday of one custodian; a question that waits longer has lost its occasion.
WAITS = timedelta(days=14)
# Long enough to carry out what the identity was needed for, short enough to be asked again.
STAYS_OPEN = timedelta(days=7)


class RequestState(StrEnum):
    """Where a request stands."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    # Too few answered in time, or the answers became useless with what they were about.
    EXPIRED = "expired"
    # It was granted, and its days are over.
    OVER = "over"


def standing(needed: int, asked: int, approved: int, refused: int) -> RequestState:
    """How a request stands after so many answers of so many custodians who were asked."""
    if approved >= needed:
        return RequestState.GRANTED
    if asked - refused < needed:
        return RequestState.REFUSED
    return RequestState.ASKED


@dataclass(frozen=True, repr=False)
class Asking:
    """What somebody writes who asks for an identity.

    Attributes:
        reason: why it is needed; for the custodians and the file.
        tells: whether the reporter is told before the identity is read.
        message: what she will read then, with the reasons.
        why_not: why telling her would endanger the investigation (Article 16(3) of Directive (EU)
            2019/1937), where she is not told.
    """

    reason: str
    tells: bool
    message: str = ""
    why_not: str = ""


def read_asking(written: Asking) -> Asking:
    """The same without outer blanks, and without what the other choice asks for.

    Raises:
        ReasonRequired, MessageRequired, TextTooLong.
    """
    reason = read_reason(written.reason, required=True)
    if written.tells:
        return Asking(reason, tells=True, message=read_message(written.message))
    return Asking(reason, tells=False, why_not=read_reason(written.why_not, required=True))


@dataclass(frozen=True, repr=False)
class RequestStatement:
    """What is asked, as the asker signs it.

    `case_public` is the key that answers are sealed to: a custodian cannot open the case, and
    believes no key from a table.
    """

    request_id: bytes
    case_id: bytes
    case_public: bytes
    asker_id: bytes
    asked_on: date
    expires_on: date
    asking: Asking
    reference: str | None = None

    def to_json(self) -> bytes:
        """The bytes that are signed."""
        fields = {"version": VERSION, **vars(self), **vars(self.asking)}
        del fields["asking"]
        return to_json(fields)

    @classmethod
    def from_json(cls, payload: bytes) -> "RequestStatement":
        """What `to_json` wrote; FactsMalformed otherwise."""
        fields = _fields(payload)
        return cls(
            request_id=_bytes(fields, "request_id"),
            case_id=_bytes(fields, "case_id"),
            case_public=_bytes(fields, "case_public"),
            asker_id=_bytes(fields, "asker_id"),
            asked_on=_day(fields, "asked_on"),
            expires_on=_day(fields, "expires_on"),
            asking=Asking(
                reason=fields.text("reason"),
                tells=fields.flag("tells", True),
                message=fields.text("message"),
                why_not=fields.text("why_not"),
            ),
            reference=fields.optional_text("reference"),
        )


@dataclass(frozen=True, repr=False)
class AnswerStatement:
    """What one custodian answers, as she signs it."""

    request_id: bytes
    custodian_id: bytes
    answered_on: date
    approves: bool
    reason: str

    def to_json(self) -> bytes:
        """The bytes that are signed."""
        return to_json({"version": VERSION, **vars(self)})

    @classmethod
    def from_json(cls, payload: bytes) -> "AnswerStatement":
        """What `to_json` wrote; FactsMalformed otherwise."""
        fields = _fields(payload)
        return cls(
            request_id=_bytes(fields, "request_id"),
            custodian_id=_bytes(fields, "custodian_id"),
            answered_on=_day(fields, "answered_on"),
            approves=fields.flag("approves", False),
            reason=fields.text("reason"),
        )


@dataclass(frozen=True, repr=False)
class Signed:
    """A statement with its signature: what the envelope of a request or an answer holds."""

    statement: bytes
    signature: bytes

    def to_json(self) -> bytes:
        """The payload of the envelope."""
        return to_json({"statement": self.statement.decode(), "signature": self.signature})

    @classmethod
    def from_json(cls, payload: bytes) -> "Signed":
        """What `to_json` wrote; FactsMalformed otherwise."""
        fields = JsonFields.parse(payload)
        return cls(fields.text("statement").encode(), _bytes(fields, "signature"))


def _fields(payload: bytes) -> JsonFields:
    fields = JsonFields.parse(payload)
    if fields.number("version") != VERSION:
        raise FactsMalformed
    return fields


def _bytes(fields: JsonFields, name: str) -> bytes:
    found = fields.hex(name)
    if found is None:
        raise FactsMalformed
    return found


def _day(fields: JsonFields, name: str) -> date:
    found = fields.day(name)
    if found is None:
        raise FactsMalformed
    return found
