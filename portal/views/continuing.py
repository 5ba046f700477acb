"""From an open mailbox to the form of the other flow, with the person's own story in it."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from cases.actions import mailboxes
from cases.domain.flows import Flow
from cases.domain.reference import ReferralKind
from cases.errors import NotFound, SessionEnded
from portal.continuing import invited, kept_away, story
from portal.forms.draft import ComplaintPage, ReportPage
from portal.reading import opened
from portal.sending import form_page
from portal.views.mailbox import sign_in_again
from web.access import open_to_all
from web.database import db
from web.forms.offer import Offer
from web.offering import offer
from web.reference import reference

blueprint = Blueprint("continuing", __name__)
blueprint.register_error_handler(SessionEnded, sign_in_again)


@blueprint.post("/mailbox/continue")
@open_to_all()
def other_form() -> ResponseReturnValue:
    """The other form, filled in as far as the story goes. Nothing is sent or stored.

    Raises NotFound where the office invited nobody: no page of ours asks for it then.
    """
    mailbox = opened()
    messages = mailboxes.mailbox_thread(db(), mailbox).messages
    first = next((message for message in messages if message.facts), None)
    flow = invited(mailbox.flow, messages)
    if flow is None or first is None or first.facts is None:
        raise NotFound
    asked = offer()
    told = {**story(first.facts), **kept_away(first, asked)}
    if flow is Flow.REPORT:
        return _report(asked, told)
    return form_page(
        "portal/complaint.html",
        ComplaintPage(asked, continues="yes", **told),
        elsewhere=None,
    )


def _report(asked: Offer, told: dict[str, object]) -> ResponseReturnValue:
    at_work = reference().referrals_of(ReferralKind.WORK)
    form = ReportPage(asked, continues="yes", **told)
    return form_page("portal/report.html", form, at_work=at_work)
