"""The complaint form."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from cases.domain.flows import Flow
from cases.domain.reference import Competence
from portal.blank_forms import blank_questions
from portal.forms.draft import ComplaintPage
from portal.sending import form_page, send
from web.access import open_to_all
from web.forms.complaint import submission_of
from web.forms.service import service_of
from web.offering import offer
from web.problems import Problem
from web.reference import reference
from web.services import services
from web.uploads import only_attaching

blueprint = Blueprint("complaint", __name__)


def _page(
    form: ComplaintPage,
    status: int = 200,
    problem: Problem | None = None,
    elsewhere: Competence | None = None,
    questions: Markup | None = None,
) -> ResponseReturnValue:
    return form_page("portal/complaint.html", form, status, problem, questions, elsewhere=elsewhere)


def _sent() -> ComplaintPage:
    return ComplaintPage(offer(), request.form)


def _again(problem: Problem) -> ResponseReturnValue:
    return _page(_sent(), problem=problem)


@blueprint.get("/complaint")
@open_to_all()
def show() -> ResponseReturnValue:
    """The empty form; refused before anybody types where the office's keys cannot be verified."""
    services().roster()
    questions = blank_questions("zegel/intake/complaint.html", ComplaintPage)
    return _page(ComplaintPage(offer()), questions=questions)


@blueprint.post("/complaint")
@open_to_all(commits=True, keeps=_again, uploads=True)
def take() -> ResponseReturnValue:
    """Take the complaint in and show the receipt code, or show what is missing.

    Where the service has an ombuds of its own the person is told so once, and may then send the
    complaint here all the same.
    """
    form = _sent()
    service, _name = service_of(form)
    elsewhere = _elsewhere(service)
    told = form.told.data == service
    if only_attaching():
        return _page(form, elsewhere=elsewhere if told else None)
    valid, form.told.data = form.validate(), service if elsewhere else ""
    if not valid or (elsewhere and not told):
        return _page(form, 422, elsewhere=elsewhere)
    return send(form, submission_of(form))


def _elsewhere(service: str) -> Competence | None:
    """Who takes complaints about the service in our place; None where nobody is known to."""
    found = reference().competence(service, Flow.COMPLAINT, services().today())
    return found if found.instead and not found.competent else None
