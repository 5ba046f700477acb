"""Typing in what reached the office by phone, at the counter, by letter or by email."""

from dataclasses import replace

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from cases.actions.reading import office_thread
from cases.actions.typed_in import record_typist
from cases.domain.flows import Flow
from cases.domain.roles import Permission
from crypto.receipt import ReceiptCode
from reviewer.forms.handed_over import HandedOverForm
from reviewer.forms.typed_in import FURTHEST_BACK, TYPED_IN_FORMS, TypedIn
from reviewer.listed_files import listed_files
from reviewer.opened import opened
from reviewer.session import signed_in
from reviewer.typed_in import as_text, can_open, kept_away, minutes, sent_first, typed_by
from web.access import needs
from web.database import db
from web.errors import keep_typed
from web.forms.drafts import refreshed
from web.offering import offer
from web.problems import Problem
from web.receiving import take_in
from web.services import services
from web.uploads import attached, only_attaching

blueprint = Blueprint("typed_in", __name__)

SEE_OTHER = 303
UNPROCESSABLE = 422

_FORM = "/typed-in/<any(report, complaint, protection):flow>"
# The button that only shows the page again: pressing it counts as a step of the session.
STAY = "stay"


@blueprint.get("/typed-in")
@needs(Permission.HANDLE_CASES)
def choose() -> ResponseReturnValue:
    """What to say first, and which of the three forms."""
    return render_template("reviewer/typed_in.html", flows=tuple(Flow))


@blueprint.get(_FORM)
@needs(Permission.HANDLE_CASES)
def show(flow: str) -> ResponseReturnValue:
    """The empty form; refused before anybody types where the office's keys cannot be verified."""
    services().roster()
    return _page(TYPED_IN_FORMS[Flow(flow)](offer()), Flow(flow))


def _again(problem: Problem) -> ResponseReturnValue:
    flow = Flow((request.view_args or {})["flow"])
    return _page(_sent(flow), flow, problem.status, problem)


@blueprint.post(_FORM)
@needs(Permission.HANDLE_CASES, commits=True, keeps=_again, uploads=True)
def take(flow: str) -> ResponseReturnValue:
    """Make a case of the answers and show its receipt code, once."""
    form = _sent(Flow(flow))
    if STAY in request.form or only_attaching():
        return _page(form, Flow(flow))
    if not form.validate():
        return _page(form, Flow(flow), UNPROCESSABLE)
    submission = replace(form.submission(), attachments=attached())
    language, received_on = form.language.data, form.received_on.data
    taken = take_in(form.draft.data, submission, language, received_on)
    if not taken.repeated:
        record_typist(db(), taken.case_id, signed_in(), services().now())
    return _receipt_page(
        taken.code,
        HandedOverForm(formdata=None, code=taken.code.text, case_id=taken.case_id.hex()),
        repeated=taken.repeated,
        second_version=as_text(submission) if taken.differs else "",
    )


@blueprint.post("/typed-in/handed-over")
@needs(Permission.HANDLE_CASES, keeps=keep_typed("code"))
def handed_over() -> ResponseReturnValue:
    """Go on once the person has the code; the page that showed it can then no longer show it."""
    form = HandedOverForm()
    code = form.receipt_code
    if code is None or not form.case:
        raise BadRequest
    if not form.validate():
        return make_response(_receipt_page(code, form), UNPROCESSABLE)
    answer = redirect(url_for("typed_in.next_steps", case_id=form.case), SEE_OTHER)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@blueprint.get("/typed-in/next/<string(length=32):case_id>")
@needs(Permission.HANDLE_CASES)
def next_steps(case_id: str) -> ResponseReturnValue:
    """What is left to do: the minutes, and the case itself where this person can open it."""
    try:
        openable = can_open(bytes.fromhex(case_id))
    except ValueError:
        openable = False
    return render_template("reviewer/typed_in_next.html", case_id=case_id, openable=openable)


@blueprint.get("/case/<string(length=32):case_id>/minutes", endpoint="minutes")
@needs(Permission.HANDLE_CASES)
def show_minutes(case_id: str) -> ResponseReturnValue:
    """The answers on paper, for the person to check, correct and sign."""
    case = opened(case_id)
    thread = office_thread(db(), case)
    return render_template(
        "reviewer/minutes.html",
        case=case,
        came=sent_first(thread),
        files=listed_files(case, thread),
        case_id=case_id,
        sections=minutes(case.facts),
        kept_away=kept_away(case.named_at_first, case.excluded_other),
        typed_by=typed_by(case),
    )


def _sent(flow: Flow) -> TypedIn:
    return TYPED_IN_FORMS[flow](offer(), request.form)


def _page(
    form: TypedIn, flow: Flow, status: int = 200, problem: Problem | None = None
) -> ResponseReturnValue:
    form.draft.data = refreshed(form.draft.data)
    page = render_template(
        f"reviewer/typed_in_{flow}.html",
        form=form,
        flow=flow,
        problem=problem,
        furthest_back=FURTHEST_BACK,
        stay=STAY,
    )
    return make_response(page, status, dict(problem.headers) if problem else {})


def _receipt_page(
    code: ReceiptCode,
    form: HandedOverForm,
    repeated: bool = False,
    second_version: str = "",
) -> str:
    return render_template(
        "reviewer/typed_in_receipt.html",
        code=code,
        form=form,
        repeated=repeated,
        second_version=second_version,
    )
