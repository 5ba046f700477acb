"""Seeing the sessions of the console that are open, and ending them.

Of a session only two moments are kept: when it was opened and when it was last used. Nothing is
kept of the device, the browser or the address.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete
from sqlalchemy.orm import Session

from cases.actions.signed_in import SignedIn, require
from cases.actions.staff_sessions import ABSOLUTE, IDLE
from cases.actions.trail import record_staff
from cases.domain.policies import permitted
from cases.domain.roles import Permission
from cases.domain.trail import TrailEvent
from cases.models import StaffSession
from cases.queries.staff_sessions import open_session_counts, open_sessions
from crypto.session import SessionToken


@dataclass(frozen=True)
class ListedSession:
    """A session that is open; its id finds its row and opens nothing."""

    id: bytes
    opened_at: datetime
    seen_at: datetime
    is_this_one: bool


def own_sessions(
    session: Session, token: SessionToken, by: SignedIn, now: datetime
) -> Sequence[ListedSession]:
    """The person's open sessions, the newest first; `token` is of the one that asks."""
    rows = open_sessions(session, by.member.id, now - ABSOLUTE, now - IDLE)
    return [ListedSession(row.id, row.opened_at, row.seen_at, row.id == token.id) for row in rows]


def session_counts(session: Session, now: datetime) -> dict[bytes, int]:
    """How many sessions are open, by person; nobody without one."""
    return open_session_counts(session, now - ABSOLUTE, now - IDLE)


def end_own(session: Session, session_id: bytes, by: SignedIn, now: datetime) -> None:
    """End one session of one's own; somebody else's, or one that is not there, stays as it is."""
    if _end(session, StaffSession.staff_id == by.member.id, StaffSession.id == session_id):
        record_staff(session, TrailEvent.SESSIONS_ENDED, now, by.member.id)


def end_others(session: Session, token: SessionToken, by: SignedIn, now: datetime) -> int:
    """End all sessions of one's own but the one of the token; returns how many."""
    ended = _end(session, StaffSession.staff_id == by.member.id, StaffSession.id != token.id)
    if ended:
        record_staff(session, TrailEvent.SESSIONS_ENDED, now, by.member.id)
    return ended


def end_all_of(session: Session, staff_id: bytes, by: SignedIn, now: datetime) -> int:
    """End every session of a colleague; returns how many.

    Raises:
        Refused: no permission.
    """
    require(permitted(by.member.roles, Permission.END_SESSIONS))
    ended = destroy_all_of(session, staff_id)
    if ended:
        record_staff(session, TrailEvent.SESSIONS_ENDED, now, by.member.id, subject_id=staff_id)
    return ended


def destroy_all_of(session: Session, staff_id: bytes) -> int:
    """Destroy every session of a person; the caller writes down why. Returns how many."""
    return _end(session, StaffSession.staff_id == staff_id)


def _end(session: Session, *which: ColumnElement[bool]) -> int:
    gone = session.scalars(
        delete(StaffSession)
        .where(*which)
        .returning(StaffSession.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())
