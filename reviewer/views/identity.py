"""Asking the custodians for the name that a reporter gave in confidence, and reading it."""

from flask import (
    Blueprint,
    make_response,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue

from cases.actions import identity_reading, identity_requests
from cases.domain.roles import Permission
from reviewer.forms.custody import AskForm
from reviewer.identity_page import identity_page
from reviewer.kept import keep
from reviewer.opened import identifier, opened
from reviewer.session import signed_in
from web.access import needs
from web.database import db, scrub_after_commit
from web.reference import reference
from web.services import services

blueprint = Blueprint("identity", __name__)

SEE_OTHER = 303
UNPROCESSABLE = 422

_PATH = "/case/<string(length=32):case_id>/identity"
_ONE = f"{_PATH}/<string(length=32):request_id>"


@blueprint.get(_PATH, endpoint="page")
@needs(Permission.SEE_CASES)
def show(case_id: str) -> ResponseReturnValue:
    """What was asked and decided about the name, and the form to ask."""
    return identity_page(opened(case_id))


@blueprint.post(_PATH)
@needs(Permission.ASK_FOR_IDENTITY, commits=True, keeps=keep)
def ask(case_id: str) -> ResponseReturnValue:
    """Ask every custodian who holds a share of this name."""
    case, form, here = opened(case_id), AskForm(), services()
    if not form.validate():
        return make_response(identity_page(case, form), UNPROCESSABLE)
    identity_requests.ask(db(), case, form.asking, signed_in(), here.roster(), here.now())
    return redirect(url_for("identity.page", case_id=case_id, done="asked"), SEE_OTHER)


@blueprint.post(f"{_ONE}/withdraw")
@needs(Permission.ASK_FOR_IDENTITY, commits=True, keeps=keep)
def withdraw(case_id: str, request_id: str) -> ResponseReturnValue:
    """Take one's own request back, or give the name up before its days are over."""
    case, asked = opened(case_id), identifier(request_id)
    identity_requests.withdraw(db(), case, asked, signed_in(), services().now())
    scrub_after_commit()
    return redirect(url_for("identity.page", case_id=case_id, done="withdrawn"), SEE_OTHER)


@blueprint.post(f"{_ONE}/read")
@needs(Permission.ASK_FOR_IDENTITY, commits=True, keeps=keep)
def read(case_id: str, request_id: str) -> ResponseReturnValue:
    """Put the name together from the custodians' shares, for this page only."""
    case, here = opened(case_id), services()
    found = identity_reading.read(
        db(), case, identifier(request_id), signed_in(), here.roster(), here.now(), reference()
    )
    return render_template("reviewer/identity_opened.html", case=case, case_id=case_id, found=found)
