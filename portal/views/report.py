"""The report form."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from portal.forms.draft import ReportPage
from portal.sending import form_page, send
from web.access import open_to_all
from web.forms.report import submission_of
from web.i18n import current_language
from web.problems import Problem
from web.services import services

blueprint = Blueprint("report", __name__)
TEMPLATE = "portal/report.html"


def _sent() -> ReportPage:
    return ReportPage(current_language(), request.form)


def _again(problem: Problem) -> ResponseReturnValue:
    return form_page(TEMPLATE, _sent(), problem=problem)


@blueprint.get("/report")
@open_to_all()
def show() -> ResponseReturnValue:
    """The empty form; refused before anybody types where the office's keys cannot be verified."""
    services().roster()
    return form_page(TEMPLATE, ReportPage(current_language()))


@blueprint.post("/report")
@open_to_all(commits=True, keeps=_again)
def take() -> ResponseReturnValue:
    """Take the report in and show the receipt code, or show what is missing."""
    form = _sent()
    if not form.validate():
        return form_page(TEMPLATE, form, 422)
    return send(form, submission_of(form))
