"""Which shape a state has beside its words; never colour alone."""

from cases.domain.flows import State

TONES: dict[State, str] = {
    State.RECEIVED: "new",
    State.ASSESSMENT: "active",
    State.ROUTING: "active",
    State.INVESTIGATION: "active",
    State.ADVISED_INTERNAL: "waiting",
    State.TRANSMITTED: "done",
    State.DISMISSED: "refused",
    State.CONCLUDED: "done",
    State.ADMISSIBILITY: "active",
    State.WAITING_FOR_SERVICE: "waiting",
    State.DOCUMENTS: "active",
    State.EXAMINATION: "active",
    State.SUSPENDED: "waiting",
    State.RECONCILED: "done",
    State.FOUNDED: "done",
    State.PARTLY_FOUNDED: "done",
    State.UNFOUNDED: "done",
    State.INADMISSIBLE: "refused",
    State.REFERRED: "done",
    State.WITHDRAWN: "refused",
    State.JUSTIFICATION: "waiting",
    State.NOT_LINKED: "done",
    State.JUSTIFIED: "done",
    State.REPRISAL: "done",
    State.CLOSED: "closed",
}


def tone_of(state: State) -> str:
    """The tone of a state's tag: new, active, waiting, done, closed or refused."""
    return TONES[state]
