"""Answering the person: the message is read once as she will read it, then sent."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from cases.actions import correspondence
from cases.domain.contents import MessageKind
from cases.domain.policies import Denied, can_reply
from cases.domain.roles import Permission
from cases.errors import CasesError, Refused
from reviewer.forms import ReplyForm, at_version
from reviewer.kept import keep
from reviewer.opened import opened
from reviewer.session import signed_in
from web.access import needs
from web.database import db
from web.problems import Problem
from web.reference import reference
from web.services import services
from web.uploads import attached, only_attaching

blueprint = Blueprint("reply", __name__)

SEE_OTHER = 303
UNPROCESSABLE = 422
# The page was outdated, the case moved on, files waited for too long or were too many: what was
# written and sent so far can be sent once more from here.
_ONE_PAGE_ON = frozenset({400, 409, 413})


@blueprint.get("/case/<string(length=32):case_id>/reply")
@needs(Permission.HANDLE_CASES)
def write(case_id: str) -> ResponseReturnValue:
    """An empty form, for those who come here without the case's page."""
    return _page(case_id, at_version(ReplyForm(formdata=None), opened(case_id).version))


def _again(problem: Problem) -> ResponseReturnValue:
    """The page with the text, its files and the problem; where it cannot be shown, the text."""
    if problem.status not in _ONE_PAGE_ON:
        return keep(problem)
    case_id = (request.view_args or {})["case_id"]
    try:
        typed = ReplyForm()
        form = ReplyForm(formdata=None, message=typed.message.data, asks=typed.asks.data)
        page = _page(case_id, at_version(form, opened(case_id).version), problem=problem)
    except (CasesError, BadRequest):
        # Nobody may answer in this case any more, or the form did not arrive whole.
        return keep(problem)
    return make_response(page, problem.status, dict(problem.headers))


@blueprint.post("/case/<string(length=32):case_id>/reply/preview")
@needs(Permission.HANDLE_CASES, keeps=_again, uploads=True)
def preview(case_id: str) -> ResponseReturnValue:
    """Exactly what the person will read, to send or to change. Nothing is stored yet."""
    form = _sent()
    if only_attaching():
        return _page(case_id, form)
    if not form.validate():
        return make_response(_page(case_id, form), UNPROCESSABLE)
    return _page(case_id, form, as_read=True)


@blueprint.post("/case/<string(length=32):case_id>/reply")
@needs(Permission.HANDLE_CASES, commits=True, keeps=_again, uploads=True)
def send(case_id: str) -> ResponseReturnValue:
    """Put the message into the person's mailbox."""
    form = _sent()
    if only_attaching():
        return _page(case_id, form, as_read=True)
    case = opened(case_id)
    if not form.validate():
        return make_response(_page(case_id, form), UNPROCESSABLE)
    correspondence.reply(
        db(),
        case,
        _as_read(form),
        signed_in(),
        form.version.data or 0,
        services().now(),
        reference(),
        asks=bool(form.asks.data),
        attachments=attached(),
    )
    return redirect(url_for("case.page", case_id=case_id, done="reply"), SEE_OTHER)


def _sent() -> ReplyForm:
    form = ReplyForm()
    if attached():
        form.comes_with_files()
    return form


def _as_read(form: ReplyForm) -> str:
    # As it is stored: a browser sends line ends as CR LF.
    return (form.message.data or "").replace("\r\n", "\n").strip()


def _page(
    case_id: str, form: ReplyForm, *, as_read: bool = False, problem: Problem | None = None
) -> str:
    case = opened(case_id)
    verdict = can_reply(signed_in().member.roles, case.mailbox_open)
    if isinstance(verdict, Denied):
        raise Refused(verdict.reason)
    return render_template(
        "reviewer/reply.html",
        case=case,
        case_id=case_id,
        form=form,
        read=as_read,
        as_read=_as_read(form),
        problem=problem,
        kind=MessageKind.ANSWER,
        today=services().today(),
    )
