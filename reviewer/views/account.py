"""The signed-in person's own page: who she is here, where her mail goes, which keys are in use."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cases.actions.work_address import set_work_address
from cases.domain.roles import Permission
from cases.queries.staff import work_address
from reviewer.account_forms import WorkAddressForm
from reviewer.open_sessions import session_rows
from reviewer.pressure_notice import pressure_notice
from reviewer.session import signed_in
from web.access import needs
from web.database import db
from web.errors import keep_typed
from web.labels import text_of
from web.services import services

blueprint = Blueprint("account", __name__)

SEE_OTHER = 303
UNPROCESSABLE = 422


@blueprint.get("/account")
@needs(Permission.USE_CONSOLE)
def page() -> ResponseReturnValue:
    """Name, login, roles, where reminders go, open sessions, and the roster's fingerprint."""
    form = WorkAddressForm(formdata=None)
    form.email.data = work_address(db(), signed_in().member.id)
    return _page(form)


@blueprint.post("/account/email")
@needs(Permission.USE_CONSOLE, commits=True, keeps=keep_typed("email"))
def email() -> ResponseReturnValue:
    """Keep the address at which the person is told of reminders, or forget it."""
    form = WorkAddressForm()
    if not form.validate():
        return make_response(_page(form), UNPROCESSABLE)
    set_work_address(db(), form.email.data or "", signed_in(), services().now())
    return redirect(url_for("account.page", done="email"), SEE_OTHER)


def _page(form: WorkAddressForm) -> str:
    member, roster = signed_in().member, services().roster()
    return render_template(
        "reviewer/account.html",
        form=form,
        done=request.args.get("done", ""),
        sessions=session_rows(),
        member=member,
        roles=[text_of(role) for role in sorted(member.roles)],
        may_see_cases=member.may(Permission.SEE_CASES),
        roster=roster,
        fingerprint=roster.fingerprint_text,
        pressure=pressure_notice(),
    )
