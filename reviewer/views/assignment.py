"""Who works on a case: taking it out of the pool, sharing it, giving it back."""

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cases.actions import assignment
from cases.actions.reading import OpenCase
from cases.domain.roles import Permission
from cases.errors import NotFound
from reviewer.forms import ShareForm, VersionedForm, at_version
from reviewer.kept import keep
from reviewer.opened import opened
from reviewer.people import colleagues_without
from reviewer.session import signed_in
from web.access import needs
from web.database import db
from web.services import services

blueprint = Blueprint("assignment", __name__)

SEE_OTHER = 303
UNPROCESSABLE = 422


@blueprint.post("/case/<string(length=32):case_id>/take")
@needs(Permission.HANDLE_CASES, commits=True, keeps=keep)
def take(case_id: str) -> ResponseReturnValue:
    """Take the case out of the intake pool: from now on only its holders can open it."""
    case, here = opened(case_id), services()
    assignment.take(db(), case, signed_in(), _version(), here.now())
    return redirect(url_for("case.page", case_id=case_id, done="take"), SEE_OTHER)


@blueprint.post("/case/<string(length=32):case_id>/give-back")
@needs(Permission.ASSIGN_CASES, commits=True, keeps=keep)
def give_back(case_id: str) -> ResponseReturnValue:
    """Grant the case to the intake pool again; who gives it back may not open it any more."""
    case, here = opened(case_id), services()
    assignment.give_back(db(), case, here.roster(), signed_in(), _version(), here.now())
    return redirect(url_for("inbox.cases", done="give_back"), SEE_OTHER)


@blueprint.get("/case/<string(length=32):case_id>/share", endpoint="share_page")
@needs(Permission.ASSIGN_CASES)
def show(case_id: str) -> ResponseReturnValue:
    """Choose a colleague."""
    case = opened(case_id)
    form = at_version(_share_form(case, ShareForm(formdata=None)), case.version)
    return _page(case, form)


@blueprint.post("/case/<string(length=32):case_id>/share")
@needs(Permission.ASSIGN_CASES, commits=True, keeps=keep)
def share(case_id: str) -> ResponseReturnValue:
    """Grant the case to a colleague whose key stands on the signed roster."""
    case = opened(case_id)
    form = _share_form(case, ShareForm())
    if not form.validate():
        return make_response(_page(case, form), UNPROCESSABLE)
    people = colleagues_without(db(), case, services().roster())
    chosen = next((one for one in people if one.person.hex() == form.colleague.data), None)
    if chosen is None:
        raise NotFound
    assignment.share(db(), case, chosen, signed_in(), form.version.data or 0, services().now())
    return redirect(url_for("case.page", case_id=case_id, done="share"), SEE_OTHER)


def _version() -> int:
    return VersionedForm().version.data or 0


def _share_form(case: OpenCase, form: ShareForm) -> ShareForm:
    people = colleagues_without(db(), case, services().roster())
    form.colleague.choices = [(one.person.hex(), one.name) for one in people]
    return form


def _page(case: OpenCase, form: ShareForm) -> str:
    return render_template("reviewer/share.html", case=case, case_id=case.case_id.hex(), form=form)
