"""Both flows as one table of transitions.

The rules of this room: everything that changes a state is a row of `TRANSITIONS`, and nothing
outside this file knows which state follows which. A row says from where an action starts, where
it ends, which permission it asks, whether the reporter reads a message with it, whether the file
must hold a written reason, which guard looks at the facts, and which clocks start and stop.
`closed` is the only final state; reopening is an action like any other. The tests prove the
table complete, and the documentation's diagrams are drawn from it.
"""

from dataclasses import dataclass
from enum import StrEnum

from cases.domain.roles import Permission


class Flow(StrEnum):
    """The two ways in."""

    COMPLAINT = "complaint"
    REPORT = "report"


class ClockKind(StrEnum):
    """A term that the office promises or owes; `clocks` holds the lengths."""

    ACKNOWLEDGEMENT = "acknowledgement"
    FEEDBACK = "feedback"
    ADMISSIBILITY = "admissibility"
    NEWS = "news"


class State(StrEnum):
    """Where a case stands; each flow uses a part of these."""

    RECEIVED = "received"
    ASSESSMENT = "assessment"
    INVESTIGATION = "investigation"
    ADVISED_INTERNAL = "advised_internal"
    TRANSMITTED = "transmitted"
    CONCLUDED = "concluded"
    ADMISSIBILITY = "admissibility"
    WAITING_FOR_SERVICE = "waiting_for_service"
    EXAMINATION = "examination"
    RECONCILED = "reconciled"
    FOUNDED = "founded"
    PARTLY_FOUNDED = "partly_founded"
    UNFOUNDED = "unfounded"
    INADMISSIBLE = "inadmissible"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Action(StrEnum):
    """What a member of staff can do that changes the state or a clock."""

    ACKNOWLEDGE = "acknowledge"
    ACCEPT_EXTERNAL = "accept_external"
    ADVISE_INTERNAL = "advise_internal"
    TRANSMIT = "transmit"
    GIVE_FEEDBACK = "give_feedback"
    CONCLUDE = "conclude"
    ACCEPT = "accept"
    ASK_SERVICE_FIRST = "ask_service_first"
    REFER = "refer"
    CONCLUDE_RECONCILED = "conclude_reconciled"
    CONCLUDE_FOUNDED = "conclude_founded"
    CONCLUDE_PARTLY_FOUNDED = "conclude_partly_founded"
    CONCLUDE_UNFOUNDED = "conclude_unfounded"
    WITHDRAW = "withdraw"
    DECLARE_INADMISSIBLE = "declare_inadmissible"
    CLOSE = "close"
    REOPEN = "reopen"


class Guard(StrEnum):
    """A rule over the facts of the case; `policies` holds the function."""

    INTERNAL_CHANNEL_FITS = "internal_channel_fits"


@dataclass(frozen=True)
class Transition:
    """One row: `action` leads from any of `sources` to `target`."""

    flow: Flow
    action: Action
    sources: tuple[State, ...]
    target: State
    permission: Permission = Permission.DECIDE_CASES
    message_required: bool = True
    reason_required: bool = False
    guard: Guard | None = None
    starts: tuple[ClockKind, ...] = ()
    stops: tuple[ClockKind, ...] = ()
    gives_reference: bool = False


ALL_CLOCKS = tuple(ClockKind)
FIRST_STATE = State.RECEIVED
FINAL_STATE = State.CLOSED

# Clocks that run from the day of receipt.
STARTED_AT_RECEIPT: dict[Flow, tuple[ClockKind, ...]] = {
    Flow.REPORT: (ClockKind.ACKNOWLEDGEMENT, ClockKind.FEEDBACK),
    Flow.COMPLAINT: (ClockKind.ACKNOWLEDGEMENT,),
}
# Clocks that any message from the office starts anew while they run.
RESTARTED_BY_MESSAGE = frozenset({ClockKind.NEWS})

_REPORT_OUTCOMES = (
    State.CONCLUDED,
    State.TRANSMITTED,
    State.INADMISSIBLE,
    State.ADVISED_INTERNAL,
)
_COMPLAINT_OUTCOMES = (
    State.RECONCILED,
    State.FOUNDED,
    State.PARTLY_FOUNDED,
    State.UNFOUNDED,
    State.INADMISSIBLE,
    State.REFERRED,
    State.WITHDRAWN,
    # Asked to go to the service first: a pause that ends either way.
    State.WAITING_FOR_SERVICE,
)
_ADMITTING = (State.ADMISSIBILITY, State.WAITING_FOR_SERVICE)

_REPORT_TRANSITIONS = (
    Transition(
        Flow.REPORT,
        Action.ACKNOWLEDGE,
        (State.RECEIVED,),
        State.ASSESSMENT,
        permission=Permission.HANDLE_CASES,
        stops=(ClockKind.ACKNOWLEDGEMENT,),
        gives_reference=True,
    ),
    Transition(
        Flow.REPORT,
        Action.ACCEPT_EXTERNAL,
        (State.ASSESSMENT, State.ADVISED_INTERNAL),
        State.INVESTIGATION,
    ),
    Transition(
        Flow.REPORT,
        Action.ADVISE_INTERNAL,
        (State.ASSESSMENT,),
        State.ADVISED_INTERNAL,
        guard=Guard.INTERNAL_CHANNEL_FITS,
    ),
    Transition(
        Flow.REPORT,
        Action.TRANSMIT,
        (State.ASSESSMENT, State.INVESTIGATION),
        State.TRANSMITTED,
        reason_required=True,
        stops=(ClockKind.FEEDBACK,),
    ),
    Transition(
        Flow.REPORT,
        Action.DECLARE_INADMISSIBLE,
        (State.ASSESSMENT,),
        State.INADMISSIBLE,
        reason_required=True,
        stops=(ClockKind.FEEDBACK,),
    ),
    Transition(
        Flow.REPORT,
        Action.GIVE_FEEDBACK,
        (State.INVESTIGATION,),
        State.INVESTIGATION,
        permission=Permission.HANDLE_CASES,
        stops=(ClockKind.FEEDBACK,),
    ),
    Transition(
        Flow.REPORT,
        Action.CONCLUDE,
        (State.INVESTIGATION,),
        State.CONCLUDED,
        stops=(ClockKind.FEEDBACK,),
    ),
    Transition(
        Flow.REPORT,
        Action.CLOSE,
        _REPORT_OUTCOMES,
        State.CLOSED,
        message_required=False,
        stops=ALL_CLOCKS,
    ),
    # A reopened report owes its author feedback again.
    Transition(
        Flow.REPORT,
        Action.REOPEN,
        (State.CLOSED,),
        State.ASSESSMENT,
        permission=Permission.REOPEN_CASES,
        message_required=False,
        reason_required=True,
        starts=(ClockKind.FEEDBACK,),
    ),
)


def _outcome(action: Action, target: State) -> Transition:
    return Transition(Flow.COMPLAINT, action, (State.EXAMINATION,), target, stops=(ClockKind.NEWS,))


_COMPLAINT_TRANSITIONS = (
    Transition(
        Flow.COMPLAINT,
        Action.ACKNOWLEDGE,
        (State.RECEIVED,),
        State.ADMISSIBILITY,
        permission=Permission.HANDLE_CASES,
        starts=(ClockKind.ADMISSIBILITY,),
        stops=(ClockKind.ACKNOWLEDGEMENT,),
        gives_reference=True,
    ),
    Transition(
        Flow.COMPLAINT,
        Action.ACCEPT,
        _ADMITTING,
        State.EXAMINATION,
        starts=(ClockKind.NEWS,),
        stops=(ClockKind.ADMISSIBILITY,),
    ),
    Transition(
        Flow.COMPLAINT,
        Action.ASK_SERVICE_FIRST,
        (State.ADMISSIBILITY,),
        State.WAITING_FOR_SERVICE,
        stops=(ClockKind.ADMISSIBILITY,),
    ),
    Transition(
        Flow.COMPLAINT,
        Action.DECLARE_INADMISSIBLE,
        _ADMITTING,
        State.INADMISSIBLE,
        reason_required=True,
        stops=(ClockKind.ADMISSIBILITY,),
    ),
    Transition(
        Flow.COMPLAINT,
        Action.REFER,
        _ADMITTING,
        State.REFERRED,
        reason_required=True,
        stops=(ClockKind.ADMISSIBILITY,),
    ),
    _outcome(Action.CONCLUDE_RECONCILED, State.RECONCILED),
    _outcome(Action.CONCLUDE_FOUNDED, State.FOUNDED),
    _outcome(Action.CONCLUDE_PARTLY_FOUNDED, State.PARTLY_FOUNDED),
    _outcome(Action.CONCLUDE_UNFOUNDED, State.UNFOUNDED),
    Transition(
        Flow.COMPLAINT,
        Action.WITHDRAW,
        (State.RECEIVED, *_ADMITTING, State.EXAMINATION),
        State.WITHDRAWN,
        reason_required=True,
        stops=ALL_CLOCKS,
    ),
    Transition(
        Flow.COMPLAINT,
        Action.CLOSE,
        _COMPLAINT_OUTCOMES,
        State.CLOSED,
        message_required=False,
        stops=ALL_CLOCKS,
    ),
    Transition(
        Flow.COMPLAINT,
        Action.REOPEN,
        (State.CLOSED,),
        State.ADMISSIBILITY,
        permission=Permission.REOPEN_CASES,
        message_required=False,
        reason_required=True,
        starts=(ClockKind.ADMISSIBILITY,),
    ),
)

TRANSITIONS: tuple[Transition, ...] = _REPORT_TRANSITIONS + _COMPLAINT_TRANSITIONS


def transitions_of(flow: Flow) -> tuple[Transition, ...]:
    """The rows of one flow, in the order in which a page lists them."""
    return tuple(row for row in TRANSITIONS if row.flow is flow)


def transition(flow: Flow, action: Action) -> Transition | None:
    """The row of one action, or None when the flow does not know the action."""
    return next((row for row in transitions_of(flow) if row.action is action), None)


def states_of(flow: Flow) -> frozenset[State]:
    """Every state that the flow's table mentions, the first one included."""
    rows = transitions_of(flow)
    named = {state for row in rows for state in (*row.sources, row.target)}
    return frozenset(named | {FIRST_STATE})
