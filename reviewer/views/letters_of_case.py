"""What a case told people, as PDF, and its days as PDF and for a spreadsheet."""

import re

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from cases.actions.reading import office_thread
from cases.domain.letters import Audience
from cases.domain.roles import Permission
from cases.errors import NotFound
from reviewer.addressee import addressee_at
from reviewer.letters.documents import dates_csv
from reviewer.letters.of_case import letter_of, record_of_dates
from reviewer.letters.pdf import dates_pdf, letter_pdf
from reviewer.office_name import office_name
from reviewer.opened import opened
from reviewer.service_language import service_language
from web.access import needs
from web.database import db
from web.reference import reference
from web.services import services

blueprint = Blueprint("letters_of_case", __name__)

_CASE = "/case/<string(length=32):case_id>"
_UNSAFE_IN_A_NAME = re.compile(r"[^A-Za-z0-9._-]+")


@blueprint.get(_CASE + "/letter/<int:position>/<any(person, service):audience>.pdf")
@needs(Permission.SEE_CASES)
def letter(case_id: str, position: int, audience: str) -> ResponseReturnValue:
    """The message or notice of one step of the history. Raises NotFound where there is none."""
    case = opened(case_id)
    found = letter_of(
        case,
        office_thread(db(), case),
        position,
        Audience(audience),
        office_name,
        _office_lines(),
        addressee_at(case, position, service_language(case)),
    )
    if found is None:
        raise NotFound
    name = f"{position}-{audience}.pdf"
    return _download(letter_pdf(found), "application/pdf", found.reference, name)


@blueprint.get(_CASE + "/dates.pdf")
@needs(Permission.SEE_CASES)
def dates(case_id: str) -> ResponseReturnValue:
    """The certificate of the days on which appeal periods may depend."""
    case = opened(case_id)
    record = record_of_dates(case, office_name, services().today())
    return _download(dates_pdf(record), "application/pdf", case.reference, "dates.pdf")


@blueprint.get(_CASE + "/dates.csv")
@needs(Permission.SEE_CASES)
def dates_table(case_id: str) -> ResponseReturnValue:
    """The same days for a spreadsheet."""
    case = opened(case_id)
    record = record_of_dates(case, office_name, services().today())
    table = dates_csv(record).encode("utf-8")
    return _download(table, "text/csv; charset=utf-8", case.reference, "dates.csv")


def _office_lines() -> tuple[str, ...]:
    lines = reference().setting("office.address").split(";")
    return tuple(line.strip() for line in lines if line.strip())


def _download(body: bytes, content_type: str, reference: str | None, name: str) -> Response:
    """A file to keep. Its name holds the reference only, never a person or a service.

    It is the reference that its reader knows: the name goes along when the file is sent on.
    """
    start = _UNSAFE_IN_A_NAME.sub("-", reference or "case")
    answer = Response(body, content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{start}-{name}"'
    return answer
