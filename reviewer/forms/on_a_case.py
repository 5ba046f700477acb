"""Forms about one case, as it was when their page was made."""

from collections.abc import Callable
from typing import TypeVar

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from cases.domain.facts import LONG_TEXT
from cases.domain.policies import Allowed
from reviewer.forms.console import TOO_LONG, ConsoleForm
from reviewer.messages import has_gap

Versioned = TypeVar("Versioned", bound="VersionedForm")
_Check = Callable[[ConsoleForm, TextAreaField], None]


class VersionedForm(ConsoleForm):
    """A form about a case as it was when its page was made."""

    version = IntegerField(widget=HiddenInput(), validators=[DataRequired()])


def at_version(form: Versioned, version: int) -> Versioned:
    """The form, about the case as it is now."""
    form.version.data = version
    return form


def _no_gap(form: ConsoleForm, field: TextAreaField) -> None:
    if has_gap(field.data or ""):
        raise ValidationError(_("Replace the part between [… and …] with your own words."))


_long = Length(max=LONG_TEXT, message=TOO_LONG)


class ReplyForm(VersionedForm):
    """What the person will read."""

    message = TextAreaField(
        _("Your message"), [DataRequired(_("Write the message that the person will read.")), _long]
    )
    asks = BooleanField(_("This asks the person for an answer"))

    def comes_with_files(self) -> None:
        """Files alone can be sent, without a word."""
        self.message.validators = [Optional(), _long]
        self.message.flags.required = False


class NoteForm(ConsoleForm):
    """What only the office reads."""

    note = TextAreaField(_("Note"), [DataRequired(_("Write the note.")), _long])


class StepForm(VersionedForm):
    """The texts of a step: what the person reads, what the service reads, what the file holds."""

    message = TextAreaField(_("Message to the person"), [Optional(), _long, _no_gap])
    notice = TextAreaField(_("Letter to the public service"), [Optional(), _long, _no_gap])
    reason = TextAreaField(_("Reason, for the file only"), [Optional(), _long])

    def requires(self, allowed: Allowed) -> None:
        """Make required what this step requires."""
        if allowed.message_required:
            _require(self.message, _("Write the message that the person will read."), _no_gap)
        if allowed.notice_required:
            _require(self.notice, _("Write what the public service will read."), _no_gap)
        if allowed.reason_required:
            _require(self.reason, _("Write the reason. Only the office reads it."))


def _require(field: TextAreaField, message: str, *also: _Check) -> None:
    field.validators = [DataRequired(message), _long, *also]
    field.flags.required = True


class NewKeyForm(VersionedForm):
    """Why a case gets a new key."""

    reason = TextAreaField(
        _("Reason, for the file only"),
        [DataRequired(_("Write the reason. Only the office reads it.")), _long],
    )


class ShareForm(VersionedForm):
    """Which colleague gets a key of the case as well."""

    colleague = SelectField(_("Colleague"), [DataRequired(_("Choose a colleague."))])
