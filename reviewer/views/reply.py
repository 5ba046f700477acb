"""Answering the person: the message is read once as she will read it, then sent."""

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cases.actions import correspondence
from cases.domain.contents import MessageKind
from cases.domain.policies import Denied, can_reply
from cases.domain.roles import Permission
from cases.errors import Refused
from reviewer.forms import ReplyForm, at_version
from reviewer.kept import keep
from reviewer.opened import opened
from reviewer.session import signed_in
from web.access import needs
from web.database import db
from web.reference import reference
from web.services import services

blueprint = Blueprint("reply", __name__)

SEE_OTHER = 303
UNPROCESSABLE = 422


@blueprint.get("/case/<string(length=32):case_id>/reply")
@needs(Permission.HANDLE_CASES)
def write(case_id: str) -> ResponseReturnValue:
    """An empty form, for those who come here without the case's page."""
    return _page(case_id, at_version(ReplyForm(formdata=None), opened(case_id).version))


@blueprint.post("/case/<string(length=32):case_id>/reply/preview")
@needs(Permission.HANDLE_CASES, keeps=keep)
def preview(case_id: str) -> ResponseReturnValue:
    """Exactly what the person will read, to send or to change. Nothing is stored yet."""
    form = ReplyForm()
    if not form.validate():
        return make_response(_page(case_id, form), UNPROCESSABLE)
    return _page(case_id, form, as_read=_as_read(form))


@blueprint.post("/case/<string(length=32):case_id>/reply")
@needs(Permission.HANDLE_CASES, commits=True, keeps=keep)
def send(case_id: str) -> ResponseReturnValue:
    """Put the message into the person's mailbox."""
    case, form = opened(case_id), ReplyForm()
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
    )
    return redirect(url_for("case.page", case_id=case_id, done="reply"), SEE_OTHER)


def _as_read(form: ReplyForm) -> str:
    # As it is stored: a browser sends line ends as CR LF.
    return (form.message.data or "").replace("\r\n", "\n").strip()


def _page(case_id: str, form: ReplyForm, as_read: str = "") -> str:
    case = opened(case_id)
    verdict = can_reply(signed_in().member.roles, case.mailbox_open)
    if isinstance(verdict, Denied):
        raise Refused(verdict.reason)
    return render_template(
        "reviewer/reply.html",
        case=case,
        case_id=case_id,
        form=form,
        as_read=as_read,
        kind=MessageKind.ANSWER,
        today=services().today(),
    )
