"""The public service's side: opening a consultation with its words, reading it, answering it once.

Whoever comes has the link and the ten words, and no account. Wrong words, an unknown consultation,
one that was answered or withdrawn and one long overdue run the same statements and look the same.
"""

import hmac
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from cases.actions.automatic import act_by_service
from cases.actions.consultation_sealing import (
    ANSWER,
    QUESTION,
    finish,
    open_record,
    open_text,
    sealed_text,
)
from cases.actions.visits import Door, begin, begin_nowhere, close_door, visit
from cases.domain.attachments import Attachment
from cases.domain.consultation_contents import (
    ConsultationAuthor,
    ConsultationRecord,
    ConsultationText,
)
from cases.domain.consultations import ConsultationState, last_day, still_opens
from cases.domain.details import ConsultationWay, ServiceAnswer
from cases.domain.reference import ReferenceData
from cases.domain.texts import read_message
from cases.errors import CaseDamaged, FactsMalformed, SessionEnded
from cases.models import Consultation
from cases.queries.consultations import consultation, consultation_messages
from crypto.consultation import ConsultationKeys
from crypto.envelope import digest
from crypto.errors import CryptoError
from crypto.keys import CasePublicKey, ConsultationPrivateKey, Seed
from crypto.session import SessionToken

_NO_TOKEN = bytes(32)


@dataclass(frozen=True)
class ServiceSignIn:
    """The answer to ten words. Commit it and give the cookie its token in either case."""

    token: SessionToken
    ok: bool


@dataclass(frozen=True, repr=False)
class OpenConsultation:
    """What the service reads, and what its answer is sealed to.

    Attributes:
        id: the consultation's.
        record: what was released beside the question.
        question: the words that were released.
        asked_on: the day of the release.
        opens_until: the last day on which the link opens.
        question_digest: names the question in the answer.
    """

    id: bytes
    record: ConsultationRecord
    question: str
    asked_on: date
    opens_until: date
    question_digest: bytes = field(repr=False)


def sign_in(
    session: Session,
    consultation_id: bytes,
    keys: ConsultationKeys,
    now: datetime,
    typed: str = "",
) -> ServiceSignIn:
    """Open a session for the words of a consultation; the derivation is done by the caller before.

    Args:
        session: a writing session; commit whatever the answer is.
        consultation_id: from the address.
        keys: what the typed words give.
        now: aware, in the office's time zone.
        typed: the words, given back where they are wrong.
    """
    row = consultation(session, consultation_id)
    expected = (row.token_hash if row else None) or _NO_TOKEN
    proven = hmac.compare_digest(expected, keys.token_hash)
    if proven and row is not None and still_opens(row.state, row.due_on, now.date()):
        token = begin(session, Door.CONSULTATION, consultation_id, keys.seed.raw, now)
        return ServiceSignIn(token, True)
    return ServiceSignIn(begin_nowhere(session, consultation_id, typed, now), False)


def open_consultation(
    session: Session, token: SessionToken, consultation_id: bytes, now: datetime
) -> OpenConsultation:
    """The consultation of a session.

    Raises:
        SessionEnded: no session of this consultation, or it ended; or the consultation did.
        CaseDamaged: what was released does not open.
    """
    visited = visit(session, token, now)
    if visited.door is not Door.CONSULTATION or visited.place != consultation_id:
        raise SessionEnded
    row = consultation(session, consultation_id)
    if row is None or not still_opens(row.state, row.due_on, now.date()):
        raise SessionEnded
    try:
        return _opened(session, row, ConsultationPrivateKey(Seed(visited.secret)))
    except (CryptoError, FactsMalformed, IndexError):
        raise CaseDamaged from None


def was_answered(
    session: Session, token: SessionToken, consultation_id: bytes, now: datetime
) -> bool:
    """Whether this session sent the answer to this consultation."""
    try:
        visited = visit(session, token, now)
    except SessionEnded:
        return False
    return visited.door is Door.ANSWERED and visited.place == consultation_id


def answer(
    session: Session,
    token: SessionToken,
    opened: OpenConsultation,
    text: str,
    now: datetime,
    rules: ReferenceData,
    attachments: tuple[Attachment, ...] = (),
) -> None:
    """Send the answer to the office. Afterwards neither the words nor this session open anything.

    Its files, which have arrived and are pending, go with the case's step.

    Raises:
        MessageRequired, TextTooLong, UploadLost.
        SessionEnded: it was answered or withdrawn meanwhile.
        Refused: the case no longer waits for an answer.
    """
    said = ConsultationText(ConsultationAuthor.SERVICE, read_message(text), opened.question_digest)
    today, case_public = now.date(), CasePublicKey.from_bytes(opened.record.case_public)
    step = ServiceAnswer(opened.id, today, ConsultationWay.LINK)
    # First the case's row, as the office does: two who end a consultation at once take turns.
    act_by_service(session, opened.record.case_id, step, case_public, rules, attachments)
    if not finish(session, opened.id, ConsultationState.ANSWERED):
        raise SessionEnded
    session.add(sealed_text(opened.id, ANSWER, said, today, case_public))
    close_door(session, token, now)
    session.flush()


def _opened(
    session: Session, row: Consultation, private: ConsultationPrivateKey
) -> OpenConsultation:
    record = open_record(row, private)
    question = consultation_messages(session, row.id)[0]
    if record.case_id != row.case_id or question.position != QUESTION:
        raise CaseDamaged
    return OpenConsultation(
        id=row.id,
        record=record,
        question=open_text(question, private).text,
        asked_on=question.day,
        opens_until=last_day(row.due_on),
        question_digest=digest(question.body),
    )
