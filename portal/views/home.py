"""`/`: the way to the start page in the browser's language."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from web.access import open_to_all
from web.i18n import preferred_language

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@open_to_all()
def choose_language() -> ResponseReturnValue:
    """Go by `Accept-Language`."""
    return redirect(url_for("start.show", language=preferred_language()))
