"""Where a message to the person starts from: a text for each step, in the person's language.

The investigator edits it before it is sent. Parts that only she can write stand between `[…` and
`…]`, and a message that still has such a gap is not sent.
"""

import re

from flask_babel import LazyString, force_locale
from flask_babel import lazy_gettext as _

from cases.domain.flows import Action, Flow

_GAP = re.compile(r"\[…[^\]]*…\]")

_TEXTS: dict[tuple[Flow, Action], LazyString] = {
    (Flow.REPORT, Action.ACKNOWLEDGE): _(
        "We have received your report and registered it.\n\n"
        "We now look at whether our office may handle it and how. You will get feedback within "
        "three months of your report, and hear from us earlier if we have a question.\n\n"
        "Please look in this mailbox from time to time. You can write to us here at any moment."
    ),
    (Flow.REPORT, Action.ACCEPT_EXTERNAL): _(
        "Our office will investigate what you reported.\n\n"
        "We do not tell anyone who you are. If we need more from you, we ask it here.\n\n"
        "You will get feedback on what we did within three months of your report."
    ),
    (Flow.REPORT, Action.ADVISE_INTERNAL): _(
        "We advise you to report this to the internal channel of the public service first. It "
        "can often act faster.\n\n"
        "[… how to reach the internal channel …]\n\n"
        "The internal channel must keep your identity secret too. If you fear reprisals, or if "
        "nothing happens, write to us here and we look at it again."
    ),
    (Flow.REPORT, Action.TRANSMIT): _(
        "Another authority has to handle what you reported. We have passed your report on to "
        "it:\n\n"
        "[… which authority, and why …]\n\n"
        "We did not pass on anything that says who you are."
    ),
    (Flow.REPORT, Action.DECLARE_INADMISSIBLE): _(
        "We have read your report with care. Our office cannot handle it, for this reason:\n\n"
        "[… why, in plain words …]\n\n"
        "If you have new facts, or if you think that we made a mistake, you can write to us here."
    ),
    (Flow.REPORT, Action.GIVE_FEEDBACK): _(
        "This is what we have done with your report so far:\n\n"
        "[… what was done, and what follows …]\n\n"
        "Our investigation goes on. You can add to your report here at any moment."
    ),
    (Flow.REPORT, Action.CONCLUDE): _(
        "We have concluded our investigation of what you reported.\n\n"
        "[… what we found, and what happens with it …]\n\n"
        "Thank you for reporting this."
    ),
    (Flow.COMPLAINT, Action.ACKNOWLEDGE): _(
        "We have received your complaint and registered it.\n\n"
        "Within 14 days from today we tell you whether we can examine it. If we have a question, "
        "we ask it here."
    ),
    (Flow.COMPLAINT, Action.ACCEPT): _(
        "We can examine your complaint. We start now, and ask the public service for its side of "
        "the matter.\n\n"
        "You will hear from us at least every 30 days."
    ),
    (Flow.COMPLAINT, Action.ASK_SERVICE_FIRST): _(
        "Please put your complaint to the public service first. It must have the chance to solve "
        "the matter itself.\n\n"
        "[… where and how to complain to the service …]\n\n"
        "If you get no answer, or if the answer does not satisfy you, write to us here. We then "
        "look at your complaint again."
    ),
    (Flow.COMPLAINT, Action.DECLARE_INADMISSIBLE): _(
        "We have read your complaint with care. Our office cannot examine it, for this reason:\n\n"
        "[… why, in plain words …]\n\n"
        "If you have new facts, or if you think that we made a mistake, you can write to us here."
    ),
    (Flow.COMPLAINT, Action.REFER): _(
        "Another body has to handle your complaint:\n\n"
        "[… which body, and how to reach it …]\n\n"
        "With this we close your complaint at our office."
    ),
    (Flow.COMPLAINT, Action.CONCLUDE_RECONCILED): _(
        "The public service has solved the matter, or you and the service agree on a solution:"
        "\n\n"
        "[… the solution …]\n\n"
        "With this we end our examination. If the solution is not carried out, write to us here."
    ),
    (Flow.COMPLAINT, Action.CONCLUDE_FOUNDED): _(
        "We have examined your complaint. We find that it is founded.\n\n"
        "[… what the service did wrong, and what we recommend to it …]\n\n"
        "With this we end our examination. If you have a question about it, write to us here."
    ),
    (Flow.COMPLAINT, Action.CONCLUDE_PARTLY_FOUNDED): _(
        "We have examined your complaint. We find that it is founded in part.\n\n"
        "[… in which part it is and why; in which part it is not and why …]\n\n"
        "With this we end our examination. If you have a question about it, write to us here."
    ),
    (Flow.COMPLAINT, Action.CONCLUDE_UNFOUNDED): _(
        "We have examined your complaint. We find that the public service acted correctly.\n\n"
        "[… why, in plain words …]\n\n"
        "With this we end our examination. If you have a question about it, write to us here."
    ),
    (Flow.COMPLAINT, Action.WITHDRAW): _(
        "You asked us to stop. We do nothing more with your complaint.\n\n"
        "If you change your mind, write to us here."
    ),
}


def first_draft(flow: Flow, action: Action, language: str) -> str:
    """The text that a message starts from, in `language`; empty where a step has none."""
    text = _TEXTS.get((flow, action))
    if text is None:
        return ""
    with force_locale(language):
        return str(text)


def has_gap(text: str) -> bool:
    """Whether a part that only the investigator can write is still missing."""
    return _GAP.search(text) is not None
