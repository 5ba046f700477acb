"""What the person, the public service and the file will read of a step, before it is taken."""

from dataclasses import dataclass

from flask import request

from cases.actions.reading import office_thread
from reviewer.case_texts import Rows, authority_name
from reviewer.detail_texts import detail_rows
from reviewer.identifying_marks import Marks, marks, written_by_person
from reviewer.step import OpenStep
from reviewer.step_letters import REFERENCE, filled
from web.database import db

_NOT_SENT_ON = frozenset({"csrf_token"})


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
    message = filled(form.message.data or "", step.details)
    notice = filled(form.notice.data or "", step.details)
    return AsRead(
        message=message,
        notice=notice,
        service=authority_name(case.facts.authority, case.facts.authority_other),
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


def _marks(step: OpenStep, notice: str) -> Marks:
    thread = office_thread(db(), step.case)
    return marks(notice, step.case, written_by_person(thread.messages), step.desk.rules)
