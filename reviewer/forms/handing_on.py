"""Handing all of one's cases to a colleague."""

from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.validators import DataRequired

from reviewer.forms.console import ConsoleForm


class HandOverForm(ConsoleForm):
    """Which colleague gets the cases."""

    colleague = SelectField(_("Colleague"), [DataRequired(_("Choose a colleague."))])
