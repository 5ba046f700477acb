"""The page of a case, and notes on it."""

from flask import Blueprint, make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from cases.actions import correspondence
from cases.domain.roles import Permission
from reviewer.case_page import case_page
from reviewer.forms import NoteForm
from reviewer.kept import keep
from reviewer.opened import opened
from reviewer.session import signed_in
from web.access import needs
from web.database import db
from web.services import services

blueprint = Blueprint("case", __name__)

SEE_OTHER = 303
UNPROCESSABLE = 422


@blueprint.get("/case/<string(length=32):case_id>", endpoint="page")
@needs(Permission.SEE_CASES)
def show(case_id: str) -> ResponseReturnValue:
    """Everything about one case, opened for this page only."""
    return case_page(opened(case_id), NoteForm(formdata=None))


@blueprint.post("/case/<string(length=32):case_id>/note")
@needs(Permission.HANDLE_CASES, commits=True, keeps=keep)
def note(case_id: str) -> ResponseReturnValue:
    """Add a note that only the office reads."""
    case, form = opened(case_id), NoteForm()
    if not form.validate():
        return make_response(case_page(case, form), UNPROCESSABLE)
    correspondence.add_note(db(), case, form.note.data or "", signed_in(), services().now())
    return redirect(url_for("case.page", case_id=case_id, done="note", _anchor="notes"), SEE_OTHER)
