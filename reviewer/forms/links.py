"""Forms for linking two cases."""

from flask_babel import lazy_gettext as _
from wtforms import IntegerField
from wtforms.validators import DataRequired
from wtforms.widgets import HiddenInput

from cases.domain.details import LinkKind
from reviewer.forms.on_a_case import VersionedForm
from web.forms.fields import Answer, Line, Required
from web.forms.options import options_of


class LinkForm(VersionedForm):
    """Which other case, and how the two belong together."""

    reference = Line(_("Reference of the other case"), Required(_("Type a reference.")))
    kind = Answer(
        _("How do they belong together?"),
        options_of(LinkKind),
        Required(_("Choose how they belong together.")),
    )


class ConfirmedLinkForm(LinkForm):
    """The same, after both cases were looked at."""

    other_version = IntegerField(widget=HiddenInput(), validators=[DataRequired()])
