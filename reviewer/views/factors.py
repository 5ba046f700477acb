"""What the signed-in person signs in with: passkeys, authenticator app, codes, passphrase."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cases.actions import authenticators, passkeys, passphrases
from cases.actions.authenticators import Offer
from cases.actions.recovery_codes import make_recovery_codes
from cases.actions.second_factors import one_time_secret
from cases.actions.staff import SignInFailed, Throttled
from cases.actions.staff_sessions import is_recent
from cases.domain.roles import Permission
from cases.errors import NotFound, Refused, WeakPassphrase, WrongOneTimeCode
from cases.queries.second_factors import person, recovery_codes_left
from cases.reasons import Reason
from crypto.errors import PasskeyRejected
from reviewer import passkey_page
from reviewer.forms.factors import AuthenticatorForm, PasskeyForm, PassphraseForm
from reviewer.office_name import office_name
from reviewer.secret_drawing import drawn, grouped
from reviewer.session import signed_in
from reviewer.views.sign_in import wait_problem
from web.access import needs
from web.cookies import browser
from web.database import db, scrub_after_commit
from web.labels import text_of
from web.problems import Problem
from web.services import services

blueprint = Blueprint("factors", __name__)

SEE_OTHER = 303
UNPROCESSABLE = 422


def keep_passphrase(problem: Problem) -> ResponseReturnValue:
    """The form for a passphrase again, empty, with the problem in words."""
    return make_response(_passphrase_page(PassphraseForm(), problem), problem.status)


@blueprint.get("/account/factors")
@needs(Permission.USE_CONSOLE)
def page() -> ResponseReturnValue:
    """Everything the person signs in with."""
    return _page(PasskeyForm(formdata=None))


@blueprint.post("/account/factors/passkeys")
@needs(Permission.USE_CONSOLE, commits=True)
def add_passkey() -> ResponseReturnValue:
    """Add the passkey that the browser has just made."""
    _require_recent()
    form, here = PasskeyForm(), passkey_page.ceremony()
    if not form.validate():
        return make_response(_page(form), UNPROCESSABLE)
    try:
        if here is None:
            raise PasskeyRejected
        answer, name = form.passkey.data or "", form.name.data or ""
        passkeys.add_passkey(db(), here, signed_in(), answer, name, services().now())
    except PasskeyRejected:
        form.name.errors = [_("No passkey was made. Press the button once more.")]
        return make_response(_page(form), UNPROCESSABLE)
    return _done("passkey")


@blueprint.post("/account/factors/passkeys/<string(length=32):passkey_id>/remove")
@needs(Permission.USE_CONSOLE, commits=True)
def remove_passkey(passkey_id: str) -> ResponseReturnValue:
    """Take a passkey away; never the last thing to sign in with."""
    _require_recent()
    passkeys.remove_passkey(db(), signed_in(), _read_id(passkey_id), services().now())
    return _done("removed")


@blueprint.get("/account/factors/app")
@needs(Permission.USE_CONSOLE)
def app() -> ResponseReturnValue:
    """A secret for an authenticator app, as a drawing and as text."""
    _require_recent()
    return _app_page(AuthenticatorForm(formdata=None), authenticators.offer(signed_in()))


@blueprint.post("/account/factors/app")
@needs(Permission.USE_CONSOLE, commits=True)
def confirm_app() -> ResponseReturnValue:
    """Take a current code as proof that the app has the secret."""
    _require_recent()
    form = AuthenticatorForm()
    offered = authenticators.offer(signed_in(), form.offered.data or "")
    if not form.validate():
        return make_response(_app_page(form, offered), UNPROCESSABLE)
    try:
        code, now = form.one_time_code.data or "", services().now()
        authenticators.set_up(db(), signed_in(), offered, code, now)
    except WrongOneTimeCode:
        form.one_time_code.errors = [
            _("This is not the current code. Wait for the next one and type that.")
        ]
        return make_response(_app_page(form, offered), UNPROCESSABLE)
    return _done("app")


@blueprint.post("/account/factors/codes")
@needs(Permission.USE_CONSOLE, commits=True)
def codes() -> ResponseReturnValue:
    """Ten new recovery codes, shown this once; those from before count no more."""
    _require_recent()
    made = make_recovery_codes(db(), signed_in(), services().now())
    back = url_for("factors.page")
    return render_template("reviewer/recovery_codes.html", codes=made, first=False, next_url=back)


@blueprint.get("/account/factors/passphrase")
@needs(Permission.USE_CONSOLE)
def passphrase_page() -> ResponseReturnValue:
    """The form for a new passphrase."""
    return _passphrase_page(PassphraseForm(formdata=None), None)


@blueprint.post("/account/factors/passphrase")
@needs(Permission.USE_CONSOLE, commits=True, keeps=keep_passphrase)
def change_passphrase() -> ResponseReturnValue:
    """Wrap the person's key under another passphrase; all other sessions end."""
    form = PassphraseForm()
    outcome = _changed(form) if form.validate() else None
    if isinstance(outcome, Throttled):
        problem = wait_problem(outcome.until)
        return make_response(_passphrase_page(form, problem), problem.status, dict(problem.headers))
    if isinstance(outcome, SignInFailed):
        form.present.errors = [_("This is not your passphrase.")]
    if form.errors:
        return make_response(_passphrase_page(form, None), UNPROCESSABLE)
    # What the key was wrapped under before may be known to somebody: that is why people change it.
    scrub_after_commit()
    return _done("passphrase")


def _changed(form: PassphraseForm) -> SignInFailed | Throttled | None:
    here = services()
    present, new = form.present.data or "", form.passphrase.data or ""
    token, by, cost = browser().ensure(), signed_in(), here.settings.passphrase_cost
    try:
        with here.kdf_gate.place():
            return passphrases.change_passphrase(db(), token, by, present, new, here.now(), cost)
    except WeakPassphrase as weak:
        flaws = " ".join(str(text_of(flaw)) for flaw in weak.flaws)
        form.passphrase.errors = [_("Choose a stronger passphrase. %(flaws)s", flaws=flaws)]
    return None


def _require_recent() -> None:
    if not _recent():
        raise Refused(Reason.SIGN_IN_AGAIN)


def _recent() -> bool:
    return is_recent(db(), browser().ensure(), services().now())


def _read_id(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise NotFound from None


def _done(what: str) -> ResponseReturnValue:
    return redirect(url_for("factors.page", done=what), SEE_OTHER)


def _page(form: PasskeyForm) -> str:
    by, recent = signed_in(), _recent()
    form.passkey.data = ""
    row = person(db(), by.member.id)
    return render_template(
        "reviewer/factors.html",
        form=form,
        done=request.args.get("done", ""),
        recent=recent,
        own=passkeys.own_passkeys(db(), by),
        offered=passkey_page.ceremony() is not None,
        # Our script runs only where there is a button for it.
        options=passkey_page.to_add(by) if recent else "",
        has_app=row is not None and one_time_secret(row, by.keys.personal.seed) is not None,
        codes_left=recovery_codes_left(db(), by.member.id),
    )


def _app_page(form: AuthenticatorForm, offered: Offer) -> str:
    form.offered.data = offered.sealed(signed_in())
    return render_template(
        "reviewer/authenticator.html",
        form=form,
        secret=grouped(offered.secret),
        drawing=drawn(offered.uri(office_name())),
    )


def _passphrase_page(form: PassphraseForm, problem: Problem | None) -> str:
    login = signed_in().member.login
    return render_template("reviewer/passphrase.html", form=form, problem=problem, login=login)
