"""The form about who must not read a case any more."""

from flask_babel import lazy_gettext as _
from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired, Length

from cases.domain.facts import LONG_TEXT
from reviewer.forms.console import TOO_LONG
from reviewer.forms.on_a_case import VersionedForm


class KeepAwayForm(VersionedForm):
    """Who, and why."""

    person = SelectField(_("Who must not see this case?"), [DataRequired(_("Choose a person."))])
    reason = TextAreaField(
        _("Reason, for the file only"),
        [
            DataRequired(_("Write the reason. Only the office reads it.")),
            Length(max=LONG_TEXT, message=TOO_LONG),
        ],
    )
