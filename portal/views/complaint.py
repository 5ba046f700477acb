"""The complaint form."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from portal.forms.draft import ComplaintPage
from portal.sending import form_page, send
from web.access import open_to_all
from web.forms.complaint import submission_of
from web.i18n import current_language
from web.problems import Problem
from web.services import services

blueprint = Blueprint("complaint", __name__)
TEMPLATE = "portal/complaint.html"


def _sent() -> ComplaintPage:
    return ComplaintPage(current_language(), services().today(), request.form)


def _again(problem: Problem) -> ResponseReturnValue:
    return form_page(TEMPLATE, _sent(), problem=problem)


@blueprint.get("/complaint")
@open_to_all()
def show() -> ResponseReturnValue:
    """The empty form; refused before anybody types where the office's keys cannot be verified."""
    services().roster()
    return form_page(TEMPLATE, ComplaintPage(current_language(), services().today()))


@blueprint.post("/complaint")
@open_to_all(commits=True, keeps=_again)
def take() -> ResponseReturnValue:
    """Take the complaint in and show the receipt code, or show what is missing."""
    form = _sent()
    if not form.validate():
        return form_page(TEMPLATE, form, 422)
    return send(form, submission_of(form))
