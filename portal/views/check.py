"""Can the office help? A page that asks and answers in the browser; nothing is sent or stored."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from cases.domain.referrals import ReferralKind, of_kinds
from cases.domain.registry import with_own_ombuds
from portal.forms.check import CheckQuestions
from web.access import open_to_all

blueprint = Blueprint("check", __name__)


@blueprint.get("/check")
@open_to_all()
def show() -> ResponseReturnValue:
    """Every question with every answer; the stylesheet unfolds those that were chosen."""
    return render_template(
        "portal/check.html",
        questions=CheckQuestions(),
        own_ombuds=with_own_ombuds(),
        complaints_elsewhere=of_kinds(ReferralKind.OTHER, ReferralKind.COMPLAINT),
        reports_elsewhere=of_kinds(ReferralKind.REPORT),
        at_work=of_kinds(ReferralKind.WORK),
    )
