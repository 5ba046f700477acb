"""The files of a case."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from cases.actions.case_files import file_of
from cases.actions.reading import office_thread
from cases.domain.roles import Permission
from reviewer.opened import identifier, opened
from web import downloads
from web.access import needs
from web.database import db

blueprint = Blueprint("files", __name__)


@blueprint.get("/case/<string(length=32):case_id>/file/<string(length=32):file_id>")
@needs(Permission.SEE_CASES)
def download(case_id: str, file_id: str) -> ResponseReturnValue:
    """One file as it was sent. Raises NotFound where the case has none."""
    case = opened(case_id)
    found = file_of(case, office_thread(db(), case), identifier(file_id))
    return downloads.download(found.attachment)
