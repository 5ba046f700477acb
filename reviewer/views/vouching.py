"""Vouching for a colleague who lost phone or passkey."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cases.actions import factor_reset
from cases.domain.roles import Permission
from cases.queries.staff import colleagues
from reviewer.session import signed_in
from web.access import needs
from web.database import db
from web.services import services

blueprint = Blueprint("vouching", __name__)

SEE_OTHER = 303
_LOGIN = "<string(maxlength=60):login>"


@blueprint.get("/people/factor")
@needs(Permission.USE_CONSOLE)
def choose() -> ResponseReturnValue:
    """Everybody else who signs in here."""
    me, known = signed_in().member.id, services().roster().roster.members
    names = {one.person: one.name for one in known if one.person != me}
    people = [(one.login, names[one.id]) for one in colleagues(db()) if one.id in names]
    return render_template("reviewer/vouching.html", people=people)


@blueprint.get(f"/people/{_LOGIN}/factor")
@needs(Permission.USE_CONSOLE)
def page(login: str) -> ResponseReturnValue:
    """What vouching does, who has done it, and the button."""
    me, here = signed_in(), services()
    loss = factor_reset.loss_of(db(), login, me, here.roster(), here.today())
    return render_template(
        "reviewer/vouch.html",
        login=login,
        loss=loss,
        mine=any(one.person == me.member.id for one in loss.vouched),
        done=request.args.get("done") == "vouched",
    )


@blueprint.post(f"/people/{_LOGIN}/factor", endpoint="vouch")
@needs(Permission.USE_CONSOLE, commits=True)
def vouch(login: str) -> ResponseReturnValue:
    """Sign for the colleague."""
    here = services()
    factor_reset.vouch(db(), login, signed_in(), here.roster(), here.now())
    return redirect(url_for("vouching.page", login=login, done="vouched"), SEE_OTHER)
