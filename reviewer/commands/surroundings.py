"""What commands find around them: the settings of the environment, the database, the time."""

from datetime import date, datetime

from cases.database import Database
from cases.evidence_store import EvidenceStore
from cases.roster_store import load
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


def verified_roster() -> VerifiedRoster:
    """The roster in force. Raises RosterRejected."""
    return load(home_folder() / "roster", today())
