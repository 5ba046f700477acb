"""The signed-in person's own page: who she is here and which keys the office uses now."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from cases.domain.roles import Permission
from reviewer.session import signed_in
from web.access import needs
from web.labels import text_of
from web.services import services

blueprint = Blueprint("account", __name__)


@blueprint.get("/account")
@needs(Permission.USE_CONSOLE)
def page() -> ResponseReturnValue:
    """Name, login, roles, and the fingerprint of the roster in force."""
    member, roster = signed_in().member, services().roster()
    return render_template(
        "reviewer/account.html",
        member=member,
        roles=[text_of(role) for role in sorted(member.roles)],
        may_see_cases=member.may(Permission.SEE_CASES),
        roster=roster,
        fingerprint=roster.fingerprint_text,
    )
