"""A public service that was asked something: it opens the question with ten words and answers once.

The service has no account. Nothing but the words opens the page, and nothing but what was released
is on it. Reading never writes: the session's idle time counts from the last thing that was sent.
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

from cases.actions import consultation_answers, visits
from cases.actions.consultation_answers import OpenConsultation
from cases.domain.reminders import is_past
from cases.errors import NotFound, SessionEnded, WordsOpenedNothing
from crypto.consultation import CONSULTATION_ID_SIZE, derive_consultation
from portal.forms.service import AnswerForm, WordsForm
from portal.texts import WRONG_WORDS, unreadable_words
from portal.typed_words import typed_words
from web.access import open_to_all
from web.arriving import HELD
from web.cookies import browser
from web.database import db, scrub_after_commit
from web.errors import keep_typed
from web.headers import FORGET_EVERYTHING
from web.problems import Problem
from web.reference import reference
from web.services import services
from web.uploads import arrived_at, attached, files_came, only_attaching

blueprint = Blueprint("service", __name__)

_CONSULTATION = "/service/<string(length=32):consultation_id>"
# An outdated page, files that waited for too long, files that are too large.
_SENT_AGAIN = frozenset({400, 409, 413})
SEE_OTHER = 303
UNPROCESSABLE = 422


@blueprint.errorhandler(SessionEnded)
def type_the_words_again(failure: Exception) -> ResponseReturnValue:
    """The page that asks for the words, with what was typed in an answer to be copied.

    Whoever pressed the button twice is told that the answer arrived.
    """
    consultation_id = str((request.view_args or {}).get("consultation_id"))
    if isinstance(failure, WordsOpenedNothing) and _typed_here(failure, consultation_id):
        return _wrong_words(consultation_id, failure.typed)
    if _was_answered(consultation_id):
        return _sent_page(consultation_id)
    page = _words_page(
        consultation_id,
        ended=browser().token is not None,
        typed=request.form.get("text", ""),
        files_lost=files_came() or bool(request.form.get(HELD)),
    )
    return page, 200 if request.method == "GET" else 403


@blueprint.get(_CONSULTATION)
@open_to_all()
def show(consultation_id: str) -> ResponseReturnValue:
    """The question, or the page that asks for the words."""
    return _question_page(consultation_id, _opened(consultation_id), AnswerForm())


def _keep_words(problem: Problem) -> ResponseReturnValue:
    consultation_id = str((request.view_args or {}).get("consultation_id"))
    page = _words_page(consultation_id, WordsForm(request.form), problem=problem)
    return make_response(page, problem.status, dict(problem.headers))


@blueprint.post(f"{_CONSULTATION}/open")
@open_to_all(commits=True, keeps=_keep_words)
def sign_in(consultation_id: str) -> ResponseReturnValue:
    """Open the question. Wrong words and right ones do the same work and get the same answer: the
    page that comes next knows which they were."""
    identifier, form = _identifier(consultation_id), WordsForm(request.form)
    words = typed_words(form, form.words, unreadable_words)
    if words is None:
        return _words_page(consultation_id, form), UNPROCESSABLE
    with services().kdf_gate.place():
        keys = derive_consultation(words, identifier, services().settings.receipt_cost)
    before = browser().token
    if before is not None:
        visits.sign_out(db(), before)
    now = services().now()
    attempt = consultation_answers.sign_in(db(), identifier, keys, now, words.text)
    browser().replace(attempt.token)
    return redirect(url_for("service.show", consultation_id=consultation_id), SEE_OTHER)


def _typed_here(failure: WordsOpenedNothing, consultation_id: str) -> bool:
    """Whether the words were typed at this door, and not at another."""
    return request.method == "GET" and failure.place.hex() == consultation_id.lower()


def _wrong_words(consultation_id: str, typed: str) -> ResponseReturnValue:
    form = WordsForm(words=typed)
    form.words.errors = [WRONG_WORDS]
    return _words_page(consultation_id, form), UNPROCESSABLE


def _keep_answer(problem: Problem) -> ResponseReturnValue:
    # Nothing can be put right by sending it again from here where it is not the form's fault.
    if problem.status not in _SENT_AGAIN:
        return keep_typed("text")(problem)
    consultation_id = str((request.view_args or {}).get("consultation_id"))
    try:
        opened = _opened(consultation_id)
    except SessionEnded:
        return keep_typed("text")(problem)
    form = AnswerForm(request.form)
    return _question_page(consultation_id, opened, form, problem=problem), problem.status


@blueprint.post(f"{_CONSULTATION}/preview")
@open_to_all(commits=True, keeps=_keep_answer, uploads=True)
def preview(consultation_id: str) -> ResponseReturnValue:
    """The answer as the office will read it, to send or to change. It is not stored."""
    opened, form = _opened(consultation_id), AnswerForm(request.form)
    # A long answer takes time: showing it counts as use.
    visits.touch(db(), browser().ensure(), services().now(), began=arrived_at())
    if only_attaching():
        return _question_page(consultation_id, opened, form)
    if not form.validate():
        return _question_page(consultation_id, opened, form), UNPROCESSABLE
    return _question_page(consultation_id, opened, form, as_read=(form.text.data or "").strip())


@blueprint.post(f"{_CONSULTATION}/answer")
@open_to_all(commits=True, keeps=_keep_answer, uploads=True)
def answer(consultation_id: str) -> ResponseReturnValue:
    """Send the answer. It is taken once; afterwards the words open nothing."""
    opened, form = _opened(consultation_id), AnswerForm(request.form)
    if not form.validate():
        return _question_page(consultation_id, opened, form), UNPROCESSABLE
    token, now, text = browser().ensure(), services().now(), form.text.data or ""
    consultation_answers.answer(db(), token, opened, text, now, reference(), attached())
    scrub_after_commit()
    return redirect(url_for("service.show", consultation_id=consultation_id), SEE_OTHER)


def _left_anyway(problem: Problem) -> ResponseReturnValue:
    return _left()


@blueprint.post(f"{_CONSULTATION}/leave")
@open_to_all(commits=True, keeps=_left_anyway)
def leave(consultation_id: str) -> ResponseReturnValue:
    """Destroy the session, and have the browser forget."""
    token = browser().token
    if token is not None:
        visits.sign_out(db(), token)
    return _left()


def _left() -> ResponseReturnValue:
    browser().end()
    page = render_template("portal/service_left.html")
    return make_response(page, 200, {"Clear-Site-Data": FORGET_EVERYTHING})


def _identifier(consultation_id: str) -> bytes:
    """The id of an address. Raises NotFound where it cannot be one; nothing is looked up."""
    try:
        identifier = bytes.fromhex(consultation_id)
    except ValueError:
        raise NotFound from None
    if len(identifier) != CONSULTATION_ID_SIZE:
        raise NotFound
    return identifier


def _opened(consultation_id: str) -> OpenConsultation:
    """What the browser that asks has opened. Raises SessionEnded, NotFound."""
    identifier, token = _identifier(consultation_id), browser().token
    if token is None:
        raise SessionEnded
    return consultation_answers.open_consultation(db(), token, identifier, arrived_at())


def _was_answered(consultation_id: str) -> bool:
    """Whether this browser has just sent the answer. The view's session is closed already."""
    identifier, token = _identifier(consultation_id), browser().token
    if token is None:
        return False
    now = services().now()
    with services().database.reading() as session:
        return consultation_answers.was_answered(session, token, identifier, now)


def _words_page(
    consultation_id: str,
    form: WordsForm | None = None,
    problem: Problem | None = None,
    ended: bool = False,
    typed: str = "",
    files_lost: bool = False,
) -> str:
    return render_template(
        "portal/service_words.html",
        consultation_id=consultation_id,
        form=form or WordsForm(),
        problem=problem,
        ended=ended,
        typed=typed,
        files_lost=files_lost,
    )


def _question_page(
    consultation_id: str,
    opened: OpenConsultation,
    form: AnswerForm,
    problem: Problem | None = None,
    as_read: str = "",
) -> str:
    return render_template(
        "portal/service_question.html",
        consultation_id=consultation_id,
        opened=opened,
        late=is_past(opened.record.due_on, services().today()),
        form=form,
        problem=problem,
        as_read=as_read,
    )


def _sent_page(consultation_id: str) -> str:
    return render_template("portal/service_sent.html", consultation_id=consultation_id)
