"""A step of the case on a page of its own: what happens, what it asks for, what will be read."""

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cases.actions.transitions import Written, act
from cases.domain.attachments import Attachment
from cases.domain.roles import Permission
from cases.reasons import Reason
from reviewer.case_texts import language_name
from reviewer.effects import effects
from reviewer.kept import keep
from reviewer.opened import opened
from reviewer.preview import as_read_of
from reviewer.routing import proposal
from reviewer.service_language import service_language
from reviewer.session import signed_in
from reviewer.step import OpenStep, fresh, letters_of, sent
from reviewer.step_basis import basis
from web.access import needs
from web.database import db
from web.labels import text_of
from web.reference import reference
from web.services import services
from web.uploads import attached, no_files, only_attaching

blueprint = Blueprint("transition", __name__)

SEE_OTHER = 303
UNPROCESSABLE = 422

_PATH = "/case/<string(length=32):case_id>/act/<name>"


@blueprint.get(_PATH, endpoint="page")
@needs(Permission.HANDLE_CASES)
def show(case_id: str, name: str) -> ResponseReturnValue:
    """The form of one step, with texts to start from in the person's language."""
    return _page(fresh(opened(case_id), name))


@blueprint.post(f"{_PATH}/preview")
@needs(Permission.HANDLE_CASES, keeps=keep, uploads=True)
def preview(case_id: str, name: str) -> ResponseReturnValue:
    """Exactly what the person and the service will read, to send or to change. Nothing is kept."""
    step = sent(opened(case_id), name)
    _files(step)
    if only_attaching():
        return _page(step)
    refused = step.validate()
    if refused or step.together.errors:
        return make_response(_page(step, refused), UNPROCESSABLE)
    return _page(step, as_read=True)


@blueprint.post(_PATH)
@needs(Permission.HANDLE_CASES, commits=True, keeps=keep, uploads=True)
def take(case_id: str, name: str) -> ResponseReturnValue:
    """Take the step: state, clocks, details, message, notice and reason in one transaction."""
    step = sent(opened(case_id), name)
    files, refused = _files(step), step.validate()
    if refused or step.together.errors:
        return make_response(_page(step, refused), UNPROCESSABLE)
    if only_attaching():
        return _page(step, as_read=True)
    act(
        db(),
        step.case,
        step.row.action,
        _written(step, files),
        signed_in(),
        step.case.version,
        services().now(),
        reference(),
    )
    return redirect(url_for("case.page", case_id=case_id, done="step"), SEE_OTHER)


def _files(step: OpenStep) -> tuple[Attachment, ...]:
    return attached() if step.takes_files else no_files()


def _written(step: OpenStep, files: tuple[Attachment, ...]) -> Written:
    message, notice = letters_of(step)
    return Written(
        message=message,
        notice=notice,
        reason=step.form.reason.data or "",
        details=step.given_details(),
        attachments=files,
    )


def _page(step: OpenStep, refused: Reason | None = None, *, as_read: bool = False) -> str:
    return render_template(
        "reviewer/transition.html",
        case=step.case,
        case_id=step.case.case_id.hex(),
        row=step.row,
        allowed=step.allowed,
        effects=effects(
            step.row,
            step.allowed,
            step.days,
            step.case.mailbox_open,
            step.case.file.second_person_needed,
        ),
        proposal=proposal(step.desk, step.row.action),
        against=step.allowed.reason_required and not step.row.reason_required,
        basis=basis(step.desk, step.row.action),
        form=step.form,
        details=step.details,
        together=step.together,
        refusals=[text_of(refused)] if refused else [],
        takes_files=step.takes_files,
        read=as_read_of(step) if as_read else None,
        message_hint=_message_hint(step),
        notice_hint=_hint(
            step, _("The public service reads it as a letter."), service_language(step.case)
        ),
        today=step.desk.today,
    )


def _hint(step: OpenStep, reader: str, language: str) -> str:
    text = _("In this language: %(language)s.", language=language_name(language))
    if step.details is not None and step.details.letter_names:
        braces = _("What stands between { and } is filled in from your answers above.")
        return f"{text} {reader} {braces}"
    return f"{text} {reader}"


def _message_hint(step: OpenStep) -> str:
    hint = _hint(step, _("They read it in their mailbox."), step.case.facts.language)
    if step.allowed.message_required:
        return hint
    empty = _("Empty this box to send nothing.")
    return f"{hint} {empty}"
