"""The first sign-in: an invitation becomes a passphrase and a second factor.

Nothing about the person changes until the app has proved that it has the secret, or a passkey was
made, so an interrupted first sign-in can simply be begun again. Who lost the second factor gets a
new one on the same page.
"""

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cases.actions import enrolment, passkeys
from cases.actions.recovery_codes import make_recovery_codes
from cases.actions.staff import open_staff_session
from cases.errors import InvitationRefused, WeakPassphrase, WrongOneTimeCode
from crypto.errors import PasskeyRejected, UnknownWord, WrongWordCount
from crypto.session import SessionToken
from reviewer import passkey_page
from reviewer.forms import EnrolmentForm, WelcomeForm
from reviewer.forms.factors import PasskeyForm
from reviewer.forms.together import Together
from reviewer.office_name import office_name
from reviewer.secret_drawing import drawn, grouped
from reviewer.session import home_page
from web.access import open_to_all
from web.cookies import browser
from web.database import db, scrub_after_commit
from web.labels import text_of
from web.problems import Problem
from web.services import services

blueprint = Blueprint("welcome", __name__)

SEE_OTHER = 303
UNPROCESSABLE = 422


def keep(problem: Problem) -> ResponseReturnValue:
    """The form again with the problem in words."""
    page = render_template("reviewer/welcome.html", form=WelcomeForm(), problem=problem)
    return make_response(page, problem.status, dict(problem.headers))


@blueprint.get("/welcome", endpoint="page")
@open_to_all()
def show() -> ResponseReturnValue:
    """The form for an invitation."""
    form = WelcomeForm(formdata=None)
    return render_template("reviewer/welcome.html", form=form, problem=None)


@blueprint.post("/welcome")
@open_to_all(commits=True, keeps=keep)
def accept() -> ResponseReturnValue:
    """Check the invitation and the passphrase; go on to the authenticator app."""
    form = WelcomeForm()
    token = _accepted(form) if form.validate() else None
    if token is None:
        page = render_template("reviewer/welcome.html", form=form, problem=None)
        return make_response(page, UNPROCESSABLE)
    browser().replace(token)
    return redirect(url_for("welcome.app"), SEE_OTHER)


@blueprint.get("/welcome/app")
@open_to_all()
def app() -> ResponseReturnValue:
    """The secret for the authenticator app, as a drawing and as text; or a passkey instead."""
    return _enrolment_page(EnrolmentForm(formdata=None), PasskeyForm(formdata=None))


@blueprint.post("/welcome/app")
@open_to_all(commits=True)
def confirm() -> ResponseReturnValue:
    """Take a current code as proof; the person is signed in and gets recovery codes."""
    form = EnrolmentForm()
    token = _confirmed(form) if form.validate() else None
    if token is None:
        page = _enrolment_page(form, PasskeyForm(formdata=None))
        return make_response(page, UNPROCESSABLE)
    return _enrolled(token)


@blueprint.post("/welcome/passkey")
@open_to_all(commits=True)
def passkey() -> ResponseReturnValue:
    """The same with a passkey that the browser has just made."""
    form = PasskeyForm()
    token = _with_passkey(form) if form.validate() else None
    if token is None:
        page = _enrolment_page(EnrolmentForm(formdata=None), form)
        return make_response(page, UNPROCESSABLE)
    return _enrolled(token)


def _accepted(form: WelcomeForm) -> SessionToken | None:
    """The session for the rest of the first sign-in, or None with the problem on its field."""
    try:
        with services().kdf_gate.place():
            return enrolment.accept_invitation(
                db(),
                form.login.data or "",
                form.code.data or "",
                form.passphrase.data or "",
                services().now(),
                services().settings.passphrase_cost,
            )
    except WeakPassphrase as weak:
        flaws = " ".join(str(text_of(flaw)) for flaw in weak.flaws)
        form.passphrase.errors = [_("Choose a stronger passphrase. %(flaws)s", flaws=flaws)]
    except UnknownWord as unknown:
        form.code.errors = [
            _(
                "Word %(position)d is in none of our lists. Check how it is spelled.",
                position=unknown.position,
            )
        ]
    except WrongWordCount as wrong:
        form.code.errors = [
            _("An invitation code has ten words. You typed %(count)d.", count=wrong.count)
        ]
    except InvitationRefused:
        form.code.errors = [
            _("Login and invitation code do not fit, or the invitation was used or has expired.")
        ]
    return None


def _confirmed(form: EnrolmentForm) -> SessionToken | None:
    token = browser().ensure()
    try:
        return enrolment.enrol_totp(db(), token, form.one_time_code.data or "", services().now())
    except WrongOneTimeCode:
        form.one_time_code.errors = [
            _("This is not the current code. Wait for the next one and type that.")
        ]
    return None


def _with_passkey(form: PasskeyForm) -> SessionToken | None:
    here, now = passkey_page.ceremony(), services().now()
    try:
        if here is None:
            raise PasskeyRejected
        answer, name = form.passkey.data or "", form.name.data or ""
        return passkeys.enrol_passkey(db(), here, answer, name, now)
    except PasskeyRejected:
        form.name.errors = [_("No passkey was made. Press the button once more.")]
    return None


def _enrolled(token: SessionToken) -> ResponseReturnValue:
    now = services().now()
    by = open_staff_session(db(), token, now)
    codes = make_recovery_codes(db(), by, now)
    browser().replace(token)
    # Whoever invited the person knows the code that the key was wrapped under until now.
    scrub_after_commit()
    home = url_for(home_page(by.member))
    return render_template("reviewer/recovery_codes.html", codes=codes, first=True, next_url=home)


def _enrolment_page(form: EnrolmentForm, passkey_form: PasskeyForm) -> str:
    token, now = browser().ensure(), services().now()
    found = enrolment.enrolment(db(), token, now, office_name())
    passkey_form.passkey.data = ""
    return render_template(
        "reviewer/enrolment.html",
        form=form,
        passkey_form=passkey_form,
        both=Together((form, passkey_form)),
        options=passkey_page.to_enrol(enrolment.enrolling(db(), token, now)),
        secret=grouped(found.secret),
        drawing=drawn(found.uri),
    )
