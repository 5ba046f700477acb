"""Security advice, and the fingerprint of the office's keys."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web.access import open_to_all

blueprint = Blueprint("security", __name__)


@blueprint.get("/security")
@open_to_all()
def show() -> ResponseReturnValue:
    """What to do before writing, what we see, and what Zegel cannot protect against."""
    return render_template("portal/security.html")
