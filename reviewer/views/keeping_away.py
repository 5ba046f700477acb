"""Keeping somebody of the office away from a case, oneself too."""

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cases.actions import exclusion, rekeying
from cases.actions.reading import OpenCase
from cases.domain.policies import Denied
from cases.domain.roles import Permission
from cases.errors import NotFound
from reviewer.forms import at_version
from reviewer.forms.keeping_away import KeepAwayForm
from reviewer.kept import keep
from reviewer.opened import opened
from reviewer.people import who_can_be_kept_away
from reviewer.session import signed_in
from web.access import needs
from web.database import db, scrub_after_commit
from web.labels import text_of
from web.services import services

blueprint = Blueprint("keeping_away", __name__)

_ADDRESS = "/case/<string(length=32):case_id>/keep-away"


@blueprint.get(_ADDRESS)
@needs(Permission.ASSIGN_CASES)
def show(case_id: str) -> ResponseReturnValue:
    """What it means, and the form."""
    case = opened(case_id)
    return _page(case, at_version(_form(case, KeepAwayForm(formdata=None)), case.version))


@blueprint.post(_ADDRESS)
@needs(Permission.ASSIGN_CASES, commits=True, keeps=keep)
def take(case_id: str) -> ResponseReturnValue:
    """Keep a person away; who keeps themself away is shown the inbox."""
    case, here, by = opened(case_id), services(), signed_in()
    form = _form(case, KeepAwayForm())
    if not form.validate():
        return make_response(_page(case, form), 422)
    people = who_can_be_kept_away(case, here.roster())
    person = next((one for one in people if one.person.hex() == form.person.data), None)
    if person is None:
        raise NotFound
    reason, version = form.reason.data or "", form.version.data or 0
    exclusion.exclude(db(), case, person, reason, by, here.roster(), version, here.now())
    scrub_after_commit()
    if person.person == by.member.id:
        return redirect(url_for("inbox.cases", done="kept_away"), 303)
    return redirect(url_for("case.page", case_id=case_id, done="kept_away"), 303)


def _form(case: OpenCase, form: KeepAwayForm) -> KeepAwayForm:
    people = who_can_be_kept_away(case, services().roster())
    form.person.choices = [(one.person.hex(), one.name) for one in people]
    return form


def _page(case: OpenCase, form: KeepAwayForm) -> str:
    verdict = rekeying.may_change_key(case, signed_in(), services().roster())
    return render_template(
        "reviewer/keep_away.html",
        case=case,
        case_id=case.case_id.hex(),
        form=form,
        denied=text_of(verdict.reason) if isinstance(verdict, Denied) else None,
    )
