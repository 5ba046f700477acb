"""The structured answers of all three forms, as values that travel inside an envelope.

A question added to a form is a field added here: no migration, because no column holds it.
Bytes made by an older version stay readable: a field that is missing takes its default, and a
change of meaning raises `VERSION`. None of these values has a repr that shows what it holds: a
repr ends in logs.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.domain.flows import Flow

LONG_TEXT = 20_000  # characters of a story, a message or a note
SHORT_TEXT = 300  # characters of a one-line answer

AUTHORITY_UNKNOWN = "unknown"
AUTHORITY_OTHER = "other"


class HowKnown(StrEnum):
    """How the reporter knows of the facts."""

    SEEN = "seen"
    HEARD = "heard"
    DOCUMENTS = "documents"
    OTHER = "other"


class Relation(StrEnum):
    """What the reporter is to the public service."""

    STAFF = "staff"
    FORMER_STAFF = "former_staff"
    INTERN = "intern"
    APPLICANT = "applicant"
    CONTRACTOR = "contractor"
    OTHER = "other"


class InternalChannel(StrEnum):
    """Whether the facts were reported inside the service first."""

    USED = "used"
    NOT_USED = "not_used"


class InternalReason(StrEnum):
    """Why the internal channel was not used."""

    REPRISALS_FEARED = "reprisals_feared"
    NONE_EXISTS = "none_exists"
    LEADERS_INVOLVED = "leaders_involved"
    NATURE_OF_FACTS = "nature_of_facts"
    DID_NOT_KNOW = "did_not_know"
    OTHER = "other"


class Reprisals(StrEnum):
    """Whether the reporter suffers or fears reprisals."""

    NONE = "none"
    FEARED = "feared"
    HAPPENED = "happened"


class ContactedFirst(StrEnum):
    """Whether the complainant went to the service first, and what came of it."""

    YES_NO_ANSWER = "yes_no_answer"
    YES_UNSATISFIED = "yes_unsatisfied"
    NO = "no"


class FollowUp(StrEnum):
    """Whether anything was done after a report inside the service."""

    GIVEN = "given"
    NOT_GIVEN = "not_given"
    UNKNOWN = "unknown"


class IntakeWay(StrEnum):
    """How a case reached the office; staff type in what did not come through the portal."""

    PORTAL = "portal"
    PHONE = "phone"
    VISIT = "visit"
    LETTER = "letter"
    EMAIL = "email"


class Proceedings(StrEnum):
    """Whether somebody else is already deciding the same matter."""

    NONE = "none"
    COURT = "court"
    APPEAL = "appeal"
    OTHER_OMBUDS = "other_ombuds"


class ComplainantKind(StrEnum):
    """For whom somebody complains."""

    SELF = "self"
    REPRESENTATIVE = "representative"
    ORGANISATION = "organisation"


class ProtectionGround(StrEnum):
    """What a person did that may have led to reprisals."""

    REPORTED_HERE = "reported_here"
    REPORTED_INTERNALLY = "reported_internally"
    TESTIFIED = "testified"


class YesNo(StrEnum):
    """A question with two answers, which may also be left open."""

    YES = "yes"
    NO = "no"


class ContactWay(StrEnum):
    """How a complainant wants to hear that there is news."""

    MAILBOX = "mailbox"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"


@dataclass(frozen=True, repr=False)
class Identity:
    """Who a reporter is; never part of the facts, sealed and split on its own."""

    name: str
    contact: str


@dataclass(frozen=True, repr=False)
class ComplainantIdentity:
    """Who complains or asks for protection; an ordinary sealed fact of the case."""

    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    preferred: ContactWay | None = None


@dataclass(frozen=True, repr=False)
class ReportFacts:
    """What someone who reports abuse answered; whatever was left out is empty or None.

    `breaches` are codes of the reference data; `belongs_to` is the reference of another case.
    """

    authority: str
    what: str
    language: str
    authority_other: str = ""
    when_where: str = ""
    how_known: HowKnown | None = None
    how_known_detail: str = ""
    relation: Relation | None = None
    internal_channel: InternalChannel | None = None
    internal_when: str = ""
    internal_to: str = ""
    internal_result: str = ""
    internal_reasons: tuple[InternalReason, ...] = ()
    internal_reason_detail: str = ""
    reprisals: Reprisals | None = None
    reprisals_detail: str = ""
    anonymous: bool = True
    breaches: tuple[str, ...] = ()
    internal_follow_up: FollowUp | None = None
    no_acknowledgement: bool = False
    who_else_knows: str = ""
    taken_by: IntakeWay = IntakeWay.PORTAL
    belongs_to: str = ""

    @property
    def flow(self) -> Flow:
        """The way in that asks these questions."""
        return Flow.REPORT


@dataclass(frozen=True, repr=False)
class ComplaintFacts:
    """What a citizen who complains answered.

    `represented` names the person or organisation that the complaint is for; `identity_withheld`
    says that the service is not to learn who complains.
    """

    authority: str
    problem: str
    language: str
    authority_other: str = ""
    contacted_first: ContactedFirst | None = None
    service_answer: str = ""
    facts_on: date | None = None
    hopes: str = ""
    service_reference: str = ""
    identity: ComplainantIdentity = ComplainantIdentity()
    identity_withheld: bool = False
    contacted_when: str = ""
    proceedings: Proceedings | None = None
    complainant: ComplainantKind | None = None
    represented: str = ""
    taken_by: IntakeWay = IntakeWay.PORTAL
    belongs_to: str = ""

    @property
    def flow(self) -> Flow:
        """The way in that asks these questions."""
        return Flow.COMPLAINT


@dataclass(frozen=True, repr=False)
class ProtectionFacts:
    """What someone who asks for protection against reprisals answered.

    `what` is the measure in the person's own words, `measures` the forms of retaliation it may be
    (codes of the reference data); the report that led to it may be one that the office never saw.
    """

    authority: str
    what: str
    language: str
    authority_other: str = ""
    ground: ProtectionGround | None = None
    report_reference: str = ""
    reported_when: str = ""
    measures: tuple[str, ...] = ()
    measure_on: date | None = None
    author: str = ""
    employer_reason: str = ""
    asks: str = ""
    may_contact_employer: YesNo | None = None
    proceedings: Proceedings | None = None
    identity: ComplainantIdentity = ComplainantIdentity()
    taken_by: IntakeWay = IntakeWay.PORTAL
    belongs_to: str = ""

    @property
    def flow(self) -> Flow:
        """The way in that asks these questions."""
        return Flow.PROTECTION


Facts = ReportFacts | ComplaintFacts | ProtectionFacts
