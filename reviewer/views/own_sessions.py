"""Ending one's own sessions: one that was left open elsewhere, or all but this one."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cases.actions.session_ending import end_others, end_own
from cases.domain.roles import Permission
from reviewer.session import signed_in
from web.access import needs
from web.cookies import browser
from web.database import db
from web.services import services

blueprint = Blueprint("own_sessions", __name__)

SEE_OTHER = 303


@blueprint.post("/account/sessions/end")
@needs(Permission.USE_CONSOLE, commits=True)
def end() -> ResponseReturnValue:
    """End the session that the form names; one that has ended already is ended."""
    end_own(db(), _named(), signed_in(), services().now())
    return redirect(url_for("account.page", done="session"), SEE_OTHER)


@blueprint.post("/account/sessions/end-others")
@needs(Permission.USE_CONSOLE, commits=True)
def others() -> ResponseReturnValue:
    """End every session but the one that asks."""
    end_others(db(), browser().ensure(), signed_in(), services().now())
    return redirect(url_for("account.page", done="session"), SEE_OTHER)


def _named() -> bytes:
    try:
        return bytes.fromhex(request.form.get("session", ""))
    except ValueError:
        return b""
