"""What the person sees at once in the mailbox: where the case stands, what comes next, by when, and
what is asked of her."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString, format_date, gettext
from flask_babel import lazy_gettext as _

from cases.actions.automatic import reporter_actions
from cases.actions.mailboxes import OpenMailbox
from cases.actions.threads import Thread, ThreadMessage
from cases.domain.contents import Author
from cases.domain.flows import Action, Flow, State
from cases.domain.reminders import is_past

_DECIDED = _("We close the case soon. You can read everything here afterwards and write to us.")
_FOLLOWED_UP = _(
    "We follow up what we recommended. Then we close the case; you can still read everything here."
)
_CLOSED = _("Nothing more, unless you write to us.")

NEXT: dict[tuple[Flow, State], LazyString] = {
    (Flow.REPORT, State.RECEIVED): _("We confirm here that we have your report."),
    (Flow.REPORT, State.ASSESSMENT): _("We tell you whether we take it up, and how."),
    (Flow.REPORT, State.ROUTING): _("We tell you which way we propose, and why."),
    (Flow.REPORT, State.ADVISED_INTERNAL): _(
        "You choose: the internal channel, or our office. If you choose us, we take it up."
    ),
    (Flow.REPORT, State.INVESTIGATION): _(
        "We gather facts and hear people, without saying who you are. Then you get our feedback."
    ),
    (Flow.REPORT, State.TRANSMITTED): _("The other authority handles it and decides."),
    (Flow.REPORT, State.CONCLUDED): _FOLLOWED_UP,
    (Flow.COMPLAINT, State.RECEIVED): _(
        "You get a reference and the name of the person who handles your complaint."
    ),
    (Flow.COMPLAINT, State.ADMISSIBILITY): _("We tell you whether we can examine it, and why."),
    (Flow.COMPLAINT, State.WAITING_FOR_SERVICE): _(
        "If the service does not help you, your complaint comes back to us: when you say so, or "
        "by itself on the day below."
    ),
    (Flow.COMPLAINT, State.DOCUMENTS): _("We gather the documents, then we examine the matter."),
    (Flow.COMPLAINT, State.EXAMINATION): _(
        "We compare what happened with the law and with good administration. Then we decide."
    ),
    (Flow.COMPLAINT, State.SUSPENDED): _("We go on once that decision is there."),
    (Flow.COMPLAINT, State.FOUNDED): _FOLLOWED_UP,
    (Flow.COMPLAINT, State.PARTLY_FOUNDED): _FOLLOWED_UP,
    (Flow.COMPLAINT, State.RECONCILED): _("We check that the solution is carried out."),
    (Flow.COMPLAINT, State.TRANSMITTED): _("The other body handles it and decides."),
    (Flow.COMPLAINT, State.REFERRED): _("You can go to the body named in our message."),
    (Flow.PROTECTION, State.RECEIVED): _("We confirm here that we have your request."),
    (Flow.PROTECTION, State.ASSESSMENT): _(
        "We tell you whether we see a link. Only with your consent do we ask your employer."
    ),
    (Flow.PROTECTION, State.JUSTIFICATION): _("We judge what your employer says, and tell you."),
    (Flow.PROTECTION, State.REPRISAL): _FOLLOWED_UP,
}
# What the person is asked to do in a state, whatever was written.
ASKED: dict[State, LazyString] = {
    State.WAITING_FOR_SERVICE: _(
        "Please put the matter to the service. Tell us here when it does not answer, or when its "
        "answer does not help."
    ),
    State.ADVISED_INTERNAL: _(
        "Please choose. You may always choose our office; you need not give a reason."
    ),
    State.SUSPENDED: _("Please tell us here when the court or the other body has decided."),
}
# What the person can do with one button.
BUTTONS: dict[Action, LazyString] = {
    Action.REPORTER_CAME_BACK: _("The service did not help: take my complaint up again"),
    Action.REPORTER_CHOSE_EXTERNAL: _("I choose your office"),
}


@dataclass(frozen=True, slots=True)
class Outlook:
    """`overdue`: the day we promised has passed. `buttons` are (action, words)."""

    what_next: str
    promised_on: date | None
    overdue: bool
    asked: str
    buttons: Sequence[tuple[Action, LazyString]]


def outlook(mailbox: OpenMailbox, thread: Thread, today: date) -> Outlook:
    """What comes next for the person whose mailbox this is."""
    due = mailbox.promised_on
    return Outlook(
        what_next=str(_next(mailbox.flow, mailbox.state)),
        promised_on=due,
        overdue=due is not None and is_past(due, today),
        asked=_asked(mailbox.state, thread.messages),
        buttons=[
            (action, BUTTONS[action]) for action in reporter_actions(mailbox.flow, mailbox.state)
        ],
    )


def _next(flow: Flow, state: State) -> LazyString:
    return _CLOSED if state is State.CLOSED else NEXT.get((flow, state), _DECIDED)


def _asked(state: State, messages: Sequence[ThreadMessage]) -> str:
    """A question of ours that has no answer yet comes before what the state asks."""
    for message in reversed(messages):
        if message.author is Author.REPORTER:
            break
        if message.asks:
            day = format_date(message.day, "long")
            return str(gettext("We asked you something on %(day)s. Please answer below.", day=day))
    return str(ASKED.get(state, _("Nothing for now.")))
