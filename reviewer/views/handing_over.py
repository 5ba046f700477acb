"""Handing all of one's cases to a colleague, in batches, with an account of what stays behind."""

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

from cases.actions.handing_over import Giver, HandedOver, hand_over_some
from cases.domain.roles import Permission
from cases.errors import NotFound
from cases.queries.holdings import held_personally
from crypto.roster import RosterMember
from reviewer.forms.handing_on import HandOverForm
from reviewer.people import working_on_cases
from reviewer.session import signed_in
from web.access import needs
from web.database import db
from web.services import services

blueprint = Blueprint("handing_over", __name__)

UNPROCESSABLE = 422


@blueprint.get("/account/hand-over")
@needs(Permission.ASSIGN_CASES)
def page() -> ResponseReturnValue:
    """How many cases the person holds, and to whom they can go."""
    return _page(_offering(HandOverForm(formdata=None)))


@blueprint.post("/account/hand-over")
@needs(Permission.ASSIGN_CASES, commits=True)
def hand_over() -> ResponseReturnValue:
    """Hand over a batch, and say what could not be; sent again, it goes on with what is left."""
    form = _offering(HandOverForm())
    if not form.validate():
        return make_response(_page(form), UNPROCESSABLE)
    to = next((one for one in _others() if one.person.hex() == form.colleague.data), None)
    if to is None:
        raise NotFound
    by = signed_in()
    done = hand_over_some(db(), Giver.oneself(by), to, by, services().now())
    return _page(form, done, to.name)


def _others() -> list[RosterMember]:
    own = signed_in().member.id
    return [one for one in working_on_cases(db(), services().roster()) if one.person != own]


def _offering(form: HandOverForm) -> HandOverForm:
    form.colleague.choices = [(one.person.hex(), one.name) for one in _others()]
    return form


def _page(form: HandOverForm, done: HandedOver | None = None, to: str = "") -> str:
    key_id = Giver.oneself(signed_in()).key_id
    held = len(held_personally(db(), key_id))
    return render_template("reviewer/hand_over.html", form=form, held=held, done=done, to=to)
