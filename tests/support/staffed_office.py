"""An office at production's costs whose people can sign in with a browser.

Everyone but the newcomers has done the first sign-in, an hour ago, so that the codes which their
authenticators show now are unused.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pyotp

from cases import roster_store
from cases.actions import enrolment
from cases.actions.office import NewPerson, found_office
from cases.database import Database
from cases.domain.one_time_codes import STEP_SECONDS
from cases.domain.roles import Role
from crypto.kdf import KdfCost
from reviewer.home import prepare_home
from tests.support.served import ServedOffice, serve_office
from web.clock import SystemClock, office_day

NAME = "Ombuds Test"
CUSTODIANS_NEEDED = 2
RECOVERY = (2, 3)

# Those who sign in.
PEOPLE = (
    NewPerson("ingrid", "Ingrid Intake", frozenset({Role.INTAKE})),
    NewPerson("ilse", "Ilse Intake", frozenset({Role.INTAKE})),
    NewPerson("imke", "Imke Intake", frozenset({Role.INTAKE})),
    NewPerson("iris", "Iris Intake", frozenset({Role.INTAKE, Role.CUSTODIAN})),
    NewPerson("hilde", "Hilde Head", frozenset({Role.HEAD})),
    NewPerson("axel", "Axel Auditor", frozenset({Role.AUDITOR, Role.CUSTODIAN})),
)
# Those who have an invitation only.
NEWCOMERS = (
    NewPerson("ada", "Ada Admin", frozenset({Role.ADMINISTRATOR})),
    NewPerson("carla", "Carla Custodian", frozenset({Role.CUSTODIAN})),
    NewPerson("cas", "Cas Custodian", frozenset({Role.CUSTODIAN})),
    NewPerson("cem", "Cem Custodian", frozenset({Role.CUSTODIAN})),
    NewPerson("nora", "Nora Newcomer", frozenset({Role.INTAKE})),
    NewPerson("nils", "Nils Newcomer", frozenset({Role.INTAKE})),
    NewPerson("nele", "Nele Newcomer", frozenset({Role.INTAKE})),
)
# Of invitations only, so that a dozen do not take seconds; passphrases cost what they cost.
WEAK = KdfCost(memory_kib=8, iterations=1, lanes=1)


class CodesUsedUp(AssertionError):
    """The authenticator shows no unused code now; the test signs in too often under one name."""


@dataclass
class Account:
    """What one person knows and has.

    `used` is the step of the last one-time code that went to the console.
    """

    login: str
    passphrase: str = ""
    totp_secret: str = ""
    used: int = 0

    def next_code(self) -> str:
        """A code that the console accepts now and that was not used yet."""
        now = int(SystemClock().now().timestamp()) // STEP_SECONDS
        step = max(now, self.used + 1)
        # One step ahead is still inside the console's window.
        if step > now + 1:
            raise CodesUsedUp(self.login)
        self.used = step
        return pyotp.TOTP(self.totp_secret).at(step * STEP_SECONDS)


@dataclass(frozen=True)
class StaffedOffice:
    """The office's folder, what its people know, and the running servers."""

    home: Path
    logs: Path
    served: ServedOffice
    accounts: Mapping[str, Account]
    invitations: Mapping[str, str]


@contextmanager
def staffed_office(
    folder: Path,
    environment: Mapping[str, str] | None = None,
    database_url: str | None = None,
) -> Iterator[StaffedOffice]:
    """Found an office below `folder`, enrol its people and serve it until the block ends.

    Args:
        folder: gets `home`, the office's folder, and beside it `logs`.
        environment: more settings for the servers.
        database_url: of an empty database; default: a SQLite file in `home`.
    """
    home, logs = folder / "home", folder / "logs"
    url = database_url or f"sqlite:///{home / 'zegel.sqlite'}"
    prepare_home(home)
    accounts, invitations = _found(url, home, SystemClock().now())
    with serve_office(home, logs, database_url=url, environment=environment) as served:
        yield StaffedOffice(home, logs, served, accounts, invitations)


def _found(url: str, home: Path, now: datetime) -> tuple[dict[str, Account], dict[str, str]]:
    database = Database(url)
    try:
        database.migrate()
        invitations = _roster_and_invitations(database, home, (*PEOPLE, *NEWCOMERS), now)
        accounts = {
            person.login: _enrolled(database, person.login, invitations[person.login], now)
            for person in PEOPLE
        }
    finally:
        database.close()
    return accounts, invitations


def _roster_and_invitations(
    database: Database, home: Path, people: Sequence[NewPerson], now: datetime
) -> dict[str, str]:
    with database.writing() as session:
        founded = found_office(
            session, NAME, people, CUSTODIANS_NEEDED, RECOVERY, office_day(now), cost=WEAK
        )
    roster_store.start(home / "roster", founded.roster_file, founded.pin)
    return {login: code.text for login, code in founded.invitations.items()}


def _enrolled(database: Database, login: str, invitation: str, now: datetime) -> Account:
    passphrase = f"seven {login} lanterns drift past orbit"
    then = now - timedelta(hours=1)
    with database.writing() as session:
        token = enrolment.accept_invitation(session, login, invitation, passphrase, then)
    with database.writing() as session:
        secret = enrolment.enrolment(session, token, then).secret
        enrolment.enrol_totp(session, token, pyotp.TOTP(secret).at(then), then)
    return Account(login, passphrase, secret)
