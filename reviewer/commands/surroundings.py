"""What commands find around them: the settings of the environment, the database, the time."""

from datetime import date, datetime
from pathlib import Path

from cases.actions import roster_memory
from cases.database import Database
from cases.evidence_store import EvidenceStore
from cases.roster_store import load_all
from crypto.roster import VerifiedRoster
from web.clock import OFFICE_ZONE, SystemClock, office_day
from web.settings import database_url, evidence_url, home_folder


def now() -> datetime:
    """The moment, in the office's zone."""
    return SystemClock().now().astimezone(OFFICE_ZONE)


def today() -> date:
    """The office's day."""
    return office_day(now())


def open_database() -> Database:
    """The database of the environment, checked. Raises DatabaseUnusable."""
    found = Database(database_url())
    found.check()
    return found


def evidence_store() -> EvidenceStore:
    """The evidence store of the environment. Raises EvidenceUnusable for an odd address."""
    return EvidenceStore(evidence_url())


def roster_folder() -> Path:
    """Where the signed rosters and the pin of the first one lie."""
    return home_folder() / "roster"


def verified_roster(database: Database, *, expired_too: bool = False) -> VerifiedRoster:
    """The roster in force, and from now on none before it; `expired_too` is for renewing it.

    Raises:
        RosterRejected, RosterUnusable.
    """
    return verified_chain(database, expired_too=expired_too)[-1]


def verified_chain(database: Database, *, expired_too: bool = False) -> tuple[VerifiedRoster, ...]:
    """Every roster from the pinned first one on, the one in force last; as `verified_roster`."""
    chain = load_all(roster_folder(), today(), expired_too=expired_too)
    with database.writing() as session:
        roster_memory.believe(session, chain)
    return chain
