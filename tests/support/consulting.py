"""A consultation between an office and a public service, with both sides at hand."""

import os
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from cases.actions import consultation_answers, consultations
from cases.actions.consultation_answers import OpenConsultation
from cases.actions.consultations import Deciding, GivenAnswer, Question
from cases.actions.reading import OpenCase
from cases.domain.details import ConsultationKind, ConsultationWay
from cases.domain.dossier import ConsultationFile
from cases.domain.facts import Facts
from cases.domain.flows import Action, Flow
from crypto.consultation import ConsultationKeys, derive_consultation
from crypto.receipt import DRAFT_SIZE, ReceiptCode, draw_code
from crypto.session import SessionToken
from tests.support.office import NAME, WEAK, Office
from tests.support.scenes import Scene, scene
from tests.support.submissions import REPORT

QUESTION = Question(
    kind=ConsultationKind.DOCUMENTS,
    service="actiris",
    text="Please send us the list of suppliers. Quote {reference}.",
    language="en",
    due_on=date(2026, 12, 23),
    way=ConsultationWay.LINK,
)
TO_WHERE_A_SERVICE_IS_ASKED = {
    Flow.REPORT: (
        Action.ACKNOWLEDGE,
        Action.CHECK_SCOPE,
        Action.CHECK_INTERNAL_CHANNEL,
        Action.ACCEPT_EXTERNAL,
    ),
    Flow.COMPLAINT: (Action.ACKNOWLEDGE, Action.CHECK_ADMISSIBILITY, Action.ACCEPT),
}


def new_words() -> ReceiptCode:
    """Ten words as a release draws them; never the same again."""
    return draw_code(os.urandom(DRAFT_SIZE), SessionToken.generate().binding, "en")


@dataclass(frozen=True)
class Consulting:
    """A case on which a service can be asked."""

    scene: Scene

    @property
    def office(self) -> Office:
        """Where it all happens."""
        return self.scene.office

    def prepare(self, login: str = "ingrid", question: Question = QUESTION) -> bytes:
        """Prepare a question in a transaction of its own."""
        with self.office.database.writing() as session:
            case = self.scene.open(session, login)
            return consultations.prepare(session, case, question, self._by(login, case))

    def release(
        self, consultation_id: bytes, login: str = "hilde", words: ReceiptCode | None = None
    ) -> ConsultationKeys:
        """Release a question that goes by link; gives the keys of its ten words."""
        keys = derive_consultation(words or new_words(), consultation_id, WEAK)
        self._release(consultation_id, keys, login)
        return keys

    def release_as_letter(self, consultation_id: bytes, login: str = "hilde") -> None:
        """Release a question that goes by letter."""
        self._release(consultation_id, None, login)

    def asked(self) -> tuple[bytes, ConsultationKeys]:
        """A question that has left the office, and the keys of its ten words."""
        consultation_id = self.prepare()
        return consultation_id, self.release(consultation_id)

    def withdraw(self, consultation_id: bytes, why: str = "no longer needed") -> None:
        """Withdraw a question."""
        with self.office.database.writing() as session:
            case = self.scene.open(session)
            consultations.withdraw(session, case, consultation_id, why, self._by("ingrid", case))

    def record_answer(self, consultation_id: bytes, text: str = "By letter.") -> None:
        """Type in what came by letter."""
        with self.office.database.writing() as session:
            case = self.scene.open(session)
            consultations.record_answer(
                session, case, consultation_id, text, self.today, self._by("ingrid", case)
            )

    def renew(self, consultation_id: bytes, why: str = "the words were lost") -> bytes:
        """Prepare the same question again."""
        with self.office.database.writing() as session:
            case = self.scene.open(session)
            by = self._by("ingrid", case)
            return consultations.renew(session, case, consultation_id, why, by)

    def held(self, consultation_id: bytes) -> tuple[ConsultationFile, GivenAnswer | None]:
        """What the office has of a consultation."""
        with self.office.database.reading() as session:
            case = self.scene.open(session)
            found = case.dossier.consultations[consultation_id]
            return found, consultations.answer_of(session, case, found)

    @property
    def today(self) -> date:
        """The day of the office's clock."""
        return self.office.clock.now().date()

    def come(self, consultation_id: bytes, keys: ConsultationKeys) -> SessionToken | None:
        """Type the words of a consultation; None where they open nothing."""
        with self.office.database.writing() as session:
            now = self.office.clock.now()
            attempt = consultation_answers.sign_in(session, consultation_id, keys, now)
        return attempt.token if attempt.ok else None

    def read(
        self, session: Session, token: SessionToken, consultation_id: bytes
    ) -> OpenConsultation:
        """What the service reads."""
        now = self.office.clock.now()
        return consultation_answers.open_consultation(session, token, consultation_id, now)

    def reply(self, token: SessionToken, consultation_id: bytes, text: str = "Here it is.") -> None:
        """Answer as the service."""
        rules, now = self.office.rules(), self.office.clock.now()
        with self.office.database.writing() as session:
            opened = self.read(session, token, consultation_id)
            consultation_answers.answer(session, token, opened, text, now, rules)

    def _release(self, consultation_id: bytes, keys: ConsultationKeys | None, login: str) -> None:
        with self.office.database.writing() as session:
            case = self.scene.open(session, login)
            by = self._by(login, case)
            consultations.release(session, case, consultation_id, NAME, keys, by)

    def _by(self, login: str, case: OpenCase) -> Deciding:
        person, now = self.office.signed_in(login), self.office.clock.now()
        return Deciding(person, case.version, now, self.office.rules())


def consulting(office: Office, facts: Facts = REPORT) -> Consulting:
    """A case that stands where a service can be asked."""
    ours = scene(office, facts)
    ours.go(*TO_WHERE_A_SERVICE_IS_ASKED[facts.flow])
    return Consulting(ours)


def question(**changes: object) -> Question:
    """A question that differs from the usual one."""
    return replace(QUESTION, **changes)  # type: ignore[arg-type]  # its own fields
