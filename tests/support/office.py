"""A founded office for tests: keys, roster, staff, database and a clock that tests move.

    office = found(tmp_path, database, FixedClock())
    portal = create_portal(office.services(Audience.PORTAL))
    ingrid = office.signed_in("ingrid")

Key derivations are weak here, so that a test takes milliseconds; everything else is the real thing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
from sqlalchemy.orm import Session

from cases import roster_store
from cases.actions import correspondence, enrolment, staff, transitions
from cases.actions.case_files import files_of
from cases.actions.evidence import stored_pieces
from cases.actions.inbox import open_inbox
from cases.actions.office import NewPerson, found_office
from cases.actions.reading import OpenCase, office_thread, open_case
from cases.actions.signed_in import SignedIn
from cases.actions.transitions import Written
from cases.database import Database
from cases.domain.contents import StepKind
from cases.domain.details import Details
from cases.domain.facts import Facts
from cases.domain.flows import Action
from cases.domain.reference import ReferenceData
from cases.domain.roles import Role
from cases.queries.evidence import pending_ids
from cases.queries.inbox import InboxView
from cases.queries.reference_data import current
from crypto.kdf import KdfCost
from crypto.receipt import ReceiptCode
from crypto.roster import VerifiedRoster
from crypto.session import SessionToken
from web.clock import Clock, office_day
from web.services import Services, build_services
from web.settings import Audience, Limits, Settings

HOST = "zegel.test"
NAME = "Ombuds Test"
WEAK = KdfCost(memory_kib=8, iterations=1, lanes=1)
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSPHRASE = "velvet tractor humming under seven moons"
CUSTODIANS_NEEDED = 2
RECOVERY = (2, 3)

PEOPLE = (
    NewPerson("ada", "Ada Admin", frozenset({Role.ADMINISTRATOR})),
    NewPerson("ingrid", "Ingrid Intake", frozenset({Role.INTAKE})),
    NewPerson("igor", "Igor Investigator", frozenset({Role.INVESTIGATOR})),
    NewPerson("hilde", "Hilde Head", frozenset({Role.HEAD})),
    NewPerson("carla", "Carla Custodian", frozenset({Role.CUSTODIAN})),
    NewPerson("cas", "Cas Custodian", frozenset({Role.CUSTODIAN})),
    NewPerson("cem", "Cem Custodian", frozenset({Role.CUSTODIAN})),
)


@dataclass
class FixedClock:
    """A clock that stands until a test moves it."""

    moment: datetime = MORNING

    def now(self) -> datetime:
        return self.moment

    def advance(self, **by: float) -> None:
        """Move on, by `timedelta`'s arguments: `advance(minutes=31)`."""
        self.moment += timedelta(**by)


@dataclass
class Office:
    """What tests reach for."""

    home: Path
    database: Database
    clock: Clock
    invitations: Mapping[str, ReceiptCode]
    recovery_shares: tuple[str, ...]
    _totp_secrets: dict[str, str] = field(default_factory=dict)
    _signed_in: dict[str, SignedIn] = field(default_factory=dict)

    def settings(self, audience: Audience, limits: Limits | None = None) -> Settings:
        """Production settings, but for the cost of derivations."""
        return Settings(
            audience=audience,
            home=self.home,
            database_url="given to the services directly",
            evidence_url=(self.home / "evidence").as_uri(),
            secret_key=b"k" * 32,
            trusted_hosts=(HOST,),
            receipt_cost=WEAK,
            passphrase_cost=WEAK,
            limits=limits or Limits(),
        )

    def services(self, audience: Audience, limits: Limits | None = None) -> Services:
        """The collaborators of one application."""
        return build_services(self.settings(audience, limits), self.database, self.clock)

    def roster(self) -> VerifiedRoster:
        """The roster in force."""
        return roster_store.load(self.home / "roster", office_day(self.clock.now()))

    def facts(self) -> list[Facts]:
        """The facts of every case, as the intake officer reads them."""
        keys, today = self.signed_in("ingrid").keys, office_day(self.clock.now())
        with self.database.reading() as session:
            page = open_inbox(session, InboxView.ALL, keys, today)
            return [open_case(session, item.case_id, keys).facts for item in page.items]

    def answer(self, text: str, login: str = "ingrid", *, asks: bool = False) -> None:
        """Write to the reporter of the only case there is."""
        by, now = self.signed_in(login), self.clock.now()
        with self.database.writing() as session:
            case = self._only_case(session, by)
            rules = self.rules()
            correspondence.reply(session, case, text, by, case.version, now, rules, asks=asks)

    def act(
        self,
        action: Action,
        message: str = "",
        reason: str = "",
        *,
        notice: str = "",
        details: Details | None = None,
        login: str = "ingrid",
    ) -> None:
        """Take an action on the only case there is."""
        by, now = self.signed_in(login), self.clock.now()
        written = Written(message, reason, notice, details)
        with self.database.writing() as session:
            case = self._only_case(session, by)
            transitions.act(session, case, action, written, by, case.version, now, self.rules())

    def files(self) -> dict[str, bytes]:
        """The files of every case, by path, as the office opens them."""
        store, keys = self.services(Audience.CONSOLE).evidence, self.signed_in("ingrid").keys
        today = office_day(self.clock.now())
        with self.database.reading() as session:
            items = open_inbox(session, InboxView.ALL, keys, today).items
            cases = [open_case(session, item.case_id, keys) for item in items]
            entries = [files_of(case, office_thread(session, case)) for case in cases]
        found = [entry.attachment for each in entries for entry in each]
        return {each.path: b"".join(stored_pieces(store, each)) for each in found}

    def pending_files(self) -> int:
        """How many files have arrived that no case keeps."""
        with self.database.reading() as session:
            return len(pending_ids(session))

    def steps(self) -> list[StepKind]:
        """What was done to the only case there is, in order."""
        with self.database.reading() as session:
            case = self._only_case(session, self.signed_in("ingrid"))
            return [step.action for step in case.history]

    def rules(self) -> ReferenceData:
        """The reference data in force: what ships, with the office's changes."""
        with self.database.reading() as session:
            return current(session)

    def _only_case(self, session: Session, by: SignedIn) -> OpenCase:
        today = office_day(self.clock.now())
        (item,) = open_inbox(session, InboxView.ALL, by.keys, today).items
        return open_case(session, item.case_id, by.keys)

    def enrol(self, login: str) -> str:
        """Use the invitation of a person; returns the secret of their authenticator."""
        if login not in self._totp_secrets:
            now, code = self.clock.now(), self.invitations[login].text
            with self.database.writing() as session:
                token = enrolment.accept_invitation(session, login, code, PASSPHRASE, now, WEAK)
            with self.database.writing() as session:
                secret = enrolment.enrolment(session, token, now).secret
                enrolment.enrol_totp(session, token, one_time_code(secret, now), now)
            self._totp_secrets[login] = secret
        return self._totp_secrets[login]

    def signed_in(self, login: str) -> SignedIn:
        """A person of the office with unlocked keys, signed in once for the whole test."""
        if login not in self._signed_in:
            self._signed_in[login] = self._sign_in(login)
        return self._signed_in[login]

    def _sign_in(self, login: str) -> SignedIn:
        # The code of the enrolment was used; the one after it is still inside the window.
        now = self.clock.now()
        code = one_time_code(self.enrol(login), now + timedelta(seconds=30))
        token = self.new_session(login, code)
        with self.database.reading() as session:
            return staff.open_staff_session(session, token, now)

    def new_session(self, login: str, code: str) -> SessionToken:
        """What the cookie of a person holds who has signed in with this one-time code."""
        with self.database.writing() as session:
            token = staff.sign_in(session, login, PASSPHRASE, code, self.clock.now())
        assert isinstance(token, SessionToken), token
        return token


def one_time_code(secret: str, moment: datetime) -> str:
    """What the person's authenticator shows at a moment."""
    return pyotp.TOTP(secret).at(moment)


def found(
    folder: Path, database: Database, clock: Clock, people: Sequence[NewPerson] = PEOPLE
) -> Office:
    """An office with seven people, none of them enrolled yet, in a database migrated for it."""
    database.migrate()
    return found_in_migrated(folder, database, clock, people)


def found_in_migrated(
    folder: Path, database: Database, clock: Clock, people: Sequence[NewPerson] = PEOPLE
) -> Office:
    """The same in a database that is migrated already, which saves a third of the time."""
    now = clock.now()
    with database.writing() as session:
        founded = found_office(
            session, NAME, people, CUSTODIANS_NEEDED, RECOVERY, office_day(now), cost=WEAK
        )
    roster_store.start(folder / "roster", founded.roster_file, founded.pin)
    return Office(folder, database, clock, founded.invitations, founded.recovery_shares)
