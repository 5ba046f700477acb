"""Saying that one has read what will be erased: by how many cases it is."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, ValidationError

from cases.actions.erasure import digest_of
from cases.queries.erasures import EndingCase
from reviewer.forms.console import ConsoleForm, without_controls


class ErasureForm(ConsoleForm):
    """How many cases go, typed by whoever erases them."""

    number = StringField(
        _("How many cases will be erased?"),
        [DataRequired(_("Type how many cases will be erased."))],
        filters=[without_controls],
    )
    # The digest of the list that the page shows.
    read = HiddenField()

    def shows(self, due: Sequence[EndingCase]) -> None:
        """Note which cases the person reads of, and how many that is."""
        self.expected = len(due)
        self.listed = digest_of(each.case_id for each in due).hex()

    def validate_number(self, field: StringField) -> None:
        """The number on the page that was read, and no other."""
        if self.read.data != self.listed:
            raise ValidationError(_("The list has changed since you read it. Read it again."))
        if (field.data or "").strip() != str(self.expected):
            raise ValidationError(_("This is not the number of cases on this page. Read it again."))

    @property
    def was_read(self) -> bytes:
        """The digest of the list, of a valid form."""
        return bytes.fromhex(self.read.data or "")
