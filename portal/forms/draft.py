"""The three forms as pages of the portal: with the draft that their receipt code is drawn from."""

from flask_babel import lazy_gettext as _

from web.forms.complaint import ComplaintForm
from web.forms.fields import Hidden, Line
from web.forms.protection import ProtectionForm
from web.forms.report import ReportForm


class Continuing:
    """A form that may be opened from the mailbox of another case.

    Attributes:
        continues: whether it was.
        together: the other case's reference, where the person ticks that the office may know it.
    """

    continues = Hidden()
    together = Line(_("The office may know that this belongs to my other case"))


class ReportPage(Continuing, ReportForm):
    """The report form with its draft."""

    draft = Hidden()


class ComplaintPage(Continuing, ComplaintForm):
    """The complaint form with its draft.

    Attributes:
        told: the service whose own ombuds the person was told of, so that sending again goes on.
    """

    draft = Hidden()
    told = Hidden()


class ProtectionPage(ProtectionForm):
    """The request for protection with its draft."""

    draft = Hidden()
