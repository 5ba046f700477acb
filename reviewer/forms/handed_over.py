"""Whether the person has the receipt code of what was typed in for them."""

import re

from flask_babel import lazy_gettext as _
from wtforms import BooleanField

from crypto.receipt import ReceiptCode
from reviewer.forms.console import ConsoleForm
from web.forms.fields import Hidden, Required
from web.receiving import code_sent_back

_CASE_ID = re.compile(r"[0-9a-f]{32}")


class HandedOverForm(ConsoleForm):
    """The code travels along, so that the page can show it again where the box is not ticked."""

    code = Hidden()
    case_id = Hidden()
    handed_over = BooleanField(
        _("The person has the code, or wanted none"),
        [Required(_("First give the person the ten words, then tick this box."))],
    )

    @property
    def receipt_code(self) -> ReceiptCode | None:
        """The code of our own page; None for anything else."""
        return code_sent_back(self.code.data)

    @property
    def case(self) -> str:
        """The case's id as in addresses; empty where the page lost it."""
        case_id = self.case_id.data or ""
        return case_id if _CASE_ID.fullmatch(case_id) else ""
