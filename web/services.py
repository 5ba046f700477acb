"""What views may reach: built once by the application's factory, found through the application."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app

from cases.database import Database
from crypto.roster import VerifiedRoster
from web.clock import OFFICE_ZONE, Clock
from web.kdf_gate import KdfGate
from web.roster import RosterSource
from web.settings import Settings

EXTENSION = "zegel"


@dataclass(frozen=True, slots=True)
class Services:
    """One application's collaborators."""

    settings: Settings
    database: Database
    clock: Clock
    kdf_gate: KdfGate
    rosters: RosterSource

    def now(self) -> datetime:
        """The moment, aware, in the office's zone: its `.date()` is the office's day."""
        return self.clock.now().astimezone(OFFICE_ZONE)

    def today(self) -> date:
        """The office's day."""
        return self.now().date()

    def roster(self) -> VerifiedRoster:
        """The roster in force. Raises RosterRejected when none can be verified."""
        return self.rosters.current(self.today())


def build_services(settings: Settings, database: Database, clock: Clock) -> Services:
    """Put the collaborators of one application together."""
    limits = settings.limits
    gate = KdfGate(limits.derivations, limits.derivations_waiting, limits.derivation_wait_seconds)
    return Services(settings, database, clock, gate, RosterSource(settings.roster_folder))


def services() -> Services:
    """The collaborators of the application that answers this request."""
    found = current_app.extensions[EXTENSION]
    assert isinstance(found, Services)  # noqa: S101 - narrows the type of Flask's untyped registry
    return found
