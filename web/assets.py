"""The one stylesheet, without ETag or Last-Modified: a validator is an identifier."""

from pathlib import Path

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from web.access import open_to_all

STYLESHEET = (Path(__file__).parent / "static" / "zegel.css").read_bytes()

blueprint = Blueprint("assets", __name__)


@blueprint.get("/static/zegel.css")
@open_to_all()
def stylesheet() -> ResponseReturnValue:
    """The stylesheet of both applications."""
    return Response(STYLESHEET, mimetype="text/css")
