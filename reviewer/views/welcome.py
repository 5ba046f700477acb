"""The first sign-in: an invitation becomes a passphrase and an authenticator app.

Nothing about the person changes until the app has proved that it has the secret, so an
interrupted first sign-in can simply be begun again.
"""

import segno
from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from cases.actions import enrolment
from cases.actions.enrolment import Enrolment
from cases.errors import InvitationRefused, WeakPassphrase, WrongOneTimeCode
from crypto.errors import UnknownWord, WrongWordCount
from crypto.session import SessionToken
from reviewer.forms import EnrolmentForm, WelcomeForm
from reviewer.office_name import office_name
from reviewer.views.sign_in import home_of
from web.access import open_to_all
from web.cookies import browser
from web.database import db
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
    """The secret for the authenticator app, as a drawing and as text."""
    return _enrolment_page(EnrolmentForm(formdata=None))


@blueprint.post("/welcome/app")
@open_to_all(commits=True)
def confirm() -> ResponseReturnValue:
    """Take a current code as proof; the person is signed in."""
    form = EnrolmentForm()
    if not form.validate():
        return make_response(_enrolment_page(form), UNPROCESSABLE)
    token = _confirmed(form)
    if token is None:
        return make_response(_enrolment_page(form), UNPROCESSABLE)
    browser().replace(token)
    return redirect(home_of(token), SEE_OTHER)


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


def _enrolment_page(form: EnrolmentForm) -> str:
    found = enrolment.enrolment(db(), browser().ensure(), services().now(), office_name())
    return render_template(
        "reviewer/enrolment.html", form=form, secret=_grouped(found.secret), drawing=_drawing(found)
    )


def _drawing(enrolment: Enrolment) -> Markup:
    """The secret as inline SVG; segno writes nothing into it but numbers and colours."""
    drawing = segno.make(enrolment.uri, error="m", micro=False)
    svg = drawing.svg_inline(scale=5, border=4, light="#fff", dark="#000")
    return Markup(svg)  # noqa: S704 - made by segno from numbers


def _grouped(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
