"""What views may reach: built once by the application's factory, found through the application."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from flask import Flask, current_app

from cases.database import Database
from cases.errors import DatabaseUnusable, RosterUnusable
from cases.evidence_store import EvidenceStore
from crypto.errors import RosterRejected
from crypto.roster import VerifiedRoster
from web.clock import OFFICE_ZONE, Clock
from web.kdf_gate import KdfGate
from web.look.served import ServedLook, served_look
from web.pressure import PressureGauge
from web.roster import Chain, RosterMemory, RosterSource
from web.settings import Settings
from web.tickets import Tickets
from web.waiting import WaitingRoom

EXTENSION = "zegel"


@dataclass(frozen=True, slots=True)
class Services:
    """One application's collaborators."""

    settings: Settings
    database: Database
    clock: Clock
    kdf_gate: WaitingRoom
    pressure: PressureGauge
    rosters: RosterSource
    roster_memory: RosterMemory
    evidence: EvidenceStore
    look: ServedLook

    def now(self) -> datetime:
        """The moment, aware, in the office's zone: its `.date()` is the office's day."""
        return self.clock.now().astimezone(OFFICE_ZONE)

    def today(self) -> date:
        """The office's day."""
        return self.now().date()

    def roster(self) -> VerifiedRoster:
        """The roster in force.

        Raises:
            RosterRejected, RosterUnusable: none can be verified, or a newer one was seen here.
            DatabaseUnusable: what was seen here cannot be read.
        """
        return self.roster_memory.check(self.rosters.chain(self.today()))

    def roster_if_verified(self, *, asks: bool = False) -> VerifiedRoster | None:
        """The same, or None where there is none to trust, for pages that show something else.

        Most ask nothing more of the database: it was asked when the roster was new here.
        """
        try:
            chain = self.rosters.chain(self.today())
            if asks:
                self.roster_memory.check(chain)
        except (RosterRejected, RosterUnusable):
            return None
        return None if self.roster_memory.refuses(chain) else chain[-1]

    def office_name(self, language: str) -> str | None:
        """What the office is called in a language; None where no roster can be trusted."""
        found = self.roster_if_verified()
        return self.look.look.name(language, found.roster.office) if found else None

    def rosters_of_the_past(self) -> Chain:
        """Every roster, to judge what somebody signed under it, and never to seal to; none where
        the chain does not verify."""
        try:
            return self.rosters.past(self.today())
        except (RosterRejected, RosterUnusable):
            return ()

    def keep_up_with_rosters(self) -> None:
        """Remember a roster that is new here, before a view needs it; it says itself what fails."""
        with suppress(RosterRejected, RosterUnusable, DatabaseUnusable):
            self.roster_memory.keep_up(self.rosters.chain(self.today()))


def build_services(settings: Settings, database: Database, clock: Clock) -> Services:
    """Put the collaborators of one application together.

    Raises:
        EvidenceUnusable: the address of the evidence store makes no sense.
        LookInvalid: the office's own look cannot be used.
    """
    limits = settings.limits
    gate = KdfGate(limits.derivations, limits.derivations_waiting, limits.derivation_wait_seconds)
    gauge = PressureGauge(database, clock)
    waiting = WaitingRoom(gate, Tickets(settings.secret_key), clock)
    rosters, memory = RosterSource(settings.roster_folder), RosterMemory(database)
    evidence = EvidenceStore(settings.evidence_url)
    look = served_look(settings.home)
    return Services(settings, database, clock, waiting, gauge, rosters, memory, evidence, look)


def services() -> Services:
    """The collaborators of the application that answers this request."""
    return services_of(current_app)


def services_of(app: Flask) -> Services:
    """The collaborators of an application."""
    found = app.extensions[EXTENSION]
    assert isinstance(found, Services)  # noqa: S101 - narrows the type of Flask's untyped registry
    return found
