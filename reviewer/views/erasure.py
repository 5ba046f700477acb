"""What is over and can be erased, what will be soon, and what a hold keeps."""

from datetime import timedelta

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cases.actions.erasure import ERASED_AT_ONCE, erase_due
from cases.domain.roles import Permission
from cases.queries.erasures import coming_cases, count_due, due_cases, held_cases
from reviewer.erasing import finish_after_commit
from reviewer.forms.erasure import ErasureForm
from reviewer.session import signed_in
from web.access import needs
from web.database import db, scrub_after_commit
from web.services import services

blueprint = Blueprint("erasure", __name__)

SEE_OTHER = 303
UNPROCESSABLE = 422
AHEAD = timedelta(days=90)


@blueprint.get("/erasure")
@needs(Permission.ERASE_CASES)
def page() -> ResponseReturnValue:
    """The three lists, and the question whether what is due goes."""
    return _page(ErasureForm(formdata=None))


@blueprint.post("/erasure")
@needs(Permission.ERASE_CASES, commits=True)
def erase() -> ResponseReturnValue:
    """Erase what is due: exactly what the person has read of."""
    form, by, now = ErasureForm(), signed_in(), services().now()
    form.shows(due_cases(db(), by.keys.holder, services().today(), ERASED_AT_ONCE))
    if not form.validate():
        return make_response(_page(form), UNPROCESSABLE)
    files = erase_due(db(), form.was_read, by, now)
    finish_after_commit(files)
    scrub_after_commit()
    return redirect(url_for("erasure.page", done=form.expected), SEE_OTHER)


def _page(form: ErasureForm) -> str:
    holder, today = signed_in().keys.holder, services().today()
    until = today + AHEAD
    due = due_cases(db(), holder, today, ERASED_AT_ONCE)
    form.shows(due)
    form.read.data = form.listed
    return render_template(
        "reviewer/erasure.html",
        form=form,
        due=due,
        due_in_all=count_due(db(), today),
        coming=coming_cases(db(), holder, today, until, ERASED_AT_ONCE),
        on_hold=held_cases(db(), holder, until, ERASED_AT_ONCE),
        until=until,
        done=_done(request.args.get("done", "")),
    )


def _done(number: str) -> int:
    return int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
