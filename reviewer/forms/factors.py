"""What people of the office set up to sign in with, and their passphrase."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, Length

from cases.actions.passkeys import NAME_SIZE
from cases.domain.passphrases import MAXIMUM_LENGTH, MINIMUM_LENGTH
from reviewer.forms.console import SHORT, TOO_LONG, ConsoleForm, without_controls


class PasskeyForm(ConsoleForm):
    """A passkey that the browser made; our script fills in what it is."""

    name = StringField(
        _("Name of the passkey"),
        [
            DataRequired(_("Give it a name, such as the device it is on.")),
            Length(max=NAME_SIZE, message=TOO_LONG),
        ],
        filters=[without_controls],
    )
    passkey = HiddenField()


class AuthenticatorForm(ConsoleForm):
    """Proof that the app has the secret which the page offered."""

    offered = HiddenField()
    one_time_code = StringField(
        _("Code that the app shows now"),
        [
            DataRequired(_("Fill in the code that your app shows now.")),
            Length(max=SHORT, message=TOO_LONG),
        ],
    )


class PassphraseForm(ConsoleForm):
    """One's own passphrase, replaced."""

    present = PasswordField(
        _("Your passphrase until now"),
        [
            DataRequired(_("Fill in your passphrase until now.")),
            Length(max=MAXIMUM_LENGTH, message=TOO_LONG),
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


class LostFactorForm(ConsoleForm):
    """Login and passphrase of somebody who has nothing else."""

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
