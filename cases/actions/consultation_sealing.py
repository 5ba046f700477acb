"""Values into the sealed rows of a consultation, and back; both sides use it.

The context of every envelope names its consultation and its own place in it.
"""

from datetime import date

from sqlalchemy import update
from sqlalchemy.orm import Session

from cases.domain.consultation_contents import ConsultationRecord, ConsultationText
from cases.domain.consultations import ConsultationState
from cases.models.base import new_id
from cases.models.consultations import Consultation, ConsultationMessage
from crypto.consultation import ConsultationKeys
from crypto.envelope import open_envelope, seal
from crypto.keys import (
    CasePrivateKey,
    CasePublicKey,
    ConsultationPrivateKey,
    ConsultationPublicKey,
)
from crypto.labels import Context, Purpose

QUESTION = 1
ANSWER = 2


def sealed_consultation(
    consultation_id: bytes, record: ConsultationRecord, keys: ConsultationKeys
) -> Consultation:
    """The row of a consultation that goes out by a link."""
    sealed = seal(record.to_json(), _record_context(consultation_id), (keys.public,))
    return Consultation(
        id=consultation_id,
        case_id=record.case_id,
        state=ConsultationState.OPEN,
        due_on=record.due_on,
        token_hash=keys.token_hash,
        record_body=sealed.body,
        record_key=sealed.sealed_keys[0],
    )


def open_record(row: Consultation, private: ConsultationPrivateKey) -> ConsultationRecord:
    """What the service's side knows. Raises CryptoError, FactsMalformed."""
    body, key = row.record_body or b"", row.record_key or b""
    return ConsultationRecord.from_json(open_envelope(body, key, private, _record_context(row.id)))


def sealed_text(
    consultation_id: bytes,
    position: int,
    text: ConsultationText,
    day: date,
    case_public: CasePublicKey,
    service_public: ConsultationPublicKey | None = None,
) -> ConsultationMessage:
    """The row of the question, readable by both sides, or of the answer, by the office alone."""
    message_id = new_id()
    sealed = seal(
        text.to_json(),
        text_context(consultation_id, message_id, position),
        (case_public, service_public) if service_public else (case_public,),
    )
    return ConsultationMessage(
        id=message_id,
        consultation_id=consultation_id,
        position=position,
        day=day,
        body=sealed.body,
        case_key=sealed.sealed_keys[0],
        service_key=sealed.sealed_keys[1] if service_public else None,
    )


def open_text(
    row: ConsultationMessage, private: CasePrivateKey | ConsultationPrivateKey
) -> ConsultationText:
    """The question or the answer. Raises CryptoError, FactsMalformed."""
    key = row.case_key if isinstance(private, CasePrivateKey) else row.service_key or b""
    context = text_context(row.consultation_id, row.id, row.position)
    return ConsultationText.from_json(open_envelope(row.body, key, private, context))


def finish(session: Session, consultation_id: bytes, state: ConsultationState) -> bool:
    """End a consultation, and destroy everything that its words opened.

    Returns whether it was open until now; of two who end it at once, one gets False.
    """
    ended = session.execute(
        update(Consultation)
        .where(Consultation.id == consultation_id, Consultation.state == ConsultationState.OPEN)
        .values(state=state, token_hash=None, record_body=None, record_key=None)
        .returning(Consultation.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if ended is None:
        return False
    session.execute(
        update(ConsultationMessage)
        .where(ConsultationMessage.consultation_id == consultation_id)
        .values(service_key=None)
        .execution_options(synchronize_session=False)
    )
    return True


def _record_context(consultation_id: bytes) -> Context:
    return Context(Purpose.CONSULTATION_RECORD, (consultation_id,))


def text_context(consultation_id: bytes, message_id: bytes, position: int) -> Context:
    """What the envelope of a question or an answer is bound to."""
    parts = (consultation_id, message_id, position.to_bytes(4, "big"))
    return Context(Purpose.CONSULTATION_MESSAGE, parts)
