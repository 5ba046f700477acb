"""The vocabulary of the flows, and what a row of a flow's table says.

The rules of this room: everything that the office, the person, a public service or the passing of
a day does to a case is an `Action`, and every action is a row of a table in `complaint`, `report`,
`protection` or `in_every_flow`. A row says from where an action starts and where it ends, who acts,
what it must carry (a message, a reason, a notice to the service, typed details), what the file must
hold before (its `needs`), and which clocks it starts, stops, suspends and resumes. A row without a
target leaves the state as it is: it only adds to the file. `closed` is the only final state.
Nothing outside these tables knows which state follows which.
"""

from dataclasses import dataclass
from enum import StrEnum

from cases.domain.roles import Permission


class Flow(StrEnum):
    """The three kinds of case."""

    COMPLAINT = "complaint"
    REPORT = "report"
    # Someone who reported or testified suffers reprisals: a case of its own, beside the report.
    PROTECTION = "protection"


class ClockKind(StrEnum):
    """A term that the office promises or owes, or that it gave to somebody else."""

    ACKNOWLEDGEMENT = "acknowledgement"
    FEEDBACK = "feedback"
    ADMISSIBILITY = "admissibility"
    NEWS = "news"
    # The complainant went to the service first; the case comes back when this runs out.
    SERVICE_FIRST = "service_first"
    # One for each question to a public service, and one for each recommendation.
    CONSULTATION = "consultation"
    RECOMMENDATION = "recommendation"


class State(StrEnum):
    """Where a case stands; each flow uses a part of these."""

    RECEIVED = "received"
    ASSESSMENT = "assessment"
    ROUTING = "routing"
    INVESTIGATION = "investigation"
    ADVISED_INTERNAL = "advised_internal"
    TRANSMITTED = "transmitted"
    DISMISSED = "dismissed"
    CONCLUDED = "concluded"
    ADMISSIBILITY = "admissibility"
    WAITING_FOR_SERVICE = "waiting_for_service"
    DOCUMENTS = "documents"
    EXAMINATION = "examination"
    SUSPENDED = "suspended"
    RECONCILED = "reconciled"
    FOUNDED = "founded"
    PARTLY_FOUNDED = "partly_founded"
    UNFOUNDED = "unfounded"
    INADMISSIBLE = "inadmissible"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"
    JUSTIFICATION = "justification"
    NOT_LINKED = "not_linked"
    JUSTIFIED = "justified"
    REPRISAL = "reprisal"
    CLOSED = "closed"


class Action(StrEnum):
    """What is done to a case: a step of its flow, or something added to its file."""

    ACKNOWLEDGE = "acknowledge"
    WAIVE_ACKNOWLEDGEMENT = "waive_acknowledgement"
    CHECK_ADMISSIBILITY = "check_admissibility"
    ASK_SERVICE_FIRST = "ask_service_first"
    RESUME_AFTER_SERVICE = "resume_after_service"
    ACCEPT = "accept"
    START_EXAMINATION = "start_examination"
    SUSPEND = "suspend"
    RESUME = "resume"
    DECLARE_INADMISSIBLE = "declare_inadmissible"
    REFER = "refer"
    TRANSMIT = "transmit"
    WITHDRAW = "withdraw"
    SET_IDENTITY_DISCLOSURE = "set_identity_disclosure"
    ASSESS_NORM = "assess_norm"
    CONCLUDE_RECONCILED = "conclude_reconciled"
    CONCLUDE_FOUNDED = "conclude_founded"
    CONCLUDE_PARTLY_FOUNDED = "conclude_partly_founded"
    CONCLUDE_UNFOUNDED_ON_PAPERS = "conclude_unfounded_on_papers"
    CONCLUDE_UNFOUNDED = "conclude_unfounded"
    CHECK_SCOPE = "check_scope"
    CHECK_INTERNAL_CHANNEL = "check_internal_channel"
    ACCEPT_EXTERNAL = "accept_external"
    ADVISE_INTERNAL = "advise_internal"
    DISMISS_MINOR = "dismiss_minor"
    DISMISS_REPETITIVE = "dismiss_repetitive"
    EXTEND_FEEDBACK = "extend_feedback"
    GIVE_FEEDBACK = "give_feedback"
    RECORD_FINDINGS = "record_findings"
    NOTIFY_PROSECUTOR = "notify_prosecutor"
    RECORD_DISCLOSURE = "record_disclosure"
    CONCLUDE = "conclude"
    CHECK_LINK = "check_link"
    RECORD_CONSENT = "record_consent"
    ASK_JUSTIFICATION = "ask_justification"
    ASSESS_JUSTIFICATION = "assess_justification"
    CONCLUDE_NOT_LINKED = "conclude_not_linked"
    CONCLUDE_JUSTIFIED = "conclude_justified"
    CONCLUDE_REPRISAL = "conclude_reprisal"
    PRIORITISE = "prioritise"
    PREPARE_CONSULTATION = "prepare_consultation"
    RELEASE_CONSULTATION = "release_consultation"
    RECORD_SERVICE_ANSWER = "record_service_answer"
    WITHDRAW_CONSULTATION = "withdraw_consultation"
    RELEASE_NOTICE = "release_notice"
    RECOMMEND = "recommend"
    ANSWER_RECOMMENDATION = "answer_recommendation"
    RECORD_MINUTES = "record_minutes"
    LINK_CASE = "link_case"
    INVITE_OTHER_FLOW = "invite_other_flow"
    CLOSE = "close"
    REOPEN = "reopen"
    # How long the file of a closed case is kept, and whether it is kept whatever the day.
    SET_RETENTION = "set_retention"
    HOLD_ERASURE = "hold_erasure"
    LIFT_HOLD = "lift_hold"
    # Nobody of the office: the person, a public service, or a day that passed.
    REPORTER_CAME_BACK = "reporter_came_back"
    REPORTER_CHOSE_EXTERNAL = "reporter_chose_external"
    SERVICE_ANSWERED = "service_answered"
    SERVICE_DAY_PASSED = "service_day_passed"


class Actor(StrEnum):
    """Who takes a step."""

    STAFF = "staff"
    REPORTER = "reporter"
    SERVICE = "service"
    TIME = "time"


class Need(StrEnum):
    """What the file must hold before a step; `needs` has the function of each."""

    ADMISSIBILITY_CHECKED = "admissibility_checked"
    A_GROUND_FOUND = "a_ground_found"
    NO_FIRST_CONTACT_FOUND = "no_first_contact_found"
    SERVICE_CONTACTED = "service_contacted"
    SERVICE_NOT_CONTACTED = "service_not_contacted"
    A_NORM_BREACHED = "a_norm_breached"
    A_NORM_ASSESSED = "a_norm_assessed"
    NO_NORM_BREACHED = "no_norm_breached"
    SCOPE_CHECKED = "scope_checked"
    IN_SCOPE = "in_scope"
    OUT_OF_SCOPE = "out_of_scope"
    INTERNAL_CHANNEL_CHECKED = "internal_channel_checked"
    EXTERNAL_NOT_CHOSEN = "external_not_chosen"
    NOT_YET_EXTENDED = "not_yet_extended"
    FEEDBACK_RUNNING = "feedback_running"
    FINDINGS_RECORDED = "findings_recorded"
    LINK_FOUND = "link_found"
    NO_LINK_FOUND = "no_link_found"
    CONSENT_GIVEN = "consent_given"
    JUSTIFICATION_ACCEPTED = "justification_accepted"
    JUSTIFICATION_REFUSED = "justification_refused"
    RECOMMENDED = "recommended"
    A_CONSULTATION_PREPARED = "a_consultation_prepared"
    A_CONSULTATION_OPEN = "a_consultation_open"
    A_CONSULTATION_UNFINISHED = "a_consultation_unfinished"
    NO_CONSULTATION_UNFINISHED = "no_consultation_unfinished"
    A_RECOMMENDATION_OPEN = "a_recommendation_open"
    A_NOTICE_WAITING = "a_notice_waiting"
    ON_HOLD = "on_hold"
    NOT_ON_HOLD = "not_on_hold"


class Notice(StrEnum):
    """Whether the public service (or the employer) is told of a step."""

    NEVER = "never"
    # Only where the office has been in touch with it: who was heard learns how it ended.
    IF_CONTACTED = "if_contacted"
    ALWAYS = "always"


class Guard(StrEnum):
    """A rule over the file that asks for a written reason; `needs` has the function."""

    AGAINST_THE_CHECK = "against_the_check"
    AGAINST_THE_PROPOSAL = "against_the_proposal"


class Detail(StrEnum):
    """What a step carries beside texts; `details` has the class of each."""

    ADMISSIBILITY = "admissibility"
    REFERRAL = "referral"
    TRANSMISSION = "transmission"
    SCOPE = "scope"
    INTERNAL_CHANNEL = "internal_channel"
    WAIVER = "waiver"
    FINDINGS = "findings"
    PRIORITY = "priority"
    NORM = "norm"
    RECOMMENDATION = "recommendation"
    RECOMMENDATION_ANSWER = "recommendation_answer"
    CONSULTATION = "consultation"
    CONSULTATION_RELEASE = "consultation_release"
    NOTICE_RELEASE = "notice_release"
    SERVICE_ANSWER = "service_answer"
    CONSULTATION_WITHDRAWAL = "consultation_withdrawal"
    PROSECUTOR_NOTICE = "prosecutor_notice"
    DISCLOSURE = "disclosure"
    MINUTES = "minutes"
    CASE_LINK = "case_link"
    IDENTITY_DISCLOSURE = "identity_disclosure"
    LINK_CHECK = "link_check"
    CONSENT = "consent"
    JUSTIFICATION = "justification"
    OTHER_FLOW = "other_flow"
    FILE_SCAN = "file_scan"
    RETENTION = "retention"


@dataclass(frozen=True)
class Transition:
    """One row: `action` leads from any of `sources` to `target`, or stays where `target` is None.

    `notice`: whether a text goes to the public service, kept with the step and sent as a letter.
    `source` names the article or the procedure that the row comes from.
    """

    flow: Flow
    action: Action
    sources: tuple[State, ...]
    target: State | None
    permission: Permission = Permission.DECIDE_CASES
    actor: Actor = Actor.STAFF
    message_required: bool = True
    reason_required: bool = False
    notice: Notice = Notice.NEVER
    detail: Detail | None = None
    needs: tuple[Need, ...] = ()
    guard: Guard | None = None
    starts: tuple[ClockKind, ...] = ()
    stops: tuple[ClockKind, ...] = ()
    suspends: tuple[ClockKind, ...] = ()
    resumes: tuple[ClockKind, ...] = ()
    extends: tuple[ClockKind, ...] = ()
    gives_reference: bool = False
    source: str = ""

    def target_from(self, state: State) -> State:
        """Where the case stands after this row is taken in `state`."""
        return self.target or state


FIRST_STATE = State.RECEIVED
FINAL_STATE = State.CLOSED

# Clocks that run from the day of receipt.
STARTED_AT_RECEIPT: dict[Flow, tuple[ClockKind, ...]] = {
    Flow.REPORT: (ClockKind.ACKNOWLEDGEMENT, ClockKind.FEEDBACK),
    Flow.COMPLAINT: (ClockKind.ACKNOWLEDGEMENT,),
    Flow.PROTECTION: (ClockKind.ACKNOWLEDGEMENT,),
}
# Clocks that any message from the office starts anew while they run.
RESTARTED_BY_MESSAGE = frozenset({ClockKind.NEWS})
# Clocks whose day the person is told: until then she hears from the office.
PROMISED_TO_THE_PERSON = frozenset(
    {
        ClockKind.ACKNOWLEDGEMENT,
        ClockKind.FEEDBACK,
        ClockKind.ADMISSIBILITY,
        ClockKind.NEWS,
        ClockKind.SERVICE_FIRST,
    }
)
# Clocks of one consultation or one recommendation: a case may have several of each.
WITH_A_SUBJECT = frozenset({ClockKind.CONSULTATION, ClockKind.RECOMMENDATION})
# Clocks of the case's course: what a closing stops. A recommendation is followed up after it.
STOPPED_BY_CLOSING = tuple(kind for kind in ClockKind if kind is not ClockKind.RECOMMENDATION)
# Steps that the machine takes on a day, without any key.
AUTOMATIC_ACTIONS = (Action.SERVICE_DAY_PASSED,)
