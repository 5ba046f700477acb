"""The draft of a form page: the 32 random bytes that its receipt code is drawn from.

A page carries it in a hidden field, so that the same page sent twice gives the same code.
"""

import base64
import binascii
import secrets

from crypto.receipt import DRAFT_SIZE


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


def refreshed(typed: str | None) -> str:
    """The draft of a page that is shown again; a new one where it was lost."""
    return typed if typed and read_draft(typed) is not None else new_draft()
