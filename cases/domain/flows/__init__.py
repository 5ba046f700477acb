"""The flows: their words in `vocabulary`, their rows in `complaint`, `report`, `protection` and
`in_every_flow`, and the one table of all rows in `table`."""

from cases.domain.flows.table import (
    TRANSITIONS,
    outcomes_of,
    states_of,
    transition,
    transitions_of,
)
from cases.domain.flows.vocabulary import (
    AUTOMATIC_ACTIONS,
    FINAL_STATE,
    FIRST_STATE,
    RESTARTED_BY_MESSAGE,
    STARTED_AT_RECEIPT,
    STOPPED_BY_CLOSING,
    WITH_A_SUBJECT,
    Action,
    Actor,
    ClockKind,
    Detail,
    Flow,
    Guard,
    Need,
    Notice,
    State,
    Transition,
)

__all__ = [
    "AUTOMATIC_ACTIONS",
    "FINAL_STATE",
    "FIRST_STATE",
    "RESTARTED_BY_MESSAGE",
    "STARTED_AT_RECEIPT",
    "STOPPED_BY_CLOSING",
    "TRANSITIONS",
    "WITH_A_SUBJECT",
    "Action",
    "Actor",
    "ClockKind",
    "Detail",
    "Flow",
    "Guard",
    "Need",
    "Notice",
    "State",
    "Transition",
    "outcomes_of",
    "states_of",
    "transition",
    "transitions_of",
]
