"""The one stylesheet and the three scripts, without ETag or Last-Modified: a validator is an
identifier."""

from pathlib import Path

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from web.access import open_to_all
from web.services import services

_FOLDER = Path(__file__).parent / "static"
FILES_SCRIPT = (_FOLDER / "files.js").read_bytes()
PASSKEY_SCRIPT = (_FOLDER / "passkey.js").read_bytes()
WAIT_SCRIPT = (_FOLDER / "wait.js").read_bytes()

blueprint = Blueprint("assets", __name__)


@blueprint.get("/static/zegel.css")
@open_to_all()
def stylesheet() -> ResponseReturnValue:
    """The stylesheet of both applications, in the office's colours."""
    return Response(services().look.stylesheet, mimetype="text/css")


@blueprint.get("/static/files.js")
@open_to_all()
def files_script() -> ResponseReturnValue:
    """What shows how far an upload is, on the pages that take files."""
    return Response(FILES_SCRIPT, mimetype="text/javascript")


@blueprint.get("/static/passkey.js")
@open_to_all()
def passkey_script() -> ResponseReturnValue:
    """What asks the browser for a passkey, on the console's pages that need one."""
    return Response(PASSKEY_SCRIPT, mimetype="text/javascript")


@blueprint.get("/static/wait.js")
@open_to_all()
def wait_script() -> ResponseReturnValue:
    """What gets a form a place in the queue, on the page that asks to wait."""
    return Response(WAIT_SCRIPT, mimetype="text/javascript")
