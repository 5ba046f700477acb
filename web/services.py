"""What views may reach: built once by the application's factory, found through the application."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import Flask, current_app

from cases.database import Database
from cases.errors import RosterUnusable
from cases.evidence_store import EvidenceStore
from crypto.errors import RosterRejected
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
    evidence: EvidenceStore

    def now(self) -> datetime:
        """The moment, aware, in the office's zone: its `.date()` is the office's day."""
        return self.clock.now().astimezone(OFFICE_ZONE)

    def today(self) -> date:
        """The office's day."""
        return self.now().date()

    def roster(self) -> VerifiedRoster:
        """The roster in force. Raises RosterRejected when none can be verified."""
        return self.rosters.current(self.today())

    def roster_if_verified(self) -> VerifiedRoster | None:
        """The same, or None where there is none to trust, for pages that show something else."""
        try:
            return self.roster()
        except (RosterRejected, RosterUnusable):
            return None


def build_services(settings: Settings, database: Database, clock: Clock) -> Services:
    """Put the collaborators of one application together.

    Raises:
        EvidenceUnusable: the address of the evidence store makes no sense.
    """
    limits = settings.limits
    gate = KdfGate(limits.derivations, limits.derivations_waiting, limits.derivation_wait_seconds)
    rosters, evidence = RosterSource(settings.roster_folder), EvidenceStore(settings.evidence_url)
    return Services(settings, database, clock, gate, rosters, evidence)


def services() -> Services:
    """The collaborators of the application that answers this request."""
    return services_of(current_app)


def services_of(app: Flask) -> Services:
    """The collaborators of an application."""
    found = app.extensions[EXTENSION]
    assert isinstance(found, Services)  # noqa: S101 - narrows the type of Flask's untyped registry
    return found
