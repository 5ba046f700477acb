"""The start page: three ways in, and the way back."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web.access import open_to_all

blueprint = Blueprint("start", __name__)


@blueprint.get("/")
@open_to_all()
def show() -> ResponseReturnValue:
    """What a person can do here, who reads it and what happens next."""
    return render_template("portal/start.html")
