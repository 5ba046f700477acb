"""A complaint that turns out to be a report, or the reverse: the same story, in a case of its own.

The person decides. What she wrote of the facts goes into the other form, to be changed before it is
sent; her name, how to reach her and the reference of this case stay behind. Whom she kept away
stays away.
"""

from collections.abc import Iterable
from dataclasses import replace

from flask_babel import format_date
from wtforms import Form

from cases.actions.intake import Submission
from cases.actions.threads import ThreadMessage
from cases.domain.facts import ComplaintFacts, Facts, ReportFacts
from cases.domain.flows import Action, Flow
from web.forms.offer import Offer

OTHER_FLOW = {Flow.COMPLAINT: Flow.REPORT, Flow.REPORT: Flow.COMPLAINT}


def invited(flow: Flow, messages: Iterable[ThreadMessage]) -> Flow | None:
    """The other flow, where the office invited the person to it; None where it did not."""
    if any(message.action is Action.INVITE_OTHER_FLOW for message in messages):
        return OTHER_FLOW.get(flow)
    return None


def story(facts: Facts) -> dict[str, str]:
    """What the form of the other flow starts from: the service, what happened and when."""
    service = {"authority": facts.authority, "authority_other": facts.authority_other}
    match facts:
        case ComplaintFacts():
            day = str(format_date(facts.facts_on, "long")) if facts.facts_on else ""
            return {**service, "what": facts.problem, "when_where": day}
        case ReportFacts():
            return {**service, "problem": "\n\n".join(filter(None, (facts.what, facts.when_where)))}
        case _:
            return {}


def kept_away(first: ThreadMessage, offer: Offer) -> dict[str, object]:
    """Who must not see the first case, ticked again: they would read the same story here.

    Who has left the office is not on the form any more.
    """
    named = {each.hex() for each in first.excluded}
    ticked = [person for person, _name in offer.people if person in named]
    return {"excluded": ticked, "excluded_other": first.excluded_other}


def joined(form: Form, submission: Submission) -> Submission:
    """The submission, with the earlier case's reference where the person ticked the box."""
    if "together" not in form or not form["together"].data:
        return submission
    return replace(submission, facts=replace(submission.facts, belongs_to=form["together"].data))
