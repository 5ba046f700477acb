"""The list of keys, as far as the console has to do with it: saying that its changes were read."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cases.actions.rosters import acknowledge
from cases.domain.roles import Permission
from reviewer.session import signed_in
from web.access import needs
from web.database import db
from web.services import services

blueprint = Blueprint("roster", __name__)

SEE_OTHER = 303


@blueprint.post("/roster/read")
@needs(Permission.SEE_CASES, commits=True)
def read() -> ResponseReturnValue:
    """Note that the person has read what the roster in force changed.

    Where it changed once more meanwhile, the front page shows that, and nothing is noted.
    """
    roster = services().roster()
    if request.form.get("fingerprint", "") == roster.fingerprint.hex():
        acknowledge(db(), roster, signed_in(), services().now())
    return redirect(url_for("inbox.cases"), SEE_OTHER)
