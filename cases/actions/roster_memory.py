"""Remembering which rosters were in force, so that an older one is never taken for the newest.

Somebody who can delete files could take the newest roster away, and the rest would verify. The
database remembers; somebody who writes there can stop intake, and make no roster believed.
"""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from cases.errors import DatabaseUnusable
from cases.models import RosterSeen
from cases.queries.rosters import newest_seen
from cases.saying import said
from crypto.errors import RosterFault, RosterRejected
from crypto.roster import VerifiedRoster, check_remembered

__all__ = ["Session", "believe", "check", "check_next", "remember", "remembers"]

# Whoever comes second finds the row there. What another remembered under this number is not
# overwritten: checking finds the two different, and intake stops.
_REMEMBER = text(
    "INSERT INTO roster_seen (serial, fingerprint) VALUES (:serial, :fingerprint)"
    " ON CONFLICT (serial) DO NOTHING"
)


def check(session: Session, chain: Sequence[VerifiedRoster]) -> VerifiedRoster:
    """The roster in force, the last of a verified chain, when none newer was ever seen here.

    Raises:
        RosterRejected: ROLLED_BACK, or FORKED: the chain is not the one that was in force.
        DatabaseUnusable: it does not answer.
    """
    seen = _newest_seen(session)
    if seen is not None:
        check_remembered(chain, seen.serial, seen.fingerprint)
    return chain[-1]


def check_next(session: Session, chain: Sequence[VerifiedRoster]) -> None:
    """Nothing but silence when the last roster of a chain may be put in force here, or put back.

    A file that was lost may come back, one after the other; another one in its place may not.

    Raises:
        RosterRejected: ROLLED_BACK or FORKED.
        DatabaseUnusable: as `check`.
    """
    following = chain[-1]
    seen = session.get(RosterSeen, following.roster.serial)
    if seen is None:
        check(session, chain)
    elif seen.fingerprint != following.fingerprint:
        raise RosterRejected(RosterFault.FORKED)


def remembers(session: Session, roster: VerifiedRoster) -> bool:
    """Whether this very roster was seen here before, or one after it."""
    seen = _newest_seen(session)
    return seen is not None and seen.serial >= roster.roster.serial


def remember(session: Session, roster: VerifiedRoster) -> None:
    """Let no older roster be believed from now on; once is enough."""
    found = {"serial": roster.roster.serial, "fingerprint": roster.fingerprint}
    session.execute(_REMEMBER, found)


def believe(session: Session, chain: Sequence[VerifiedRoster]) -> VerifiedRoster:
    """Check, then remember, in a writing session. Raises RosterRejected as `check`."""
    found = check(session, chain)
    remember(session, found)
    return found


def _newest_seen(session: Session) -> RosterSeen | None:
    try:
        return newest_seen(session)
    except OperationalError:
        raise DatabaseUnusable(said("the database does not answer")) from None
