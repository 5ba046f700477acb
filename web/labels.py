"""The words for codes: one table per enumeration of the domain, one function to look them up.

The domain holds codes only; pages show these words. A test proves that no code lacks its words.
"""

from enum import StrEnum

from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _

from cases.actions.threads import Author, MessageKind, ThreadFault
from cases.domain.contents import Assignment, FileWork
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
from cases.domain.identifying import IdentifyingKind
from cases.domain.passphrases import PassphraseFlaw
from cases.domain.reference import Level
from cases.domain.roles import Role
from web.custody_labels import CUSTODY_TABLES
from web.file_labels import FILE_TABLES
from web.people_labels import PEOPLE_TABLES
from web.reference_labels import REFERENCE_TABLES
from web.search_labels import SEARCH_TABLES
from web.step_labels import STEP_TABLES
from web.trail_labels import TRAIL_TABLES

TABLES: dict[type[StrEnum], dict[StrEnum, LazyString]] = {
    **STEP_TABLES,
    **REFERENCE_TABLES,
    **FILE_TABLES,
    **TRAIL_TABLES,
    **PEOPLE_TABLES,
    **CUSTODY_TABLES,
    **SEARCH_TABLES,
    Flow: {
        Flow.COMPLAINT: _("Complaint"),
        Flow.REPORT: _("Report"),
        Flow.PROTECTION: _("Request for protection"),
    },
    State: {
        State.RECEIVED: lazy_pgettext("state", "Received"),
        State.ASSESSMENT: _("Being assessed"),
        State.ROUTING: _("Choosing the way"),
        State.INVESTIGATION: _("Under investigation"),
        State.ADVISED_INTERNAL: _("Advised to use the internal channel"),
        State.TRANSMITTED: _("Passed on to another authority"),
        State.DISMISSED: _("Closed without investigation"),
        State.CONCLUDED: _("Concluded"),
        State.ADMISSIBILITY: _("Admissibility check"),
        State.WAITING_FOR_SERVICE: _("Asked to contact the service first"),
        State.DOCUMENTS: _("Collecting documents"),
        State.EXAMINATION: _("Being examined"),
        State.SUSPENDED: _("On hold"),
        State.RECONCILED: _("Reconciled"),
        State.FOUNDED: _("Founded"),
        State.PARTLY_FOUNDED: _("Partly founded"),
        State.UNFOUNDED: _("Unfounded"),
        State.INADMISSIBLE: _("Inadmissible"),
        State.REFERRED: _("Referred"),
        State.WITHDRAWN: _("Withdrawn"),
        State.JUSTIFICATION: _("Employer asked to justify"),
        State.NOT_LINKED: _("No link found"),
        State.JUSTIFIED: _("Measure justified"),
        State.REPRISAL: _("Reprisal found"),
        State.CLOSED: _("Closed"),
    },
    Action: {
        Action.ACKNOWLEDGE: _("Acknowledge receipt"),
        Action.WAIVE_ACKNOWLEDGEMENT: _("Send no acknowledgement"),
        Action.CHECK_ADMISSIBILITY: _("Check admissibility"),
        Action.ASK_SERVICE_FIRST: _("Ask to contact the service first"),
        Action.RESUME_AFTER_SERVICE: _("Take up again after the service"),
        Action.ACCEPT: _("Declare admissible"),
        Action.START_EXAMINATION: _("Start the examination"),
        Action.SUSPEND: _("Put on hold"),
        Action.RESUME: _("Take up again"),
        Action.DECLARE_INADMISSIBLE: _("Declare inadmissible"),
        Action.REFER: _("Refer to another body"),
        Action.TRANSMIT: _("Pass on to another authority"),
        Action.WITHDRAW: _("Record a withdrawal"),
        Action.SET_IDENTITY_DISCLOSURE: _("Decide whether the service learns the name"),
        Action.ASSESS_NORM: _("Assess a norm"),
        Action.CONCLUDE_RECONCILED: _("Conclude: reconciled"),
        Action.CONCLUDE_FOUNDED: _("Conclude: founded"),
        Action.CONCLUDE_PARTLY_FOUNDED: _("Conclude: partly founded"),
        Action.CONCLUDE_UNFOUNDED_ON_PAPERS: _("Conclude: unfounded on the papers"),
        Action.CONCLUDE_UNFOUNDED: _("Conclude: unfounded"),
        Action.CHECK_SCOPE: _("Check the scope"),
        Action.CHECK_INTERNAL_CHANNEL: _("Check the internal channel"),
        Action.ACCEPT_EXTERNAL: _("Accept as external channel"),
        Action.ADVISE_INTERNAL: _("Advise the internal channel"),
        Action.DISMISS_MINOR: _("Close as clearly minor"),
        Action.DISMISS_REPETITIVE: _("Close as repeated"),
        Action.EXTEND_FEEDBACK: _("Extend the period for feedback"),
        Action.GIVE_FEEDBACK: _("Give feedback"),
        Action.RECORD_FINDINGS: _("Record findings"),
        Action.NOTIFY_PROSECUTOR: _("Notify the public prosecutor"),
        Action.RECORD_DISCLOSURE: _("Record a disclosure of identity"),
        Action.CONCLUDE: _("Conclude"),
        Action.CHECK_LINK: _("Check the link with the report"),
        Action.RECORD_CONSENT: _("Record the consent to contact the employer"),
        Action.ASK_JUSTIFICATION: _("Ask the employer to justify"),
        Action.ASSESS_JUSTIFICATION: _("Assess the justification"),
        Action.CONCLUDE_NOT_LINKED: _("Conclude: no link with the report"),
        Action.CONCLUDE_JUSTIFIED: _("Conclude: the measure is justified"),
        Action.CONCLUDE_REPRISAL: _("Conclude: a reprisal"),
        Action.PRIORITISE: _("Set the priority"),
        Action.PREPARE_CONSULTATION: _("Prepare a question to the service"),
        Action.RELEASE_CONSULTATION: _("Release a question to the service"),
        Action.RELEASE_NOTICE: _("Release a letter to the service"),
        Action.RECORD_SERVICE_ANSWER: _("Record an answer of the service"),
        Action.WITHDRAW_CONSULTATION: _("Withdraw a question to the service"),
        Action.RECOMMEND: _("Recommend"),
        Action.ANSWER_RECOMMENDATION: _("Record what became of a recommendation"),
        Action.RECORD_MINUTES: _("Record what became of the minutes"),
        Action.LINK_CASE: _("Link with another case"),
        Action.INVITE_OTHER_FLOW: _("Invite to use another form"),
        Action.CLOSE: _("Close"),
        Action.REOPEN: _("Reopen"),
        Action.SET_RETENTION: _("Change how long the file is kept"),
        Action.HOLD_ERASURE: _("Set a legal hold: nothing is erased"),
        Action.LIFT_HOLD: _("Lift the legal hold"),
        Action.REPORTER_CAME_BACK: _("The person came back"),
        Action.REPORTER_CHOSE_EXTERNAL: _("The person chose the external channel"),
        Action.SERVICE_ANSWERED: _("The service answered"),
        Action.SERVICE_DAY_PASSED: _("The day for the service passed"),
    },
    Assignment: {
        Assignment.TAKE: _("Taken out of the intake pool"),
        Assignment.SHARE: _("Shared with a colleague"),
        Assignment.NEW_KEY: _("New key for the case"),
        Assignment.GIVE_BACK: _("Given back to intake"),
        Assignment.HAND_OVER: _("Handed over to a colleague"),
        Assignment.EXCLUDE: _("Somebody kept away from the case"),
    },
    FileWork: {
        FileWork.SCAN: _("File scanned for viruses"),
        FileWork.CLEANED_COPY: _("Copy of a file made without hidden data"),
    },
    ClockKind: {
        ClockKind.ACKNOWLEDGEMENT: _("Acknowledgement of receipt"),
        ClockKind.FEEDBACK: _("Feedback"),
        ClockKind.ADMISSIBILITY: _("Decision on admissibility"),
        ClockKind.NEWS: _("News to the person"),
        ClockKind.SERVICE_FIRST: _("Time for the service to answer the person"),
        ClockKind.CONSULTATION: _("Answer of the service"),
        ClockKind.RECOMMENDATION: _("Follow-up of a recommendation"),
    },
    Role: {
        Role.INTAKE: _("Intake"),
        Role.INVESTIGATOR: _("Investigator"),
        Role.HEAD: _("Head of the office"),
        Role.CUSTODIAN: _("Custodian"),
        Role.ADMINISTRATOR: _("Administrator"),
        Role.AUDITOR: _("Auditor"),
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
        MessageKind.CASE_KEY: _("New key"),
    },
    ThreadFault: {
        ThreadFault.MISSING: _("A message is missing here."),
        ThreadFault.ALTERED: _("This message, or the one before it, was altered."),
        ThreadFault.REORDERED: _("This message is not in its right place."),
        ThreadFault.UNREADABLE: _("This message cannot be opened."),
        ThreadFault.WRONG_CASE_KEY: _("This message names a key that the case did not have then."),
        ThreadFault.UNPROVEN_KEY: _(
            "This message names a new key of the case, but nobody of the office vouches for it."
        ),
    },
    IdentifyingKind: {
        IdentifyingKind.MARKED: _("Marked as known to few people"),
        IdentifyingKind.NATIONAL_NUMBER: _("National register number"),
        IdentifyingKind.ACCOUNT: _("Bank account number"),
        IdentifyingKind.EMAIL: _("Email address"),
        IdentifyingKind.PHONE: _("Phone number"),
        IdentifyingKind.LINK: _("Web address or account name"),
        IdentifyingKind.COPIED: _("Copied from what the person wrote"),
        IdentifyingKind.MOMENT: _("Date or time"),
        IdentifyingKind.NUMBER: _("Number that can point to a person or a file"),
        IdentifyingKind.NAME: _("Name"),
        IdentifyingKind.FIRST_PERSON: _("Speaks in the first person"),
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
