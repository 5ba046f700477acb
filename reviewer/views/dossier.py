"""A whole case, to leave the office as one archive that only a given key opens."""

import re
from collections.abc import Iterator

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from cases.actions.file_work import record_export
from cases.actions.reading import OpenCase
from cases.domain.roles import Permission
from crypto.age import encrypted, recipient
from reviewer.dossier.archive import archive
from reviewer.dossier.contents import dossier_json, trail_csv
from reviewer.dossier.document import dossier_page
from reviewer.dossier.gathered import Gathered, gather
from reviewer.dossier.members import Member, printed, stored, written
from reviewer.forms.dossier import ExportForm
from reviewer.kept import keep
from reviewer.opened import opened
from reviewer.session import signed_in
from web.access import needs
from web.database import db
from web.downloads import or_broken_off
from web.headers import FILE_SECURITY_POLICY, allow
from web.i18n import current_language
from web.services import services

blueprint = Blueprint("dossier", __name__)

_UNSAFE_IN_A_NAME = re.compile(r"[^A-Za-z0-9._-]+")
UNPROCESSABLE = 422


@blueprint.get("/case/<string(length=32):case_id>/export", endpoint="page")
@needs(Permission.HANDLE_CASES)
def show(case_id: str) -> ResponseReturnValue:
    """What the archive holds, and the question for whose key it is made."""
    return _page(opened(case_id), ExportForm(formdata=None))


@blueprint.post("/case/<string(length=32):case_id>/export")
@needs(Permission.HANDLE_CASES, commits=True, keeps=keep)
def export(case_id: str) -> ResponseReturnValue:
    """The archive; that it was asked for stands on the trail before its first byte is sent."""
    case, form = opened(case_id), ExportForm()
    if not form.validate():
        return make_response(_page(case, form), UNPROCESSABLE)
    record_export(db(), case, signed_in(), services().now())
    gathered = gather(db(), case, bool(form.notes.data))
    # After this view only files are opened and pages laid out: the database, which a writing view
    # keeps from others, and the language are gone then.
    members = [*_written(gathered), *stored(gathered.files, services().evidence)]
    pieces = encrypted(archive(members), [recipient(form.recipient.data or "")])
    return _download(or_broken_off(pieces, request.endpoint), case)


def _written(of: Gathered) -> Iterator[Member]:
    yield printed("dossier.pdf", dossier_page(of, current_language()))
    yield written("dossier.json", dossier_json(of))
    yield written("trail.csv", trail_csv(of.trail))


def _download(pieces: Iterator[bytes], case: OpenCase) -> Response:
    name = _UNSAFE_IN_A_NAME.sub("-", case.reference or case.case_id.hex())
    answer = Response(pieces, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.zip.age"'
    allow(FILE_SECURITY_POLICY)
    return answer


def _page(case: OpenCase, form: ExportForm) -> str:
    return render_template("reviewer/export.html", case=case, case_id=case.case_id.hex(), form=form)
