"""Can the office help? A page that asks and answers in the browser; nothing is sent or stored."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from cases.domain.flows import Flow
from cases.domain.reference import ReferralKind
from portal.forms.check import CheckQuestions
from web.access import open_to_all
from web.reference import reference
from web.services import services

blueprint = Blueprint("check", __name__)


@blueprint.get("/check")
@open_to_all()
def show() -> ResponseReturnValue:
    """Every question with every answer; the stylesheet unfolds those that were chosen."""
    known = reference()
    return render_template(
        "portal/check.html",
        questions=CheckQuestions(),
        own_ombuds=known.with_own_ombuds(Flow.COMPLAINT, services().today()),
        complaints_elsewhere=known.referrals_of(ReferralKind.OTHER, ReferralKind.COMPLAINT),
        reports_elsewhere=known.referrals_of(ReferralKind.REPORT),
        at_work=known.referrals_of(ReferralKind.WORK),
    )
