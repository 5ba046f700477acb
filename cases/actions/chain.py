"""Appending to the chain of the trail.

What people of the office do joins the chain when its transaction commits: last of all, so that
the lock that keeps two from taking the same place is held for the commit only, and whoever holds
it waits for nothing. What is known by its day joins after that day, with the daily jobs; the
portal appends no link and waits for nobody.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import event
from sqlalchemy.orm import Session

from cases.database import lock
from cases.domain.trail_chain import following
from cases.models import TrailEntry, TrailLink
from cases.queries.trail_chain import as_entry, head, waiting_until

_LOCK = b"zegeltrl"  # eight bytes that only this work uses
_WAITING = "zegel_trail_waiting"


def link_at_commit(session: Session, entry: TrailEntry) -> None:
    """Let a new entry join the chain as the last thing that its transaction does."""
    if _WAITING not in session.info:
        session.info[_WAITING] = []
        event.listen(session, "before_commit", _link_waiting)
        event.listen(session, "after_rollback", _forget_waiting)
    session.info[_WAITING].append(entry)


def close_days(session: Session, today: date) -> int:
    """Let what happened by day before today join the chain; returns how many entries.

    In the order of their random ids within a day: it tells nothing.
    """
    session.flush()
    lock(session, _LOCK)
    waiting = waiting_until(session, today)
    _append(session, waiting)
    return len(waiting)


def _link_waiting(session: Session) -> None:
    entries: list[TrailEntry] = session.info[_WAITING]
    if entries:
        session.flush()
        lock(session, _LOCK)
        _append(session, entries)
        entries.clear()


def _forget_waiting(session: Session) -> None:
    session.info[_WAITING].clear()


def _append(session: Session, entries: Iterable[TrailEntry]) -> None:
    last = head(session)
    for entry in entries:
        last = following(last, as_entry(entry))
        session.add(TrailLink(position=last.position, entry_id=entry.id, digest=last.digest))
    session.flush()
