"""What waits for a custodian: requests for names that reporters gave in confidence."""

from flask import (
    Blueprint,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from cases.actions import custody
from cases.actions.custody import Question
from cases.domain.roles import Permission
from reviewer.forms.custody import CustodianForm
from reviewer.opened import identifier
from reviewer.session import signed_in
from web.access import needs
from web.database import db, scrub_after_commit
from web.errors import keep_typed
from web.services import services

blueprint = Blueprint("custody", __name__)

SEE_OTHER = 303
UNPROCESSABLE = 422

_ONE = "/custody/<string(length=32):request_id>"


@blueprint.get("/custody")
@needs(Permission.GUARD_IDENTITIES)
def page() -> ResponseReturnValue:
    """Every request that this custodian can still answer."""
    here = services()
    waiting = custody.waiting(db(), signed_in(), here.roster(), here.today())
    return render_template("reviewer/custody.html", waiting=waiting, done="done" in request.args)


@blueprint.get(_ONE)
@needs(Permission.GUARD_IDENTITIES)
def question(request_id: str) -> ResponseReturnValue:
    """One request, to be read and answered."""
    return _page(_question(request_id), CustodianForm(formdata=None))


@blueprint.post(_ONE)
@needs(Permission.GUARD_IDENTITIES, commits=True, keeps=keep_typed("reason"))
def answer(request_id: str) -> ResponseReturnValue:
    """Hand over one's share of this one name, or refuse."""
    form, here = CustodianForm(), services()
    if not form.validate():
        return make_response(_page(_question(request_id), form), UNPROCESSABLE)
    custody.answer(
        db(),
        identifier(request_id),
        form.was_read,
        form.reason.data or "",
        signed_in(),
        here.roster(),
        here.now(),
        approves=form.approves,
    )
    scrub_after_commit()
    return redirect(url_for("custody.page", done=""), SEE_OTHER)


def _question(request_id: str) -> Question:
    return custody.question(db(), identifier(request_id), signed_in(), services().roster())


def _page(found: Question, form: CustodianForm) -> str:
    form.shows(found)
    return render_template("reviewer/custody_request.html", found=found, form=form)
