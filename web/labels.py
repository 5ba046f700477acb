"""The words for codes: one table per enumeration of the domain, one function to look them up.

The domain holds codes only; pages show these words. A test proves that no code lacks its words.
"""

from enum import StrEnum

from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _

from cases.actions.threads import Author, MessageKind, ThreadFault
from cases.domain.contents import Assignment
from cases.domain.facts import (
    ComplainantKind,
    ContactedFirst,
    ContactWay,
    FollowUp,
    HowKnown,
    IntakeWay,
    InternalChannel,
    InternalReason,
    Proceedings,
    ProtectionGround,
    Relation,
    Reprisals,
    YesNo,
)
from cases.domain.flows import Action, ClockKind, Flow, State
from cases.domain.passphrases import PassphraseFlaw
from cases.domain.registry import Level
from cases.domain.roles import Role
from cases.reasons import Reason

TABLES: dict[type[StrEnum], dict[StrEnum, LazyString]] = {
    Flow: {
        Flow.COMPLAINT: _("Complaint"),
        Flow.REPORT: _("Report"),
    },
    State: {
        State.RECEIVED: lazy_pgettext("state", "Received"),
        State.ASSESSMENT: _("Being assessed"),
        State.INVESTIGATION: _("Under investigation"),
        State.ADVISED_INTERNAL: _("Advised to use the internal channel"),
        State.TRANSMITTED: _("Passed on to another authority"),
        State.CONCLUDED: _("Concluded"),
        State.ADMISSIBILITY: _("Admissibility check"),
        State.WAITING_FOR_SERVICE: _("Asked to contact the service first"),
        State.EXAMINATION: _("Being examined"),
        State.RECONCILED: _("Reconciled"),
        State.FOUNDED: _("Founded"),
        State.PARTLY_FOUNDED: _("Partly founded"),
        State.UNFOUNDED: _("Unfounded"),
        State.INADMISSIBLE: _("Inadmissible"),
        State.REFERRED: _("Referred"),
        State.WITHDRAWN: _("Withdrawn"),
        State.CLOSED: _("Closed"),
    },
    Action: {
        Action.ACKNOWLEDGE: _("Acknowledge receipt"),
        Action.ACCEPT_EXTERNAL: _("Accept as external channel"),
        Action.ADVISE_INTERNAL: _("Advise the internal channel"),
        Action.TRANSMIT: _("Pass on to another authority"),
        Action.GIVE_FEEDBACK: _("Give feedback"),
        Action.CONCLUDE: _("Conclude"),
        Action.ACCEPT: _("Declare admissible"),
        Action.ASK_SERVICE_FIRST: _("Ask to contact the service first"),
        Action.REFER: _("Refer to another body"),
        Action.CONCLUDE_RECONCILED: _("Conclude: reconciled"),
        Action.CONCLUDE_FOUNDED: _("Conclude: founded"),
        Action.CONCLUDE_PARTLY_FOUNDED: _("Conclude: partly founded"),
        Action.CONCLUDE_UNFOUNDED: _("Conclude: unfounded"),
        Action.WITHDRAW: _("Record a withdrawal"),
        Action.DECLARE_INADMISSIBLE: _("Declare inadmissible"),
        Action.CLOSE: _("Close"),
        Action.REOPEN: _("Reopen"),
    },
    Assignment: {
        Assignment.TAKE: _("Taken out of the intake pool"),
        Assignment.SHARE: _("Shared with a colleague"),
        Assignment.GIVE_BACK: _("Given back to intake"),
    },
    ClockKind: {
        ClockKind.ACKNOWLEDGEMENT: _("Acknowledgement of receipt"),
        ClockKind.FEEDBACK: _("Feedback"),
        ClockKind.ADMISSIBILITY: _("Decision on admissibility"),
        ClockKind.NEWS: _("News to the complainant"),
    },
    Reason: {
        Reason.NO_PERMISSION: _("Your role does not include this step."),
        Reason.NOT_IN_THIS_STATE: _("Not possible from where the case stands now."),
        Reason.MAILBOX_DELETED: _("The person deleted the mailbox, so no message reaches them."),
        Reason.ALREADY_YOURS: _("You already handle this case."),
        Reason.NOT_IN_THE_POOL: _("A colleague already took this case."),
        Reason.ALREADY_IN_THE_POOL: _("This case is open to everyone at intake already."),
        Reason.ALREADY_SHARED: _("This colleague can already open the case."),
    },
    Role: {
        Role.INTAKE: _("Intake"),
        Role.INVESTIGATOR: _("Investigator"),
        Role.HEAD: _("Head of the office"),
        Role.CUSTODIAN: _("Custodian"),
        Role.ADMINISTRATOR: _("Administrator"),
    },
    Level: {
        Level.REGION: _("Brussels-Capital Region"),
        Level.COCOM: _("Common Community Commission (COCOM)"),
        Level.COCOF: _("French Community Commission (COCOF)"),
        Level.MUNICIPALITY: _("Municipalities"),
        Level.CPAS: _("Public centres for social welfare"),
    },
    HowKnown: {
        HowKnown.SEEN: _("I saw it or went through it myself"),
        HowKnown.HEARD: _("I heard it from someone else"),
        HowKnown.DOCUMENTS: _("I read it in documents or messages"),
        HowKnown.OTHER: _("In another way"),
    },
    Relation: {
        Relation.STAFF: _("I work there"),
        Relation.FORMER_STAFF: _("I worked there in the past"),
        Relation.INTERN: _("I am or was an intern there"),
        Relation.APPLICANT: _("I applied for a job there"),
        Relation.CONTRACTOR: _("I work for a supplier or subcontractor"),
        Relation.OTHER: _("Something else"),
    },
    InternalChannel: {
        InternalChannel.USED: _("Yes"),
        InternalChannel.NOT_USED: _("No"),
    },
    InternalReason: {
        InternalReason.REPRISALS_FEARED: _("I fear reprisals"),
        InternalReason.NONE_EXISTS: _("There is no internal channel"),
        InternalReason.LEADERS_INVOLVED: _("Those in charge are involved"),
        InternalReason.NATURE_OF_FACTS: _("Because of the nature of the facts"),
        InternalReason.DID_NOT_KNOW: _("I did not know that it exists"),
        InternalReason.OTHER: _("Another reason"),
    },
    Reprisals: {
        Reprisals.NONE: _("No"),
        Reprisals.FEARED: _("Not yet, but I fear them"),
        Reprisals.HAPPENED: _("Yes, they have happened"),
    },
    ContactedFirst: {
        ContactedFirst.YES_NO_ANSWER: _("Yes, but I got no answer"),
        ContactedFirst.YES_UNSATISFIED: _("Yes, and I am not satisfied with the answer"),
        ContactedFirst.NO: _("No, not yet"),
    },
    ContactWay: {
        ContactWay.MAILBOX: _("I will look in my mailbox here"),
        ContactWay.EMAIL: _("By email"),
        ContactWay.PHONE: _("By phone"),
        ContactWay.ADDRESS: _("By letter"),
    },
    FollowUp: {
        FollowUp.GIVEN: _("Yes, something was done"),
        FollowUp.NOT_GIVEN: _("No, nothing was done"),
        FollowUp.UNKNOWN: _("I don't know"),
    },
    IntakeWay: {
        IntakeWay.PORTAL: _("On this website"),
        IntakeWay.PHONE: _("By phone"),
        IntakeWay.VISIT: _("During a visit"),
        IntakeWay.LETTER: _("By letter"),
        IntakeWay.EMAIL: _("By email"),
    },
    Proceedings: {
        Proceedings.NONE: _("No"),
        Proceedings.COURT: _("Yes, a court case"),
        Proceedings.APPEAL: _("Yes, an appeal with the administration"),
        Proceedings.OTHER_OMBUDS: _("Yes, with another ombuds office"),
    },
    ComplainantKind: {
        ComplainantKind.SELF: _("For myself"),
        ComplainantKind.REPRESENTATIVE: _("For somebody else"),
        ComplainantKind.ORGANISATION: _("For an organisation or a company"),
    },
    ProtectionGround: {
        ProtectionGround.REPORTED_HERE: _("I reported something to this office"),
        ProtectionGround.REPORTED_INTERNALLY: _("I reported something inside the service"),
        ProtectionGround.TESTIFIED: _("I was a witness or helped with an investigation"),
    },
    YesNo: {
        YesNo.YES: _("Yes"),
        YesNo.NO: _("No"),
    },
    Author: {
        Author.REPORTER: _("The person"),
        Author.OFFICE: _("The office"),
    },
    MessageKind: {
        MessageKind.SUBMISSION: _("First message"),
        MessageKind.REPLY: _("Answer or addition"),
        MessageKind.QUESTION: _("Question"),
        MessageKind.ANSWER: _("Message"),
        MessageKind.DECISION: _("Decision"),
    },
    ThreadFault: {
        ThreadFault.MISSING: _("A message is missing here."),
        ThreadFault.ALTERED: _("This message, or the one before it, was altered."),
        ThreadFault.REORDERED: _("This message is not in its right place."),
        ThreadFault.UNREADABLE: _("This message cannot be opened."),
        ThreadFault.WRONG_CASE_KEY: _("The key of this case is not the one it began with."),
    },
    PassphraseFlaw: {
        PassphraseFlaw.TOO_SHORT: _("It is too short."),
        PassphraseFlaw.COMMON_WORDS: _("It is made of common words or a known password."),
        PassphraseFlaw.KEYBOARD_PATTERN: _("It follows a pattern on the keyboard."),
        PassphraseFlaw.REPEATS: _("It repeats the same characters."),
        PassphraseFlaw.SEQUENCE: _("It contains a simple sequence such as abc or 6543."),
        PassphraseFlaw.DATE: _("It contains a date or a year that is easy to guess."),
        PassphraseFlaw.PERSONAL: _("It contains your name or the name of the office."),
        PassphraseFlaw.GUESSABLE: _("It is too easy to guess. Add a few unrelated words."),
    },
}


def text_of(code: StrEnum) -> LazyString:
    """The words for a code of the domain, in the language of the page."""
    return TABLES[type(code)][code]
