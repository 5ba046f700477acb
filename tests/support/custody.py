"""A report whose author gave a name in confidence, and the people who ask for it and guard it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from cases.actions import custody, identity_reading, identity_requests
from cases.actions.custody import Waiting
from cases.actions.identity_record import Request, requests
from cases.actions.identity_sealing import seal_answer, seal_request
from cases.domain.facts import Identity
from cases.domain.identity_requests import (
    AnswerStatement,
    Asking,
    RequestState,
    RequestStatement,
)
from cases.models import IdentityAnswer, IdentityRequest, IdentityRequestReader
from cases.models.base import new_id
from cases.queries.identities import cases_with_identity
from crypto.envelope import digest
from crypto.identity import hand_over
from crypto.keys import CasePrivateKey, PersonalPrivateKey, Seed
from crypto.secret_sharing import split
from tests.support.office import Office
from tests.support.scenes import Scene
from tests.support.submissions import IDENTITY, REPORT, submit

TELLING = Asking("To hear the witness.", tells=True, message="De reden: een getuige.")
SILENT = Asking("To hear the witness.", tells=False, why_not="The suspect reads along.")


@dataclass(frozen=True)
class Custody:
    """One case, and what people do about the name in it, each in a transaction of its own."""

    office: Office
    scene: Scene

    def ask(self, login: str = "ingrid", asking: Asking = TELLING) -> bytes:
        """Ask the custodians; gives the request's id."""
        by, now = self.office.signed_in(login), self.office.clock.now()
        with self.office.database.writing() as session:
            case, roster = self.scene.open(session, login), self.office.roster()
            return identity_requests.ask(session, case, asking, by, roster, now)

    def answer(
        self,
        login: str,
        request_id: bytes,
        *,
        approves: bool = True,
        reason: str = "needed",
    ) -> RequestState:
        """What a custodian decides who has read what stands there now."""
        by, now, roster = (
            self.office.signed_in(login),
            self.office.clock.now(),
            self.office.roster(),
        )
        with self.office.database.writing() as session:
            row = session.get(IdentityRequest, request_id)
            read = digest(row.body) if row else b""
            return custody.answer(
                session, request_id, read, reason, by, roster, now, approves=approves
            )

    def granted(self, login: str = "ingrid", asking: Asking = TELLING) -> bytes:
        """A request that two custodians approved."""
        request_id = self.ask(login, asking)
        self.answer("carla", request_id)
        assert self.answer("cas", request_id) is RequestState.GRANTED
        return request_id

    def read(self, request_id: bytes, login: str = "ingrid") -> Identity:
        """Open the name."""
        by, now = self.office.signed_in(login), self.office.clock.now()
        with self.office.database.writing() as session:
            case, roster = self.scene.open(session, login), self.office.roster()
            return identity_reading.read(
                session, case, request_id, by, roster, now, self.office.rules()
            )

    def withdraw(self, request_id: bytes, login: str = "ingrid") -> None:
        """Take the question back."""
        by, now = self.office.signed_in(login), self.office.clock.now()
        with self.office.database.writing() as session:
            case = self.scene.open(session, login)
            identity_requests.withdraw(session, case, request_id, by, now)

    def requests(self, login: str = "ingrid") -> tuple[Request, ...]:
        """What the people who work on the case see of its requests."""
        by, today = self.office.signed_in(login), self.office.clock.now().date()
        with self.office.database.reading() as session:
            case = self.scene.open(session, login)
            return requests(session, case, by, self.office.roster().roster, today)

    def waiting(self, login: str = "carla") -> Waiting:
        """What waits for a custodian."""
        by, today = self.office.signed_in(login), self.office.clock.now().date()
        with self.office.database.reading() as session:
            return custody.waiting(session, by, self.office.roster(), today)


def custody_of_a_name(
    office: Office, identity: Identity | None = IDENTITY, *, without: tuple[str, ...] = ()
) -> Custody:
    """A report just received, with a name that the custodians guard."""
    excluded = frozenset(office.signed_in(login).member.id for login in without)
    with office.database.writing() as session:
        today = office.clock.now().date()
        received, keys = submit(
            session, office.roster(), today, REPORT, identity, excluded=excluded
        )
    return Custody(office, Scene(office, received.case_id, keys))


def rows(office: Office, statement: str) -> list[tuple[object, ...]]:
    """What the database holds."""
    with office.database.reading() as session:
        return [tuple(row) for row in session.execute(text(statement))]


def change(office: Office, statement: str, **values: object) -> None:
    """What somebody who can write to the database does."""
    with office.database.writing() as session:
        session.execute(text(statement), values)


def half_answered(session: Session) -> None:
    """Rows of a request that one of two custodians agreed to, sealed to keys that nobody keeps."""
    (case_id, *_) = cases_with_identity(session)
    asker, custodian = (PersonalPrivateKey(Seed.generate()) for _ in range(2))
    case, today = CasePrivateKey(Seed.generate()).public, date(2026, 11, 23)
    asked = RequestStatement(
        new_id(), case_id, case.to_bytes(), new_id(), today, today, TELLING, None
    )
    request = seal_request(asked, asker, (case, custodian.public))
    session.add(
        IdentityRequest(
            id=asked.request_id,
            case_id=case_id,
            asker_id=asked.asker_id,
            state=RequestState.ASKED,
            needed=2,
            asked_on=today,
            expires_on=today,
            read_on=today,
            body=request.body,
            case_key=request.sealed_keys[0],
        )
    )
    session.flush()
    said = AnswerStatement(asked.request_id, new_id(), today, True, "needed")
    answer = seal_answer(said, case_id, custodian, case)
    (share,) = split(bytes(32), 1, 1)
    session.add_all(
        (
            IdentityRequestReader(
                request_id=asked.request_id,
                key_id=custodian.public.key_id,
                box=request.sealed_keys[1],
            ),
            IdentityAnswer(
                request_id=asked.request_id,
                custodian_id=said.custodian_id,
                approved=True,
                box=hand_over(share, case_id, asked.request_id, asker.public),
                body=answer.body,
                case_key=answer.sealed_keys[0],
            ),
        )
    )
