"""The console's forms. Lengths and emptiness are judged by the actions; here only what keeps a
page from being sent half filled in."""

import re
from typing import TypeVar

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    PasswordField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, EqualTo, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from cases.domain.facts import LONG_TEXT
from cases.domain.passphrases import MAXIMUM_LENGTH, MINIMUM_LENGTH
from reviewer.messages import has_gap

SHORT = 200

_TOO_LONG = _("This is too long. Shorten it to %(max)d characters.")


_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


def without_controls(typed: str | None) -> str:
    """A line without what nobody types: PostgreSQL holds no NUL and no page shows one."""
    return _CONTROLS.sub("", typed or "")


class ConsoleForm(FlaskForm):
    """A form whose cross-site token is checked for every request before any view runs."""

    class Meta:
        csrf = False


class SignInForm(ConsoleForm):
    """Everything in one form: no answer tells which of the three was wrong."""

    login = StringField(
        _("Login"),
        [DataRequired(_("Fill in your login.")), Length(max=SHORT, message=_TOO_LONG)],
        filters=[without_controls],
    )
    passphrase = PasswordField(
        _("Passphrase"),
        [
            DataRequired(_("Fill in your passphrase.")),
            Length(max=MAXIMUM_LENGTH, message=_TOO_LONG),
        ],
    )
    one_time_code = StringField(
        _("One-time code"),
        [
            DataRequired(_("Fill in the code that your app shows now.")),
            Length(max=SHORT, message=_TOO_LONG),
        ],
    )
    next = HiddenField()


class WelcomeForm(ConsoleForm):
    """The first sign-in: what the person was handed, and a passphrase of her own."""

    login = StringField(
        _("Login"),
        [DataRequired(_("Fill in your login.")), Length(max=SHORT, message=_TOO_LONG)],
        filters=[without_controls],
    )
    code = StringField(
        _("Invitation code"),
        [
            DataRequired(_("Fill in the ten words of your invitation.")),
            Length(max=2 * SHORT, message=_TOO_LONG),
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
            Length(max=SHORT, message=_TOO_LONG),
        ],
    )


class VersionedForm(ConsoleForm):
    """A form about a case as it was when its page was made."""

    version = IntegerField(widget=HiddenInput(), validators=[DataRequired()])


Versioned = TypeVar("Versioned", bound=VersionedForm)


def at_version(form: Versioned, version: int) -> Versioned:
    """The form, about the case as it is now."""
    form.version.data = version
    return form


def _no_gap(form: ConsoleForm, field: StringField) -> None:
    if has_gap(field.data or ""):
        raise ValidationError(_("Replace the part between [… and …] with your own words."))


_long = Length(max=LONG_TEXT, message=_TOO_LONG)


class ReplyForm(VersionedForm):
    """What the person will read."""

    message = TextAreaField(
        _("Your message"), [DataRequired(_("Write the message that the person will read.")), _long]
    )


class NoteForm(ConsoleForm):
    """What only the office reads."""

    note = TextAreaField(_("Note"), [DataRequired(_("Write the note.")), _long])


class TransitionForm(VersionedForm):
    """A step of the case: what the person reads with it, and what the file holds."""

    message = TextAreaField(_("Message to the person"), [Optional(), _long, _no_gap])
    reason = TextAreaField(_("Reason, for the file only"), [Optional(), _long])

    def requires(self, *, message: bool, reason: bool) -> None:
        """Make required what this step requires."""
        if message:
            self.message.validators = [
                DataRequired(_("Write the message that the person will read.")),
                _long,
                _no_gap,
            ]
            self.message.flags.required = True
        if reason:
            self.reason.validators = [
                DataRequired(_("Write the reason. Only the office reads it.")),
                _long,
            ]
            self.reason.flags.required = True


class ShareForm(VersionedForm):
    """Which colleague gets a key of the case as well."""

    colleague = SelectField(_("Colleague"), [DataRequired(_("Choose a colleague."))])
