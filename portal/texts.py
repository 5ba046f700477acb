"""What a state means for the person who waits, in words; and what was wrong with a typed code."""

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from cases.domain.flows import Flow, State
from crypto.errors import UnknownWord, WrongWordCount

MEANINGS: dict[tuple[Flow, State], LazyString] = {
    (Flow.REPORT, State.RECEIVED): _(
        "Your report is with us. An investigator will read it and confirm here that we have it."
    ),
    (Flow.REPORT, State.ASSESSMENT): _(
        "We are checking whether we are the right office and what the next step should be."
    ),
    (Flow.REPORT, State.INVESTIGATION): _(
        "We are looking into what you reported. We may ask you questions here."
    ),
    (Flow.REPORT, State.ADVISED_INTERNAL): _(
        "We advise you to report this inside the service first. Our message below says why and "
        "how. If that does not help, or you fear reprisals, write to us here."
    ),
    (Flow.REPORT, State.TRANSMITTED): _(
        "Another authority has to handle this. Our message below says which one and why."
    ),
    (Flow.REPORT, State.INADMISSIBLE): _(
        "We cannot handle this report. Our message below says why and who may be able to help."
    ),
    (Flow.REPORT, State.CONCLUDED): _(
        "Our investigation is finished. Our message below tells you the result."
    ),
    (Flow.REPORT, State.CLOSED): _(
        "We have closed this report. You can still read everything here and write to us."
    ),
    (Flow.COMPLAINT, State.RECEIVED): _(
        "Your complaint is with us. A case handler will read it and confirm here that we have it."
    ),
    (Flow.COMPLAINT, State.ADMISSIBILITY): _(
        "We are checking whether we can examine your complaint."
    ),
    (Flow.COMPLAINT, State.WAITING_FOR_SERVICE): _(
        "We ask you to contact the public service first. Write to us here when it does not answer "
        "or when its answer does not help you."
    ),
    (Flow.COMPLAINT, State.EXAMINATION): _(
        "We are examining your complaint with the public service."
    ),
    (Flow.COMPLAINT, State.RECONCILED): _(
        "A solution was found between you and the service. Our message below says which."
    ),
    (Flow.COMPLAINT, State.FOUNDED): _(
        "Your complaint is founded. Our message below gives our reasons and what we asked for."
    ),
    (Flow.COMPLAINT, State.PARTLY_FOUNDED): _(
        "Your complaint is founded in part. Our message below gives our reasons."
    ),
    (Flow.COMPLAINT, State.UNFOUNDED): _(
        "We found that the service did not act wrongly. Our message below gives our reasons."
    ),
    (Flow.COMPLAINT, State.INADMISSIBLE): _(
        "We cannot examine this complaint. Our message below says why and who may be able to help."
    ),
    (Flow.COMPLAINT, State.REFERRED): _(
        "Another body can help you with this. Our message below says which one."
    ),
    (Flow.COMPLAINT, State.WITHDRAWN): _(
        "The complaint was withdrawn. You can write to us here if that is not right."
    ),
    (Flow.COMPLAINT, State.CLOSED): _(
        "We have closed this complaint. You can still read everything here and write to us."
    ),
}

# By shape and word, never by colour alone: the tone of the tag that shows the state.
TONES: dict[State, str] = {
    State.RECEIVED: "new",
    State.WAITING_FOR_SERVICE: "waiting",
    State.ADVISED_INTERNAL: "waiting",
    State.CONCLUDED: "done",
    State.RECONCILED: "done",
    State.FOUNDED: "done",
    State.PARTLY_FOUNDED: "done",
    State.UNFOUNDED: "done",
    State.TRANSMITTED: "done",
    State.REFERRED: "done",
    State.INADMISSIBLE: "refused",
    State.WITHDRAWN: "closed",
    State.CLOSED: "closed",
}

WRONG_CODE = _(
    "No mailbox opens with these ten words. Check each word and the order. If you deleted the "
    "mailbox, its code no longer opens anything."
)


def unreadable_code(fault: UnknownWord | WrongWordCount) -> str:
    """What to check in a code that cannot be one; nothing here knows which codes exist."""
    if isinstance(fault, UnknownWord):
        text = gettext(
            "Word %(position)s, “%(word)s”, is in none of our word lists. Check how it is spelled.",
            position=fault.position,
            word=fault.word,
        )
    else:
        text = gettext("A receipt code has ten words. You typed %(count)s.", count=fault.count)
    return str(text)


def tone_of(state: State) -> str:
    """The tone of a state's tag."""
    return TONES.get(state, "active")
