"""The fields in which people say who they are and choose a passphrase, wherever they are asked."""

from flask_babel import lazy_gettext as _
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, Length

from cases.domain.passphrases import MAXIMUM_LENGTH, MINIMUM_LENGTH
from reviewer.forms.console import SHORT, TOO_LONG, ConsoleForm, without_controls


def login_field() -> StringField:
    """One's login."""
    return StringField(
        _("Login"),
        [DataRequired(_("Fill in your login.")), Length(max=SHORT, message=TOO_LONG)],
        filters=[without_controls],
    )


def new_passphrase_field() -> PasswordField:
    """A passphrase that the person chooses."""
    return PasswordField(
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


def again_field() -> PasswordField:
    """The same once more; the field it repeats is called `passphrase`."""
    return PasswordField(
        _("The same passphrase again"),
        [EqualTo("passphrase", _("The two passphrases differ. Type the same one twice."))],
    )


class LoginForm(ConsoleForm):
    """Login and passphrase."""

    login = login_field()
    passphrase = PasswordField(
        _("Passphrase"),
        [
            DataRequired(_("Fill in your passphrase.")),
            Length(max=MAXIMUM_LENGTH, message=TOO_LONG),
        ],
    )
