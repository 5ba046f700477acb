"""Signing in, and the first sign-in."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, Length, ValidationError

from cases.domain.passphrases import MAXIMUM_LENGTH, MINIMUM_LENGTH
from reviewer.forms.console import SHORT, TOO_LONG, ConsoleForm, without_controls


def _code_or_passkey(form: "SignInForm", field: StringField) -> None:
    if not (field.data or form.passkey.data):
        raise ValidationError(_("Fill in the code that your app shows now."))


class SignInForm(ConsoleForm):
    """Everything in one form: no answer tells which of the three was wrong."""

    login = StringField(
        _("Login"),
        [DataRequired(_("Fill in your login.")), Length(max=SHORT, message=TOO_LONG)],
        filters=[without_controls],
    )
    passphrase = PasswordField(
        _("Passphrase"),
        [
            DataRequired(_("Fill in your passphrase.")),
            Length(max=MAXIMUM_LENGTH, message=TOO_LONG),
        ],
    )
    one_time_code = StringField(
        _("One-time code"), [_code_or_passkey, Length(max=SHORT, message=TOO_LONG)]
    )
    # What the browser signed with a passkey, instead of a code; our script fills it in.
    passkey = HiddenField()
    next = HiddenField()


class WelcomeForm(ConsoleForm):
    """The first sign-in: what the person was handed, and a passphrase of her own."""

    login = StringField(
        _("Login"),
        [DataRequired(_("Fill in your login.")), Length(max=SHORT, message=TOO_LONG)],
        filters=[without_controls],
    )
    code = StringField(
        _("Invitation code"),
        [
            DataRequired(_("Fill in the ten words of your invitation.")),
            Length(max=2 * SHORT, message=TOO_LONG),
        ],
    )
    passphrase = PasswordField(
        _("New passphrase"),
        [
            DataRequired(_("Choose a passphrase.")),
            Length(
                min=MINIMUM_LENGTH,
                max=MAXIMUM_LENGTH,
                message=_("A passphrase has at least %(min)d characters, and at most %(max)d."),
            ),
        ],
    )
    again = PasswordField(
        _("The same passphrase again"),
        [EqualTo("passphrase", _("The two passphrases differ. Type the same one twice."))],
    )


class EnrolmentForm(ConsoleForm):
    """Proof that the authenticator app has the secret."""

    one_time_code = StringField(
        _("Code that the app shows now"),
        [
            DataRequired(_("Fill in the code that your app shows now.")),
            Length(max=SHORT, message=TOO_LONG),
        ],
    )
