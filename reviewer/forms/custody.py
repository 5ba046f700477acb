"""Asking for a reporter's name, and answering as a custodian."""

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext
from wtforms import HiddenField, ValidationError

from cases.actions.custody import Question
from cases.domain.identity_requests import Asking
from reviewer.forms.console import ConsoleForm
from reviewer.messages import has_gap
from web.forms.fields import Answer, Required, Story

_YES, _NO = "yes", "no"


class AskForm(ConsoleForm):
    """Why the name is needed, and what the reporter is told of it."""

    reason = Story(_("Why do you need the name?"), Required(_("Write why you need the name.")))
    tells = Answer(
        _("Will the person be told?"),
        [
            (_YES, _("Yes, before you read the name")),
            (_NO, _("No, it would endanger the investigation")),
        ],
        Required(_("Choose whether the person will be told.")),
    )
    message = Story(_("What the person will read"))
    why_not = Story(_("Why would telling endanger the investigation?"))

    def validate_message(self, field: Story) -> None:
        """Needed where the person is told."""
        if self.tells.data != _YES:
            return
        if not field.data:
            raise ValidationError(_("Write the message that the person will read."))
        if has_gap(field.data):
            raise ValidationError(_("Replace the part between [… and …] with your own words."))

    def validate_why_not(self, field: Story) -> None:
        """Needed where the person is not told."""
        if self.tells.data == _NO and not field.data:
            raise ValidationError(_("Write why telling would endanger the investigation."))

    @property
    def asking(self) -> Asking:
        """What was written, once the form is valid."""
        return Asking(
            reason=self.reason.data or "",
            tells=self.tells.data == _YES,
            message=self.message.data or "",
            why_not=self.why_not.data or "",
        )


class CustodianForm(ConsoleForm):
    """What a custodian decides, and why."""

    decision = Answer(
        _("Your decision"),
        [
            (_YES, lazy_pgettext("custodian", "I agree: hand over my share of this name")),
            (_NO, lazy_pgettext("custodian", "I refuse")),
        ],
        Required(_("Choose whether you agree.")),
    )
    reason = Story(_("Your reason"), Required(_("Write the reason for your decision.")))
    # The digest of the request that the page shows.
    read = HiddenField()

    def shows(self, question: Question) -> None:
        """Note what the custodian reads before she decides."""
        self.read.data = question.digest.hex()

    @property
    def was_read(self) -> bytes:
        """The digest of what the page showed; empty where the form does not say."""
        try:
            return bytes.fromhex(self.read.data or "")
        except ValueError:
            return b""

    @property
    def approves(self) -> bool:
        """Whether the share is handed over."""
        return bool(self.decision.data == _YES)
