"""The report form."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from cases.domain.reference import ReferralKind
from portal.blank_forms import blank_questions
from portal.forms.draft import ReportPage
from portal.sending import form_page, send
from web.access import open_to_all
from web.forms.report import submission_of
from web.offering import offer
from web.problems import Problem
from web.reference import reference
from web.services import services
from web.uploads import only_attaching

blueprint = Blueprint("report", __name__)


def _page(
    form: ReportPage,
    status: int = 200,
    problem: Problem | None = None,
    questions: Markup | None = None,
) -> ResponseReturnValue:
    at_work = reference().referrals_of(ReferralKind.WORK)
    return form_page("portal/report.html", form, status, problem, questions, at_work=at_work)


def _sent() -> ReportPage:
    return ReportPage(offer(), request.form)


def _again(problem: Problem) -> ResponseReturnValue:
    return _page(_sent(), problem=problem)


@blueprint.get("/report")
@open_to_all()
def show() -> ResponseReturnValue:
    """The empty form; refused before anybody types where the office's keys cannot be verified."""
    services().roster()
    questions = blank_questions("zegel/intake/report.html", ReportPage)
    return _page(ReportPage(offer()), questions=questions)


@blueprint.post("/report")
@open_to_all(commits=True, keeps=_again, uploads=True)
def take() -> ResponseReturnValue:
    """Take the report in and show the receipt code, or show what is missing."""
    form = _sent()
    if only_attaching():
        return _page(form)
    if not form.validate():
        return _page(form, 422)
    return send(form, submission_of(form))
