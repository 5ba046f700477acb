"""An office's folder for tests: database, roster, secrets and people, made with the real actions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from pyotp import TOTP

from cases import roster_store
from cases.actions import enrolment
from cases.actions.office import NewPerson, found_office
from cases.database import Database
from cases.domain.roles import Role
from crypto.receipt import ReceiptCode
from crypto.session import SessionToken
from reviewer.home import prepare_home
from web.clock import OFFICE_ZONE

OFFICE = "Ombuds of Testland"
PASSPHRASE = "quiet harbour lantern violin 52"

ADA = NewPerson("ada", "Ada Intake", frozenset({Role.INTAKE, Role.CUSTODIAN}))
BEN = NewPerson("ben", "Ben Investigator", frozenset({Role.INVESTIGATOR}))
CLEO = NewPerson("cleo", "Cleo Head", frozenset({Role.HEAD, Role.CUSTODIAN, Role.ADMINISTRATOR}))
PEOPLE = (ADA, BEN, CLEO)


@dataclass(frozen=True, slots=True)
class OfficeHome:
    """An office nobody has signed in to yet."""

    home: Path
    database_url: str
    invitations: dict[str, ReceiptCode] = field(repr=False)

    def database(self) -> Database:
        """A connection of the test's own; close it."""
        return Database(self.database_url)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a person signs in with."""

    login: str
    passphrase: str = field(repr=False)
    totp_secret: str = field(repr=False)


def found(
    home: Path, database_url: str | None = None, people: Sequence[NewPerson] = PEOPLE
) -> OfficeHome:
    """Make an office in an empty folder.

    Args:
        home: made if it is not there.
        database_url: default: SQLite in the folder.
        people: at least an administrator, someone with intake, and two custodians.
    """
    prepare_home(home)
    url = database_url or f"sqlite:///{home / 'zegel.sqlite'}"
    database = Database(url)
    try:
        database.migrate()
        with database.writing() as session:
            founded = found_office(session, OFFICE, people, 2, (2, 3), today())
            roster_store.start(home / "roster", founded.roster_file, founded.pin)
    finally:
        database.close()
    return OfficeHome(home, url, founded.invitations)


def enrol(
    office: OfficeHome, database: Database, login: str, now: datetime
) -> tuple[Credentials, SessionToken]:
    """A person's first sign-in at `now`; gives the token of the session it ends with."""
    code = office.invitations[login].text
    with database.writing() as session:
        token = enrolment.accept_invitation(session, login, code, PASSPHRASE, now)
    with database.writing() as session:
        secret = enrolment.enrolment(session, token, now).secret
        token = enrolment.enrol_totp(session, token, TOTP(secret).at(now), now)
    return Credentials(login, PASSPHRASE, secret), token


def today() -> date:
    """The office's day."""
    return datetime.now(OFFICE_ZONE).date()
