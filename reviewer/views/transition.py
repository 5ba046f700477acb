"""A step of the case on a page of its own: what will happen, the message, the reason."""

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cases.actions.reading import OpenCase
from cases.actions.transitions import Written, act, available
from cases.domain.flows import Transition
from cases.domain.policies import Allowed, Denied
from cases.domain.roles import Permission
from cases.errors import NotFound, Refused, StaleCase
from reviewer.case_texts import internal_channel, language_name
from reviewer.effects import effects
from reviewer.forms import TransitionForm, at_version
from reviewer.kept import keep
from reviewer.messages import first_draft
from reviewer.opened import opened
from reviewer.session import signed_in
from web.access import needs
from web.database import db
from web.reference import reference
from web.services import services

blueprint = Blueprint("transition", __name__)

SEE_OTHER = 303
UNPROCESSABLE = 422


@blueprint.get("/case/<string(length=32):case_id>/act/<name>", endpoint="page")
@needs(Permission.HANDLE_CASES)
def show(case_id: str, name: str) -> ResponseReturnValue:
    """The form of one step, with a text to start from in the person's language."""
    case = opened(case_id)
    row, verdict = _step(case, name)
    form = at_version(TransitionForm(formdata=None), case.version)
    if case.mailbox_open:
        form.message.data = first_draft(case.flow, row.action, case.facts.language)
    form.requires(message=verdict.message_required, reason=verdict.reason_required)
    return _page(case, row, verdict, form)


@blueprint.post("/case/<string(length=32):case_id>/act/<name>")
@needs(Permission.HANDLE_CASES, commits=True, keeps=keep)
def take(case_id: str, name: str) -> ResponseReturnValue:
    """Take the step: state, clocks, message and reason in one transaction."""
    case, form = opened(case_id), TransitionForm()
    if form.version.data != case.version:
        # Before the state is looked at: not the step is wrong then, but the page is old.
        raise StaleCase
    row, verdict = _step(case, name)
    form.requires(message=verdict.message_required, reason=verdict.reason_required)
    if not form.validate():
        return make_response(_page(case, row, verdict, form), UNPROCESSABLE)
    act(
        db(),
        case,
        row.action,
        Written(form.message.data or "", form.reason.data or ""),
        signed_in(),
        case.version,
        services().now(),
        reference(),
    )
    return redirect(url_for("case.page", case_id=case_id, done="step"), SEE_OTHER)


def _step(case: OpenCase, name: str) -> tuple[Transition, Allowed]:
    """The row of the flow's table and its verdict. Raises NotFound, Refused."""
    for row, verdict in available(case, signed_in()):
        if row.action == name:
            if isinstance(verdict, Denied):
                raise Refused(verdict.reason)
            return row, verdict
    raise NotFound


def _page(case: OpenCase, row: Transition, verdict: Allowed, form: TransitionForm) -> str:
    against = verdict.reason_required and not row.reason_required
    return render_template(
        "reviewer/transition.html",
        case=case,
        case_id=case.case_id.hex(),
        row=row,
        effects=effects(row),
        against_internal=against,
        internal=internal_channel(case.facts),
        language_name=language_name(case.facts.language),
        form=form,
    )
