"""Making the invented office with the real actions: keys, roster, first sign-ins, cases.

Each step is a transaction, and the file of credentials is written before its commit. Whatever
interrupts the making, the next start finds in that file and in the database how far it came.
"""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from pyotp import TOTP

from cases import roster_store
from cases.actions import enrolment
from cases.actions.office import NewPerson, found_office
from cases.actions.signed_in import SignedIn
from cases.actions.staff import open_staff_session, sign_in, sign_out
from cases.database import Database
from cases.domain.roles import Role
from cases.evidence_store import EvidenceStore
from cases.queries.staff import colleagues
from cases.saying import said
from crypto.session import SessionToken
from crypto.words import words_for
from reviewer.demonstration import credentials
from reviewer.demonstration.complaints import complaints
from reviewer.demonstration.credentials import Demonstration, DemonstrationPerson
from reviewer.demonstration.playing import Stage, play
from reviewer.demonstration.reports import REPORTS

OFFICE = "Ombuds (demonstration)"
# Before the oldest invented case. The one-time codes of the first sign-ins are as old, so that
# the current one is still unused.
OPEN_SINCE = timedelta(days=100)
CUSTODIANS_NEEDED = 2
RECOVERY = (2, 3)
PASSPHRASE_WORDS = 5

PEOPLE = (
    DemonstrationPerson(
        "noor", "Noor Verzonnen", (Role.INTAKE, Role.CUSTODIAN), "opens whatever comes in"
    ),
    DemonstrationPerson(
        "adam", "Adam Inventé", (Role.INVESTIGATOR,), "opens only the cases given to him"
    ),
    DemonstrationPerson(
        "lena",
        "Lena Erfunden",
        (Role.HEAD, Role.CUSTODIAN, Role.ADMINISTRATOR),
        "heads the office, invites people, reopens cases",
    ),
    DemonstrationPerson(
        "sami", "Sami Madeup", (Role.ADMINISTRATOR,), "invites people, opens no case"
    ),
    DemonstrationPerson(
        "vera", "Vera Fictive", (Role.AUDITOR,), "reads who did what, opens no case"
    ),
)


class DemonstrationBroken(Exception):
    """An interrupted demonstration cannot be finished; the text says what to do."""


def found(database: Database, home: Path, now: datetime) -> Demonstration:
    """The office with its roster and an invitation for each person."""
    _forget_unfinished_roster(home)
    opened_on = now - OPEN_SINCE
    people = [NewPerson(one.login, one.name, frozenset(map(Role, one.roles))) for one in PEOPLE]
    with database.writing() as session:
        founded = found_office(
            session, OFFICE, people, CUSTODIANS_NEEDED, RECOVERY, opened_on.date()
        )
        made = Demonstration(
            tuple(
                replace(
                    one,
                    passphrase=_new_passphrase(),
                    invitation=founded.invitations[one.login].text,
                )
                for one in PEOPLE
            )
        )
        credentials.write(home, made)
        roster_store.start(home / "roster", founded.roster_file, founded.pin)
    return made


def complete(
    database: Database,
    evidence: EvidenceStore,
    home: Path,
    made: Demonstration,
    now: datetime,
    *,
    empty: bool,
) -> Demonstration:
    """Everyone's first sign-in, then the cases, unless `empty`; nothing where it was done."""
    if made.complete:
        return made
    signed_in: dict[str, SignedIn] = {}
    for person in made.people:
        made, signed_in[person.login] = arrive(database, home, made, person, now)
    stage = Stage(signed_in, roster_store.load(home / "roster", now.date()), evidence)
    stories = () if empty else (*REPORTS, *complaints(now.date()))
    with database.writing() as session:
        made = replace(made, receipt_code=play(session, stage, stories, now), complete=True)
        credentials.write(home, made)
    return made


def arrive(
    database: Database, home: Path, made: Demonstration, person: DemonstrationPerson, now: datetime
) -> tuple[Demonstration, SignedIn]:
    """The person's first sign-in, or another one where an interrupted start did the first."""
    with database.reading() as session:
        has_arrived = person.login in {one.login for one in colleagues(session)}
    if has_arrived:
        return made, _sign_in(database, person, now)
    return _enrol(database, home, made, person, now - OPEN_SINCE)


def _enrol(
    database: Database, home: Path, made: Demonstration, person: DemonstrationPerson, now: datetime
) -> tuple[Demonstration, SignedIn]:
    with database.writing() as session:
        token = enrolment.accept_invitation(
            session, person.login, person.invitation, person.passphrase, now
        )
    with database.writing() as session:
        secret = enrolment.enrolment(session, token, now).secret
        token = enrolment.enrol_totp(session, token, TOTP(secret).at(now), now)
        by = open_staff_session(session, token, now)
        sign_out(session, token)
        made = made.with_person(replace(person, totp_secret=secret))
        credentials.write(home, made)
    return made, by


def _sign_in(database: Database, person: DemonstrationPerson, now: datetime) -> SignedIn:
    code = TOTP(person.totp_secret).at(now)
    with database.writing() as session:
        token = sign_in(session, person.login, person.passphrase, code, now)
    if not isinstance(token, SessionToken):
        raise DemonstrationBroken(
            said("%(login)s cannot sign in: try again in a minute", login=person.login)
        )
    with database.writing() as session:
        by = open_staff_session(session, token, now)
        sign_out(session, token)
    return by


def _new_passphrase() -> str:
    return " ".join(secrets.choice(words_for("en")) for _ in range(PASSPHRASE_WORDS))


def _forget_unfinished_roster(home: Path) -> None:
    """A start that was interrupted before its commit left a roster whose office does not exist."""
    unfinished = credentials.read(home)
    if unfinished is None:
        return
    for file in (home / "roster").glob("*"):
        file.unlink()
