"""The choices that a step's details are made of."""

from enum import StrEnum


class Met(StrEnum):
    """How a condition stands."""

    MET = "met"
    NOT_MET = "not_met"
    UNCLEAR = "unclear"


class WaiverGround(StrEnum):
    """Why a report is not acknowledged."""

    NOT_WANTED = "not_wanted"
    ENDANGERS = "endangers"


class Substantiated(StrEnum):
    """What an investigation found."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNDETERMINED = "undetermined"


class PriorityLevel(StrEnum):
    """How soon a case is worked on; no deadline moves with it."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"


class NormVerdict(StrEnum):
    """What examining a norm gave."""

    MET = "met"
    BREACHED = "breached"
    NOT_ASSESSED = "not_assessed"


class RecommendationResponse(StrEnum):
    """What an addressee does with a recommendation."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    IMPLEMENTED = "implemented"
    # Accepted, and then not done; or overtaken by events.
    NOT_IMPLEMENTED = "not_implemented"


class ConsultationKind(StrEnum):
    """What a public service is asked for."""

    DOCUMENTS = "documents"
    HEARING = "hearing"
    PUT_RIGHT = "put_right"
    JUSTIFICATION = "justification"


class ConsultationWay(StrEnum):
    """How a public service is asked and answers."""

    LINK = "link"
    LETTER = "letter"


class MinutesState(StrEnum):
    """How far the minutes of a spoken report are agreed (directive, article 18(2) to (4))."""

    OFFERED = "offered"
    CORRECTED = "corrected"
    SIGNED = "signed"
    REFUSED = "refused"


class LinkKind(StrEnum):
    """How two cases belong together."""

    SAME_FACTS = "same_facts"
    SAME_SERVICE = "same_service"
    DUPLICATE = "duplicate"
    # What was one flow goes on as another.
    CONTINUED_AS = "continued_as"
    PROTECTION_OF = "protection_of"


class JustificationVerdict(StrEnum):
    """What an employer's justification is worth."""

    SUFFICIENT = "sufficient"
    INSUFFICIENT = "insufficient"
    NONE_GIVEN = "none_given"


class ScanVerdict(StrEnum):
    """What a virus scanner says of a file."""

    CLEAN = "clean"
    INFECTED = "infected"
