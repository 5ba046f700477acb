"""What people of the office set up to sign in with, and their passphrase."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, Length

from cases.actions.passkeys import NAME_SIZE
from cases.domain.passphrases import MAXIMUM_LENGTH
from reviewer.forms.console import TOO_LONG, ConsoleForm, without_controls
from reviewer.forms.passphrases import again_field, new_passphrase_field
from reviewer.forms.sign_in import EnrolmentForm


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


class AuthenticatorForm(EnrolmentForm):
    """The same of a secret that the page offered and that nothing kept yet."""

    offered = HiddenField()


class PassphraseForm(ConsoleForm):
    """One's own passphrase, replaced."""

    present = PasswordField(
        _("Your passphrase until now"),
        [
            DataRequired(_("Fill in your passphrase until now.")),
            Length(max=MAXIMUM_LENGTH, message=TOO_LONG),
        ],
    )
    passphrase = new_passphrase_field()
    again = again_field()
