"""The request for protection against reprisals."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from portal.blank_forms import blank_questions
from portal.forms.draft import ProtectionPage
from portal.sending import form_page, send
from web.access import open_to_all
from web.forms.protection import submission_of
from web.offering import offer
from web.problems import Problem
from web.services import services
from web.uploads import only_attaching

blueprint = Blueprint("protection", __name__)
TEMPLATE = "portal/protection.html"


def _sent() -> ProtectionPage:
    return ProtectionPage(offer(), request.form)


def _again(problem: Problem) -> ResponseReturnValue:
    return form_page(TEMPLATE, _sent(), problem=problem)


@blueprint.get("/protection")
@open_to_all()
def show() -> ResponseReturnValue:
    """The empty form; refused before anybody types where the office's keys cannot be verified."""
    services().roster()
    questions = blank_questions("zegel/intake/protection.html", ProtectionPage)
    return form_page(TEMPLATE, ProtectionPage(offer()), questions=questions)


@blueprint.post("/protection")
@open_to_all(commits=True, keeps=_again, uploads=True)
def take() -> ResponseReturnValue:
    """Take the request in and show the receipt code, or show what is missing."""
    form = _sent()
    if only_attaching():
        return form_page(TEMPLATE, form)
    if not form.validate():
        return form_page(TEMPLATE, form, 422)
    return send(form, submission_of(form))
