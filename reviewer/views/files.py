"""The files of a case: their pages, what they hold as pictures or text, what is done to them."""

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cases.actions import file_work
from cases.actions.evidence import stored_pieces
from cases.domain.details import FileScan
from cases.domain.roles import Permission
from cases.errors import NotFound
from inspection.findings import Failure, Pixels
from inspection.png import png
from reviewer.cleaned_copies import cleaned_copy
from reviewer.file_page import file_page
from reviewer.file_words import LOOKING_FAILED
from reviewer.kept import keep
from reviewer.looking import only_page_of, page_of
from reviewer.opened import opened
from reviewer.opened_file import OpenedFile, opened_file
from reviewer.session import signed_in
from reviewer.virus_scan import ScanFailed, Scanner
from web import downloads
from web.access import needs
from web.database import db
from web.headers import FILE_SECURITY_POLICY, PICTURE_POLICY, allow
from web.services import services

blueprint = Blueprint("files", __name__)

SEE_OTHER = 303

_ONE = "/case/<string(length=32):case_id>/file/<string(length=32):file_id>"


@blueprint.get(_ONE)
@needs(Permission.SEE_CASES)
def download(case_id: str, file_id: str) -> ResponseReturnValue:
    """One file as it was sent. Raises NotFound where the case has none."""
    return downloads.download(opened_file(case_id, file_id).file)


@blueprint.get(f"{_ONE}/view", endpoint="page")
@needs(Permission.SEE_CASES)
def show(case_id: str, file_id: str) -> ResponseReturnValue:
    """What a file is, how it came, what it carries unseen and what can be done with it."""
    return file_page(opened_file(case_id, file_id))


@blueprint.get(f"{_ONE}/page/<int:number>")
@needs(Permission.SEE_CASES)
def preview(case_id: str, file_id: str, number: int) -> ResponseReturnValue:
    """One page of a file, drawn here or as text: nothing of the file itself reaches the browser."""
    at = opened_file(case_id, file_id)
    found = page_of(at.file, number)
    look, page = (None, found) if isinstance(found, Failure) else found
    if look is not None and not 1 <= number <= look.pages:
        raise NotFound
    if isinstance(page, Pixels):
        allow(PICTURE_POLICY)
    return render_template(
        "reviewer/file_preview.html",
        case=at.case,
        case_id=case_id,
        file=at.file,
        number=number,
        pages=look.pages if look else 0,
        picture=page if isinstance(page, Pixels) else None,
        words=None if isinstance(page, Pixels | Failure) else page,
        failure=LOOKING_FAILED[page] if isinstance(page, Failure) else None,
    )


@blueprint.get(f"{_ONE}/page/<int:number>.png")
@needs(Permission.SEE_CASES)
def picture(case_id: str, file_id: str, number: int) -> ResponseReturnValue:
    """The picture of a page. Raises NotFound where there is none."""
    page = only_page_of(opened_file(case_id, file_id).file, number)
    if not isinstance(page, Pixels):
        raise NotFound
    allow(FILE_SECURITY_POLICY)
    return Response(png(page), content_type="image/png")


@blueprint.post(f"{_ONE}/clean")
@needs(Permission.HANDLE_CASES, commits=True, keeps=keep)
def clean(case_id: str, file_id: str) -> ResponseReturnValue:
    """Make a copy without hidden data beside the original, or lead to the one that is there."""
    at = opened_file(case_id, file_id)
    copy = at.copy or cleaned_copy(at.file)
    if isinstance(copy, Failure):
        return _to_page(case_id, file_id, failed=f"copy-{copy}")
    if copy != at.copy:
        file_work.keep_cleaned_copy(db(), opened(case_id), copy, signed_in(), services().now())
    return _to_page(case_id, copy.object_name, done="copied")


@blueprint.post(f"{_ONE}/scan")
@needs(Permission.HANDLE_CASES, commits=True, keeps=keep)
def scan(case_id: str, file_id: str) -> ResponseReturnValue:
    """Ask the virus scanner, and keep what it says."""
    found = _scanned(opened_file(case_id, file_id))
    if isinstance(found, str):
        return _to_page(case_id, file_id, failed=found)
    file_work.record_scan(db(), opened(case_id), found, signed_in(), services().now())
    return _to_page(case_id, file_id, done="scanned")


def _scanned(at: OpenedFile) -> FileScan | str:
    here = services()
    try:
        content = stored_pieces(here.evidence, at.file)
        said = Scanner(here.settings.clamav_socket).scan(content, at.file.size)
    except ScanFailed as failed:
        return f"scan-{failed.failure}"
    return FileScan(at.file.id, said.engine, said.verdict, said.signature)


def _to_page(
    case_id: str, file_id: str, *, done: str | None = None, failed: str | None = None
) -> ResponseReturnValue:
    address = url_for("files.page", case_id=case_id, file_id=file_id, done=done, failed=failed)
    return redirect(address, SEE_OTHER)
