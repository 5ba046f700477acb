"""The draft of a form page: the 32 random bytes that its receipt code is drawn from.

Only the portal's pages carry one: what staff type in leads to a receipt code by another way.
"""

import base64
import binascii
import secrets

from crypto.receipt import DRAFT_SIZE
from web.forms.complaint import ComplaintForm
from web.forms.fields import Hidden
from web.forms.protection import ProtectionForm
from web.forms.report import ReportForm


class ReportPage(ReportForm):
    """The report form with its draft."""

    draft = Hidden()


class ComplaintPage(ComplaintForm):
    """The complaint form with its draft.

    Attributes:
        told: the service whose own ombuds the person was told of, so that sending again goes on.
    """

    draft = Hidden()
    told = Hidden()


class ProtectionPage(ProtectionForm):
    """The request for protection with its draft."""

    draft = Hidden()


def new_draft() -> str:
    """A fresh draft, for a hidden field: base64url without padding."""
    return base64.urlsafe_b64encode(secrets.token_bytes(DRAFT_SIZE)).decode("ascii").rstrip("=")


def read_draft(typed: str | None) -> bytes | None:
    """The draft of a page; None where the page lost or changed it."""
    try:
        draft = base64.b64decode((typed or "").encode("ascii") + b"=", b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    return draft if len(draft) == DRAFT_SIZE else None
