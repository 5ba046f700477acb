"""What a state means for the person who waits: where the case stands and what happens next."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from cases.domain.flows import Flow, State

_REPORT: dict[State, LazyString] = {
    State.RECEIVED: _(
        "Your report is with us. An investigator will read it and confirm here that we have it."
    ),
    State.ASSESSMENT: _(
        "We are checking whether we are the right office and what the next step should be."
    ),
    State.ROUTING: _(
        "We are the right office for this. We are now choosing the best way to look into it, and "
        "we tell you here what we chose."
    ),
    State.INVESTIGATION: _("We are looking into what you reported. We may ask you questions here."),
    State.ADVISED_INTERNAL: _(
        "We advise you to report this inside the service first. Our message below says why and "
        "how. It is advice: you may always choose us instead. Write to us here if you do, if "
        "nothing comes of it, or if you fear reprisals."
    ),
    State.TRANSMITTED: _(
        "Another authority has to handle this. Our message below says which one and why."
    ),
    State.INADMISSIBLE: _(
        "We cannot handle this report. Our message below says why and who may be able to help."
    ),
    State.DISMISSED: _(
        "We do not investigate this report further. Our message below says why. Write to us here "
        "if you know something new."
    ),
    State.CONCLUDED: _("Our investigation is finished. Our message below tells you the result."),
    State.CLOSED: _(
        "We have closed this report. You can still read everything here and write to us."
    ),
}

_COMPLAINT: dict[State, LazyString] = {
    State.RECEIVED: _(
        "Your complaint is with us. A case handler will read it and confirm here that we have it."
    ),
    State.ADMISSIBILITY: _("We are checking whether we can examine your complaint."),
    State.WAITING_FOR_SERVICE: _(
        "We ask you to contact the public service first. Write to us here when it does not answer "
        "or when its answer does not help you."
    ),
    State.DOCUMENTS: _(
        "We can examine your complaint. We are gathering the documents and the facts, and we may "
        "ask you for some here."
    ),
    State.EXAMINATION: _("We are examining your complaint with the public service."),
    State.SUSPENDED: _(
        "Your complaint is on hold, because a court or another body is deciding about the same "
        "matter. Tell us here when it has decided. Other deadlines keep running."
    ),
    State.RECONCILED: _(
        "A solution was found between you and the service. Our message below says which."
    ),
    State.FOUNDED: _(
        "Your complaint is founded. Our message below gives our reasons and what we asked for."
    ),
    State.PARTLY_FOUNDED: _(
        "Your complaint is founded in part. Our message below gives our reasons."
    ),
    State.UNFOUNDED: _(
        "We found that the service did not act wrongly. Our message below gives our reasons."
    ),
    State.INADMISSIBLE: _(
        "We cannot examine this complaint. Our message below says why and who may be able to help."
    ),
    State.REFERRED: _("Another body can help you with this. Our message below says which one."),
    State.TRANSMITTED: _(
        "Another body has taken over your complaint. Our message below says which one and why."
    ),
    State.WITHDRAWN: _(
        "The complaint was withdrawn. You can write to us here if that is not right."
    ),
    State.CLOSED: _(
        "We have closed this complaint. You can still read everything here and write to us."
    ),
}

_PROTECTION: dict[State, LazyString] = {
    State.RECEIVED: _(
        "Your request is with us. An investigator will read it and confirm here that we have it."
    ),
    State.ASSESSMENT: _(
        "We are checking whether what was done to you is linked to your report or your testimony. "
        "We do not contact your employer unless you agree."
    ),
    State.JUSTIFICATION: _(
        "We have asked your employer to show that its reasons have nothing to do with your report. "
        "You hear from us when it has answered, or when its time is up."
    ),
    State.NOT_LINKED: _(
        "We found no link between what was done to you and your report. Our message below gives "
        "our reasons. You can still go to court."
    ),
    State.JUSTIFIED: _(
        "Your employer showed other reasons for what it did. Our message below says which. You "
        "can still go to court."
    ),
    State.REPRISAL: _(
        "We found that what was done to you is a reprisal. Our message below says what we "
        "recommend to your employer. It is a recommendation: only a court can order it."
    ),
    State.INADMISSIBLE: _(
        "We cannot examine this request. Our message below says why and who may be able to help."
    ),
    State.WITHDRAWN: _("The request was withdrawn. You can write to us here if that is not right."),
    State.CLOSED: _(
        "We have closed this request. You can still read everything here and write to us."
    ),
}

MEANINGS: dict[tuple[Flow, State], LazyString] = {
    (flow, state): meaning
    for flow, meanings in (
        (Flow.REPORT, _REPORT),
        (Flow.COMPLAINT, _COMPLAINT),
        (Flow.PROTECTION, _PROTECTION),
    )
    for state, meaning in meanings.items()
}

# By shape and word, never by colour alone: the tone of the tag that shows the state.
TONES: dict[State, str] = {
    State.RECEIVED: "new",
    State.WAITING_FOR_SERVICE: "waiting",
    State.ADVISED_INTERNAL: "waiting",
    State.SUSPENDED: "waiting",
    State.JUSTIFICATION: "waiting",
    State.CONCLUDED: "done",
    State.RECONCILED: "done",
    State.FOUNDED: "done",
    State.PARTLY_FOUNDED: "done",
    State.UNFOUNDED: "done",
    State.TRANSMITTED: "done",
    State.REFERRED: "done",
    State.NOT_LINKED: "done",
    State.JUSTIFIED: "done",
    State.REPRISAL: "done",
    State.INADMISSIBLE: "refused",
    State.DISMISSED: "refused",
    State.WITHDRAWN: "closed",
    State.CLOSED: "closed",
}


def tone_of(state: State) -> str:
    """The tone of a state's tag."""
    return TONES.get(state, "active")
