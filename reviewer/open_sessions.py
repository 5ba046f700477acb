"""One's own open sessions, as the account page shows them."""

from dataclasses import dataclass
from datetime import datetime

from cases.actions.session_ending import own_sessions
from reviewer.session import signed_in
from web.clock import OFFICE_ZONE
from web.cookies import browser
from web.database import db
from web.services import services


@dataclass(frozen=True)
class SessionRow:
    """A session with its moments in the office's zone; `id` in hexadecimal."""

    id: str
    opened_at: datetime
    seen_at: datetime
    is_this_one: bool


def session_rows() -> list[SessionRow]:
    """The open sessions of whoever asks, the newest first."""
    token = browser().ensure()
    return [
        SessionRow(
            id=each.id.hex(),
            opened_at=each.opened_at.astimezone(OFFICE_ZONE),
            seen_at=each.seen_at.astimezone(OFFICE_ZONE),
            is_this_one=each.is_this_one,
        )
        for each in own_sessions(db(), token, signed_in(), services().now())
    ]
