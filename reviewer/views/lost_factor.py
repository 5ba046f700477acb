"""Signing in with the passphrase alone, for whom two colleagues have vouched."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cases.actions.factor_reset import sign_in_after_loss
from cases.actions.staff import SignInFailed, Throttled
from crypto.session import SessionToken
from reviewer.devices import known_device
from reviewer.forms.passphrases import LoginForm
from reviewer.views.sign_in import NOT_VOUCHED_FOR, end_session, wait_problem
from web.access import open_to_all
from web.cookies import browser
from web.database import db
from web.problems import Problem
from web.services import services

blueprint = Blueprint("lost_factor", __name__)

SEE_OTHER = 303
UNPROCESSABLE = 422


def keep(problem: Problem) -> ResponseReturnValue:
    """The form again with the problem in words; the login is kept, the passphrase is not."""
    page = _page(LoginForm(), problem)
    return make_response(page, problem.status, dict(problem.headers))


@blueprint.get("/sign-in/lost")
@open_to_all()
def page() -> ResponseReturnValue:
    """What to do, and the form for afterwards."""
    return _page(LoginForm(formdata=None), None)


@blueprint.post("/sign-in/lost")
@open_to_all(commits=True, keeps=keep)
def enter() -> ResponseReturnValue:
    """Go on to a new second factor. Whatever is missing costs and looks the same."""
    form = LoginForm()
    if not form.validate():
        return make_response(_page(form, None), UNPROCESSABLE)
    outcome = _attempt(form)
    if isinstance(outcome, SessionToken):
        end_session()
        browser().replace(outcome)
        return redirect(url_for("welcome.app"), SEE_OTHER)
    return keep(wait_problem(outcome.until) if isinstance(outcome, Throttled) else NOT_VOUCHED_FOR)


def _attempt(form: LoginForm) -> SessionToken | SignInFailed | Throttled:
    here, login = services(), form.login.data or ""
    device = known_device(request, here.settings, login)
    with here.kdf_gate.place():
        return sign_in_after_loss(
            db(), login, form.passphrase.data or "", here.roster(), here.now(), device
        )


def _page(form: LoginForm, problem: Problem | None) -> str:
    return render_template("reviewer/lost_factor.html", form=form, problem=problem)
