"""Every row of every flow, and the questions that others ask of them."""

from cases.domain.flows.complaint import COMPLAINT_OUTCOMES, COMPLAINT_TRANSITIONS
from cases.domain.flows.in_every_flow import SHARED_TRANSITIONS
from cases.domain.flows.protection import PROTECTION_OUTCOMES, PROTECTION_TRANSITIONS
from cases.domain.flows.report import REPORT_OUTCOMES, REPORT_TRANSITIONS
from cases.domain.flows.vocabulary import FIRST_STATE, Action, Flow, State, Transition

TRANSITIONS: tuple[Transition, ...] = (
    *REPORT_TRANSITIONS,
    *COMPLAINT_TRANSITIONS,
    *PROTECTION_TRANSITIONS,
    *SHARED_TRANSITIONS,
)

_OUTCOMES = {
    Flow.REPORT: REPORT_OUTCOMES,
    Flow.COMPLAINT: COMPLAINT_OUTCOMES,
    Flow.PROTECTION: PROTECTION_OUTCOMES,
}


def transitions_of(flow: Flow) -> tuple[Transition, ...]:
    """The rows of one flow, in the order in which a page lists them."""
    return tuple(row for row in TRANSITIONS if row.flow is flow)


def transition(flow: Flow, action: Action) -> Transition | None:
    """The row of one action, or None when the flow does not know the action."""
    return next((row for row in transitions_of(flow) if row.action is action), None)


def states_of(flow: Flow) -> frozenset[State]:
    """Every state that the flow's table mentions, the first one included."""
    rows = transitions_of(flow)
    named = {state for row in rows for state in (*row.sources, row.target) if state is not None}
    return frozenset(named | {FIRST_STATE})


def outcomes_of(flow: Flow) -> tuple[State, ...]:
    """The states in which the office has decided and from which a case is closed."""
    return _OUTCOMES[flow]
