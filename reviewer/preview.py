"""What the person, the public service and the file will read of a step, before it is taken."""

from dataclasses import dataclass

from flask import request

from cases.actions.reading import office_thread
from cases.domain.details import NoticeRelease
from reviewer.addressee import addressee, addressee_at
from reviewer.case_texts import Rows
from reviewer.detail_texts import detail_rows
from reviewer.identifying_marks import Marks, marks, written_by_person
from reviewer.service_language import service_language
from reviewer.step import OpenStep, letters_of
from reviewer.step_letters import REFERENCE
from web.arriving import CLEAN, DROP, HELD
from web.database import db
from web.i18n import current_language
from web.uploads import ATTACH

# The field for files sends its own.
_NOT_SENT_ON = frozenset({"csrf_token", HELD, DROP, CLEAN, ATTACH})


@dataclass(frozen=True, repr=False)
class AsRead:
    """A step as it will be read; `sent` is everything that was typed, to be sent once more."""

    message: str
    notice: str
    service: str
    reason: str
    rows: Rows
    marks: Marks | None
    gives_reference: bool
    sent: tuple[tuple[str, str], ...]


def as_read_of(step: OpenStep) -> AsRead:
    """The preview of a step whose forms are valid."""
    case, form = step.case, step.form
    message, notice = letters_of(step)
    if step.details is not None:
        notice = notice or step.details.letter_to_service()
    return AsRead(
        message=message,
        notice=notice,
        service=_addressee(step),
        reason=(form.reason.data or "").strip(),
        rows=detail_rows(step.given_details()),
        marks=_marks(step, notice) if notice and case.file.identity_withheld else None,
        gives_reference=f"{{{REFERENCE}}}" in message,
        sent=tuple(
            (name, value)
            for name, value in request.form.items(multi=True)
            if name not in _NOT_SENT_ON
        ),
    )


def _addressee(step: OpenStep) -> str:
    details, language = step.given_details(), current_language()
    if isinstance(details, NoticeRelease):
        return addressee_at(step.case, details.position, language)
    return addressee(step.case, step.row.notice, language)


def _marks(step: OpenStep, notice: str) -> Marks:
    thread = office_thread(db(), step.case)
    written = written_by_person(thread.messages)
    language = service_language(step.case)
    return marks(notice, step.case, written, step.desk.rules, language, _addressee(step))
