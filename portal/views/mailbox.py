"""The mailbox: open it with the receipt code, read, write, delete, leave.

Reading never writes: the session's idle time counts from the last thing that was sent.
"""

from flask import (
    Blueprint,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from cases.actions import mailboxes
from cases.actions.automatic import act_by_reporter, reporter_actions
from cases.errors import NotFound, SessionEnded, WordsOpenedNothing
from crypto.receipt import derive
from portal.forms.mailbox import CodeForm, MessageForm
from portal.outlook import BUTTONS
from portal.reading import (
    already_written,
    file_of,
    mailbox_page,
    opened,
    opened_if_signed_in,
)
from portal.texts import WRONG_CODE, unreadable_code
from portal.typed_words import typed_words
from web.access import open_to_all
from web.arriving import HELD
from web.cookies import browser
from web.database import db, scrub_after_commit
from web.downloads import download
from web.errors import keep_typed
from web.headers import FORGET_EVERYTHING
from web.problems import Problem
from web.reference import reference
from web.services import services
from web.uploads import arrived_at, attached, files_came, only_attaching

blueprint = Blueprint("mailbox", __name__)


@blueprint.errorhandler(SessionEnded)
def sign_in_again(failure: Exception) -> ResponseReturnValue:
    """The sign-in page, saying why, with what was typed in a message to be copied."""
    if isinstance(failure, WordsOpenedNothing) and not failure.place and request.method == "GET":
        return _wrong_code(failure.typed)
    page = _sign_in_page(
        ended=browser().token is not None,
        sent="sent" in request.args,
        typed=request.form.get("text", ""),
        files_lost=files_came() or bool(request.form.get(HELD)),
    )
    return page, 200 if request.method == "GET" else 403


@blueprint.get("/mailbox")
@open_to_all()
def show() -> ResponseReturnValue:
    """The thread, or the sign-in page."""
    return mailbox_page(
        opened(),
        MessageForm(),
        just_sent="sent" in request.args,
        just_done="done" in request.args,
    )


def _keep_code(problem: Problem) -> ResponseReturnValue:
    page = _sign_in_page(CodeForm(request.form), problem=problem)
    return make_response(page, problem.status, dict(problem.headers))


@blueprint.post("/mailbox/open")
@open_to_all(commits=True, keeps=_keep_code)
def sign_in() -> ResponseReturnValue:
    """Open the mailbox. A wrong code and a right one do the same work and get the same answer: the
    page that comes next knows which it was."""
    form = CodeForm(request.form)
    code = typed_words(form, form.code, unreadable_code)
    if code is None:
        return _sign_in_page(form), 422
    with services().kdf_gate.place():
        keys = derive(code, services().settings.receipt_cost)
    before = browser().token
    if before is not None:
        mailboxes.sign_out(db(), before)
    attempt = mailboxes.sign_in(db(), keys, services().now(), code.text)
    browser().replace(attempt.token)
    return redirect(url_for("mailbox.show"), 303)


def _keep_message(problem: Problem) -> ResponseReturnValue:
    form = MessageForm(request.form)
    if problem.status >= 500:
        # The records may be what failed: this page asks them nothing.
        page = render_template("portal/message_again.html", form=form, problem=problem)
        return make_response(page, problem.status, dict(problem.headers))
    mailbox = opened_if_signed_in()
    if mailbox is None:
        return keep_typed("text")(problem)
    return mailbox_page(mailbox, form, problem=problem), problem.status


@blueprint.post("/mailbox/message")
@open_to_all(commits=True, keeps=_keep_message, uploads=True)
def write() -> ResponseReturnValue:
    """Send a message to the office; the same one sent twice arrives once."""
    mailbox, files = opened(), attached()
    form = MessageForm(request.form, with_files=bool(files))
    # First the session's row, so that a second press of the button waits for the first. Adding
    # files counts as use: the message is still to be sent.
    mailboxes.touch(db(), browser().ensure(), services().now(), began=arrived_at())
    if only_attaching():
        return mailbox_page(mailbox, form)
    if not form.validate():
        return mailbox_page(mailbox, form), 422
    if not already_written(mailbox, form):
        text, today = form.text.data or "", services().today()
        mailboxes.write(db(), mailbox, text, form.message_kind, today, files)
    return redirect(url_for("mailbox.show", sent="yes"), 303)


@blueprint.get("/mailbox/file/<string(length=32):file_id>")
@open_to_all()
def file(file_id: str) -> ResponseReturnValue:
    """A file that went with a message of the open mailbox, of either side."""
    return download(file_of(opened(), file_id))


@blueprint.post("/mailbox/act/<name>")
@open_to_all(commits=True)
def act(name: str) -> ResponseReturnValue:
    """A step that the person takes herself: come back after the service, choose our office."""
    mailbox, done = opened(), redirect(url_for("mailbox.show", done="yes"), 303)
    action = next((each for each in BUTTONS if each == name), None)
    if action is None:
        raise NotFound
    mailboxes.touch(db(), browser().ensure(), services().now())
    if action in reporter_actions(mailbox.flow, mailbox.state):
        act_by_reporter(db(), mailbox, action, services().today(), reference())
    # Pressed twice, or the office moved meanwhile: the page shows where the case stands.
    return done


@blueprint.get("/mailbox/delete")
@open_to_all()
def ask_before_deleting() -> ResponseReturnValue:
    """What deleting means."""
    return render_template("portal/delete.html", mailbox=opened())


@blueprint.post("/mailbox/delete")
@open_to_all(commits=True)
def delete() -> ResponseReturnValue:
    """Delete the mailbox; the case at the office goes on."""
    mailboxes.delete_mailbox(db(), opened(), browser().ensure(), services().today())
    scrub_after_commit()
    return _left("portal/deleted.html")


def _left_anyway(problem: Problem) -> ResponseReturnValue:
    return _left("portal/left.html")


@blueprint.post("/mailbox/leave")
@open_to_all(commits=True, keeps=_left_anyway)
def leave() -> ResponseReturnValue:
    """Destroy the session, and have the browser forget."""
    token = browser().token
    if token is not None:
        mailboxes.sign_out(db(), token)
    return _left("portal/left.html")


def _left(template: str) -> ResponseReturnValue:
    browser().end()
    return make_response(render_template(template), 200, {"Clear-Site-Data": FORGET_EVERYTHING})


def _wrong_code(typed: str) -> ResponseReturnValue:
    form = CodeForm(code=typed)
    form.code.errors = [WRONG_CODE]
    return _sign_in_page(form), 422


def _sign_in_page(
    form: CodeForm | None = None,
    problem: Problem | None = None,
    ended: bool = False,
    sent: bool = False,
    typed: str = "",
    files_lost: bool = False,
) -> str:
    return render_template(
        "portal/sign_in.html",
        form=form or CodeForm(),
        problem=problem,
        ended=ended,
        sent=sent,
        typed=typed,
        files_lost=files_lost,
    )
