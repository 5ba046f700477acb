"""A new key for a case, on its own account: a device was lost, or a grant may have been copied."""

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cases.actions import rekeying
from cases.actions.reading import OpenCase
from cases.domain.policies import Denied
from cases.domain.roles import Permission
from reviewer.forms import NewKeyForm, at_version
from reviewer.kept import keep
from reviewer.opened import opened
from reviewer.session import signed_in
from web.access import needs
from web.database import db, scrub_after_commit
from web.labels import text_of
from web.services import services

blueprint = Blueprint("case_key", __name__)


@blueprint.get("/case/<string(length=32):case_id>/key")
@needs(Permission.HANDLE_CASES)
def show(case_id: str) -> ResponseReturnValue:
    """What a new key means, and the form for its reason."""
    case = opened(case_id)
    return _page(case, at_version(NewKeyForm(formdata=None), case.version))


@blueprint.post("/case/<string(length=32):case_id>/key")
@needs(Permission.HANDLE_CASES, commits=True, keeps=keep)
def change(case_id: str) -> ResponseReturnValue:
    """Give the case a new key."""
    case, form, here = opened(case_id), NewKeyForm(), services()
    if not form.validate():
        return make_response(_page(case, form), 422)
    reason, version = form.reason.data or "", form.version.data or 0
    rekeying.renew_key(db(), case, reason, signed_in(), here.roster(), version, here.now())
    scrub_after_commit()
    return redirect(url_for("case.page", case_id=case_id, done="new_key"), 303)


def _page(case: OpenCase, form: NewKeyForm) -> str:
    verdict = rekeying.may_change_key(case, signed_in(), services().roster())
    return render_template(
        "reviewer/case_key.html",
        case=case,
        case_id=case.case_id.hex(),
        form=form,
        denied=text_of(verdict.reason) if isinstance(verdict, Denied) else None,
    )
