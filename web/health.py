"""Whether this process can do its work: an answer for a balancer, with no detail."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from web.access import open_to_all
from web.services import services

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@open_to_all()
def healthz() -> ResponseReturnValue:
    """200 when database and evidence store answer; the failure's page (503) when one does not."""
    services().database.check()
    services().evidence.check()
    return Response("ok\n", mimetype="text/plain")
