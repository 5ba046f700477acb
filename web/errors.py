"""Which failure becomes which page: one table, so that no view catches anything.

Each text says what happened, what was kept and what to do next. Where the view declares that it
keeps what was typed, the page shows it again; nothing a person wrote is lost to an error.
"""

from collections.abc import Callable

from flask import Flask, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from flask_babel import lazy_gettext as _
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import (
    BadRequest,
    ClientDisconnected,
    Forbidden,
    InternalServerError,
    MethodNotAllowed,
    RequestEntityTooLarge,
    SecurityError,
)
from werkzeug.exceptions import NotFound as PageNotFound

from cases.domain.pressure import Pressure
from cases.errors import (
    CaseDamaged,
    CaseKeyUnproven,
    DatabaseUnusable,
    EvidenceUnusable,
    MessageRequired,
    NobodyLeft,
    NotFound,
    ReasonRequired,
    Refused,
    RosterUnusable,
    RowRefused,
    StaleCase,
    StaleErasure,
    StaleRow,
    TextTooLong,
    TooFewCustodians,
    UploadLost,
)
from crypto.errors import OpeningFailed, RosterRejected
from web import logs
from web.access import KeepTyped, current_access
from web.arriving import FilesTooLarge
from web.csrf import CrossSite, CSRFError
from web.database import transaction
from web.kdf_gate import Busy
from web.labels import text_of
from web.problems import Problem
from web.reference import spare_the_records
from web.requests import NoTurn
from web.services import services
from web.sizes import size_text
from web.uploads import FilesRefused, NoPlaceForFiles, forget_lost

RETRY = {"Retry-After": "15"}

NOT_HERE = Problem(
    404,
    _("This page does not exist"),
    (_("The address may be mistyped, or the page is no longer here."),),
)
TRY_LATER = Problem(
    503,
    _("We cannot reach our records right now"),
    (
        _("Nothing was sent or changed."),
        _("Please try again in a few minutes. What you sent before is safe."),
    ),
    RETRY,
)

NO_KEYS = Problem(
    503,
    _("We cannot take anything in safely right now"),
    (
        _("The list of keys that protects what you write could not be verified."),
        _("So we did not accept anything. Please try again later or use another way."),
    ),
    RETRY,
)
FILES_LOST = Problem(
    409,
    _("Your files waited for too long"),
    (
        _("Some of them were removed, and nothing was sent."),
        _("Add the files again that are missing, and send the form once more."),
    ),
)
ALTERED = Problem(
    500,
    _("Something here cannot be opened"),
    (
        _("It does not fit its key, so it may have been altered. Your last step changed nothing."),
        _("Please tell the person who runs this system."),
    ),
)

FULL = Problem(
    503,
    _("Many people are using this page right now"),
    (_("Nothing was sent yet. Please wait 15 seconds and try again."),),
    RETRY,
)

PROBLEMS: dict[type[Exception], Problem] = {
    CSRFError: Problem(
        400,
        _("This page was open for too long"),
        (_("For your safety we did not send anything. Please check the page and send it again."),),
    ),
    CrossSite: Problem(
        403,
        _("This request came from another website"),
        (_("We did not carry it out. Nothing was sent or changed."),),
    ),
    BadRequest: Problem(
        400,
        _("We did not receive everything"),
        (
            _("The connection broke before your message was complete, so nothing was sent."),
            _("Go back to the page and send it again."),
        ),
    ),
    Forbidden: NOT_HERE,
    PageNotFound: NOT_HERE,
    NotFound: NOT_HERE,
    MethodNotAllowed: Problem(
        405,
        _("This page cannot be opened that way"),
        (_("Go back to the start and use the buttons on the page."),),
    ),
    RequestEntityTooLarge: Problem(
        413,
        _("That is too much at once"),
        (
            _("What you sent is larger than we can take in one go, so nothing was sent."),
            _("Go back, shorten it and send it again. You can send more messages later."),
        ),
    ),
    FilesRefused: Problem(
        400,
        _("Files cannot be sent with this form"),
        (_("Nothing was sent or changed. Go back and send the form without files."),),
    ),
    Busy: Problem(
        503,
        _("Many people are using this page right now"),
        (
            _("Nothing was sent yet. Your place in the queue is kept on this page."),
            _("Please wait 15 seconds, and then press the button again."),
        ),
        RETRY,
    ),
    NoPlaceForFiles: FULL,
    NoTurn: FULL,
    RosterRejected: NO_KEYS,
    RosterUnusable: NO_KEYS,
    StaleCase: Problem(
        409,
        _("The case has changed since you opened this page"),
        (
            _("Someone else worked on it, or a new message came in. Your step was not taken."),
            _("Open the case again, read what is new and decide again."),
        ),
    ),
    StaleErasure: Problem(
        409,
        _("The list has changed since you opened this page"),
        (
            _("A case was added to it, or is kept after all. Nothing was erased."),
            _("Open the list again, read it and decide again."),
        ),
    ),
    StaleRow: Problem(
        409,
        _("This row has changed since you opened this page"),
        (
            _("Someone else changed it. Your change was not saved."),
            _("Open the row again, read what is new and decide again."),
        ),
    ),
    NobodyLeft: Problem(
        422,
        _("Nobody would be left who can read this"),
        (
            _("Everyone at the office who opens new cases would be kept away from this one."),
            _("They were named, or they have a tie with this service that they declared."),
            _("Nothing was sent or changed. Keep fewer people away and try again."),
        ),
    ),
    TooFewCustodians: Problem(
        422,
        _("Too few people would be left to guard the name"),
        (
            _("Several people guard it together, and only together can they ever open it."),
            _("Nothing was sent. Keep fewer of them away, or leave out the name and contact."),
        ),
    ),
    RowRefused: Problem(
        422,
        _("This row cannot be saved"),
        (_("It does not fit the other rows. Nothing was changed."),),
    ),
    MessageRequired: Problem(
        422,
        _("The message is missing"),
        (_("This step needs a message that the person will read. Nothing was changed."),),
    ),
    ReasonRequired: Problem(
        422,
        _("The reason is missing"),
        (_("This step needs a written reason. Nothing was changed."),),
    ),
    OpeningFailed: ALTERED,
    CaseDamaged: ALTERED,
    CaseKeyUnproven: NO_KEYS,
    DatabaseUnusable: TRY_LATER,
    EvidenceUnusable: TRY_LATER,
    OperationalError: TRY_LATER,
    InternalServerError: Problem(
        500,
        _("Something went wrong on our side"),
        (
            _("It is not your fault. We cannot say whether your last step was completed."),
            _("Please try again. What you sent before is safe."),
        ),
    ),
}

# Failures whose cause an operator must see in the log; the others are a visitor's business.
LOGGED = (
    OpeningFailed,
    CaseDamaged,
    CaseKeyUnproven,
    RosterRejected,
    RosterUnusable,
    DatabaseUnusable,
    EvidenceUnusable,
    OperationalError,
    InternalServerError,
)

# Nothing to show again: the body could not be read, or another site wrote it, and nobody should
# find words in a form of ours that somebody else put there.
NOT_KEPT = (ClientDisconnected, RequestEntityTooLarge, CrossSite, NoTurn, FilesRefused)


def configure(app: Flask) -> None:
    """Answer each failure of the table with its page, in the person's language."""
    for kind, problem in PROBLEMS.items():
        app.register_error_handler(kind, _handler(problem))
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(SecurityError, _other_host)
    app.register_error_handler(TextTooLong, _too_long)
    app.register_error_handler(FilesTooLarge, _files_too_large)
    app.register_error_handler(UploadLost, _files_lost)


def problem_page(problem: Problem, typed: str = "") -> ResponseReturnValue:
    """The page for a problem; `typed` is shown to be copied, so that it is not lost."""
    page = render_template("zegel/error.html", problem=problem, typed=typed)
    return make_response(page, problem.status, dict(problem.headers))


def keep_typed(field: str) -> KeepTyped:
    """For views with one text box: show what was typed in it on the problem's page."""

    def show(problem: Problem) -> ResponseReturnValue:
        return problem_page(problem, typed=request.form.get(field, ""))

    return show


def _handler(problem: Problem) -> Callable[[Exception], ResponseReturnValue]:
    def answer(failure: Exception) -> ResponseReturnValue:
        if isinstance(failure, LOGGED):
            _log(failure)
        if isinstance(failure, Busy):
            services().pressure.note(Pressure.ASKED_TO_WAIT)
        if isinstance(failure, NOT_KEPT):
            return problem_page(problem)
        if type(failure) is Busy:
            services().kdf_gate.keep_place()
        return _show(problem)

    return answer


def _other_host(failure: Exception) -> ResponseReturnValue:
    # No page: none of its links could be built for a host that is not ours.
    return Response("Not found\n", PageNotFound.code, mimetype="text/plain")


def _refused(failure: Exception) -> ResponseReturnValue:
    assert isinstance(failure, Refused)  # noqa: S101 - registered for this class only
    reason = str(text_of(failure.reason))
    return _show(Problem(409, str(_("This step is not possible now")), (reason,)))


def _too_long(failure: Exception) -> ResponseReturnValue:
    assert isinstance(failure, TextTooLong)  # noqa: S101 - registered for this class only
    limit = format_decimal(failure.limit)
    text = _("Please shorten it to %(limit)s characters. Nothing was sent.", limit=limit)
    return _show(Problem(422, str(_("The text is too long")), (str(text),)))


def _files_too_large(failure: Exception) -> ResponseReturnValue:
    limits = services().settings.limits
    sizes = _(
        "One file can have %(file)s, all files together %(files)s, and there can be %(count)s.",
        file=size_text(limits.file),
        files=size_text(limits.files),
        count=limits.file_count,
    )
    undone = _("Nothing was sent or changed. Choose fewer or smaller files.")
    return _show(Problem(413, str(_("The files are too large")), (str(sizes), str(undone))))


def _files_lost(failure: Exception) -> ResponseReturnValue:
    forget_lost()
    return _show(FILES_LOST)


def _show(problem: Problem) -> ResponseReturnValue:
    access = current_access()
    if access is None or access.keeps is None:
        return problem_page(problem)
    if problem.status >= 500:
        spare_the_records()
    with transaction(commits=False):
        return access.keeps(problem)


def _log(failure: Exception) -> None:
    cause = getattr(failure, "original_exception", None) or failure
    logs.record_failure(request.endpoint, (type(cause), cause, cause.__traceback__))
