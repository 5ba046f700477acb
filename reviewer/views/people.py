"""The people of the office, for the head: whose sessions are open, and who may not sign in now."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cases.actions import session_ending, suspending
from cases.domain.roles import Permission
from reviewer.colleague_rows import colleague_rows, id_of
from reviewer.session import signed_in
from web.access import needs
from web.database import db
from web.services import services

blueprint = Blueprint("people", __name__)

SEE_OTHER = 303
_LOGIN = "<string(maxlength=60):login>"


@blueprint.get("/people")
@needs(Permission.END_SESSIONS)
def page() -> ResponseReturnValue:
    """Everyone with a role, their open sessions, and whether they can sign in."""
    done = request.args.get("done", "")
    return render_template("reviewer/people.html", rows=colleague_rows(), done=done)


@blueprint.post(f"/people/{_LOGIN}/sessions/end")
@needs(Permission.END_SESSIONS, commits=True)
def end_sessions(login: str) -> ResponseReturnValue:
    """End every session of a colleague."""
    session_ending.end_all_of(db(), id_of(login), signed_in(), services().now())
    return _back("sessions")


@blueprint.post(f"/people/{_LOGIN}/suspend")
@needs(Permission.SUSPEND_STAFF, commits=True)
def suspend(login: str) -> ResponseReturnValue:
    """Keep a colleague from signing in, from now on."""
    suspending.suspend(db(), id_of(login), signed_in(), services().now())
    return _back("suspended")


@blueprint.post(f"/people/{_LOGIN}/restore")
@needs(Permission.SUSPEND_STAFF, commits=True)
def restore(login: str) -> ResponseReturnValue:
    """Let a colleague sign in again."""
    suspending.restore(db(), id_of(login), signed_in(), services().now())
    return _back("restored")


def _back(done: str) -> ResponseReturnValue:
    return redirect(url_for("people.page", done=done), SEE_OTHER)
