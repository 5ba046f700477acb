"""An office whose roster two people sign, and the steps of changing it."""

from datetime import datetime
from pathlib import Path

from cases import roster_store
from cases.actions import roster_people, rosters
from cases.actions.joining import NewPerson
from cases.actions.office import found_office
from cases.actions.rosters import Changes, Proposed
from cases.database import Database
from cases.domain.roles import Role
from crypto.roster import VerifiedRoster
from tests.support.office import CUSTODIANS_NEEDED, NAME, PEOPLE, RECOVERY, WEAK, Office
from web.clock import OFFICE_ZONE, Clock, SystemClock, office_day

BO = NewPerson("bo", "Bo Admin", frozenset({Role.ADMINISTRATOR}))


def two_signers(folder: Path, database: Database, clock: Clock) -> Office:
    """Eight people, of whom Ada and Bo sign; none enrolled yet."""
    database.migrate()
    people, today = (*PEOPLE, BO), office_day(clock.now())
    with database.writing() as session:
        founded = found_office(session, NAME, people, CUSTODIANS_NEEDED, RECOVERY, today, WEAK)
    roster_store.start(folder / "roster", founded.roster_file, founded.pin)
    return Office(folder, database, clock, founded.invitations, founded.recovery_shares)


def two_signers_at(home: Path) -> Office:
    """The same as `zegel` finds it: a new folder with the database in it, and today's clock."""
    home.mkdir()
    return two_signers(home, Database(f"sqlite:///{home / 'zegel.sqlite'}"), SystemClock())


def current(office: Office) -> VerifiedRoster:
    """The roster to propose on, also when it has run out."""
    today = office_day(office.clock.now())
    return roster_store.load(office.home / "roster", today, expired_too=True)


def propose(office: Office, changes: Changes, by: str = "ada") -> Proposed:
    """Write the next roster, signed by one."""
    signer = office.signed_in(by)
    with office.database.writing() as session:
        return rosters.propose(session, current(office), changes, signer, _now(office), WEAK)


def sign(office: Office, file: bytes, by: str = "bo") -> bytes:
    """The proposal with one more signature."""
    signer = office.signed_in(by)
    with office.database.writing() as session:
        return rosters.sign(session, current(office), file, signer, _now(office))


def accept(office: Office, file: bytes) -> VerifiedRoster:
    """Put a proposal in force."""
    folder, now = office.home / "roster", _now(office)
    with office.database.writing() as session:
        chain = roster_store.load_with(folder, file, now.date())
        roster_people.enact(session, chain, now)
        return roster_store.append(folder, file, now.date())


def change(office: Office, changes: Changes) -> VerifiedRoster:
    """Propose, sign by the other administrator, put in force."""
    return accept(office, sign(office, propose(office, changes).file))


def _now(office: Office) -> datetime:
    """In the office's zone, as commands pass it: near midnight UTC has another day."""
    return office.clock.now().astimezone(OFFICE_ZONE)
