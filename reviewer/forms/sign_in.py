"""Signing in, and the first sign-in."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from reviewer.forms.console import SHORT, TOO_LONG, ConsoleForm
from reviewer.forms.passphrases import LoginForm, again_field, login_field, new_passphrase_field


def _code_or_passkey(form: "SignInForm", field: StringField) -> None:
    if not (field.data or form.passkey.data):
        raise ValidationError(_("Fill in the code that your app shows now."))


class SignInForm(LoginForm):
    """Everything in one form: no answer tells which of the three was wrong."""

    one_time_code = StringField(
        _("One-time code"), [_code_or_passkey, Length(max=SHORT, message=TOO_LONG)]
    )
    # What the browser signed with a passkey, instead of a code; our script fills it in.
    passkey = HiddenField()
    next = HiddenField()


class WelcomeForm(ConsoleForm):
    """The first sign-in: what the person was handed, and a passphrase of her own."""

    login = login_field()
    code = StringField(
        _("Invitation code"),
        [
            DataRequired(_("Fill in the ten words of your invitation.")),
            Length(max=2 * SHORT, message=TOO_LONG),
        ],
    )
    passphrase = new_passphrase_field()
    again = again_field()


class EnrolmentForm(ConsoleForm):
    """Proof that the authenticator app has the secret."""

    one_time_code = StringField(
        _("Code that the app shows now"),
        [
            DataRequired(_("Fill in the code that your app shows now.")),
            Length(max=SHORT, message=TOO_LONG),
        ],
    )
