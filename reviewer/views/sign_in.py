"""Signing in and out."""

from datetime import datetime

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from cases.actions import staff
from cases.actions.passkeys import PasskeySignature
from cases.actions.second_factors import SecondFactor, TypedCode
from cases.actions.staff import SignInFailed, Throttled
from crypto.session import SessionToken
from reviewer import passkey_page
from reviewer.devices import known_device, remember_device
from reviewer.forms import SignInForm
from reviewer.locked import safe_next
from reviewer.session import home_page
from web.access import open_to_all
from web.cookies import browser
from web.database import db
from web.headers import FORGET_PAGES
from web.problems import Problem
from web.services import services

blueprint = Blueprint("sign_in", __name__)

SEE_OTHER = 303
UNPROCESSABLE = 422
TOO_MANY = 429

NOT_SIGNED_IN = Problem(
    UNPROCESSABLE,
    _("You are not signed in"),
    (
        _("The login, the passphrase, or the code or passkey is not right."),
        _("A code works once. If you used this one already, wait for the next."),
    ),
)
NOT_VOUCHED_FOR = Problem(
    UNPROCESSABLE,
    _("You are not signed in"),
    (
        _("The login or the passphrase is not right, or nobody has vouched for you yet."),
        _("Two colleagues must do that first. It holds for two days."),
    ),
)


def keep(problem: Problem) -> ResponseReturnValue:
    """The form again with the problem in words; the login is kept, the secrets are not."""
    return make_response(_page(SignInForm(), problem), problem.status, dict(problem.headers))


@blueprint.get("/sign-in", endpoint="page")
@open_to_all()
def show() -> ResponseReturnValue:
    """The sign-in form."""
    form = SignInForm(formdata=None)
    form.next.data = request.args.get("next", "")
    return _page(form)


@blueprint.post("/sign-in")
@open_to_all(commits=True, keeps=keep)
def enter() -> ResponseReturnValue:
    """Sign in. A wrong passphrase, code or passkey and an unknown name cost and look the same."""
    form = SignInForm()
    if not form.validate():
        return make_response(_page(form), UNPROCESSABLE)
    outcome = _attempt(form)
    if isinstance(outcome, SessionToken):
        return _signed_in(outcome, form)
    return keep(wait_problem(outcome.until) if isinstance(outcome, Throttled) else NOT_SIGNED_IN)


@blueprint.post("/sign-out")
@open_to_all(commits=True)
def leave() -> ResponseReturnValue:
    """End the session: its row is destroyed, and the browser forgets what it kept."""
    end_session()
    browser().end()
    response = redirect(url_for("sign_in.goodbye"), SEE_OTHER)
    response.headers["Clear-Site-Data"] = FORGET_PAGES
    return response


@blueprint.get("/signed-out")
@open_to_all()
def goodbye() -> ResponseReturnValue:
    """What someone reads who has just signed out."""
    return render_template("reviewer/signed_out.html")


def _attempt(form: SignInForm) -> SessionToken | SignInFailed | Throttled:
    with services().kdf_gate.place():
        return staff.sign_in_with(
            db(),
            form.login.data or "",
            form.passphrase.data or "",
            _second_factor(form),
            services().now(),
            known_device(request, services().settings, form.login.data or ""),
        )


def _second_factor(form: SignInForm) -> SecondFactor:
    here = passkey_page.ceremony() if form.passkey.data else None
    if here is not None:
        return PasskeySignature(here, form.passkey.data or "")
    return TypedCode(form.one_time_code.data or "")


def _page(form: SignInForm, problem: Problem | None = None) -> str:
    """The form; a code or an answer of a passkey is never shown again."""
    form.passkey.data = ""
    if problem is not None:
        form.one_time_code.data = ""
    options = passkey_page.to_sign_in()
    return render_template("reviewer/sign_in.html", form=form, problem=problem, options=options)


def _signed_in(token: SessionToken, form: SignInForm) -> ResponseReturnValue:
    end_session()
    browser().replace(token)
    response = redirect(safe_next(form.next.data or "") or home_of(token), SEE_OTHER)
    remember_device(response, request, services().settings, form.login.data or "")
    return response


def home_of(token: SessionToken) -> str:
    """The inbox, or the account page of someone whose roles open no case."""
    member = staff.open_staff_session(db(), token, services().now()).member
    return url_for(home_page(member))


def end_session() -> None:
    """Destroy the session that the browser has, if it has one."""
    token = browser().token
    if token is not None:
        staff.leave(db(), token, services().now())


def wait_problem(until: datetime) -> Problem:
    """What somebody reads who must wait after failing too often."""
    seconds = max(1, round((until - services().now()).total_seconds()))
    return Problem(
        TOO_MANY,
        _("Please wait before you try again"),
        (
            _("There were several failed attempts with this login."),
            ngettext(
                "You can try again in %(num)d second.",
                "You can try again in %(num)d seconds.",
                seconds,
            ),
        ),
        {"Retry-After": str(seconds)},
    )
