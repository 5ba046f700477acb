"""Reading one consultation, for both sides: nothing here touches staff, grants or the trail."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from cases.models.consultations import Consultation, ConsultationMessage


def consultation(session: Session, consultation_id: bytes) -> Consultation | None:
    """The consultation with this id, as it is now."""
    return session.scalar(
        select(Consultation)
        .where(Consultation.id == consultation_id)
        .execution_options(populate_existing=True)
    )


def messages_of_case(session: Session, case_id: bytes) -> Sequence[ConsultationMessage]:
    """The questions and answers of every consultation of a case, in no order."""
    return session.scalars(
        select(ConsultationMessage)
        .join(Consultation, Consultation.id == ConsultationMessage.consultation_id)
        .where(Consultation.case_id == case_id)
    ).all()


def consultation_messages(
    session: Session, consultation_id: bytes
) -> Sequence[ConsultationMessage]:
    """The question and the answer of a consultation, in order."""
    return session.scalars(
        select(ConsultationMessage)
        .where(ConsultationMessage.consultation_id == consultation_id)
        .order_by(ConsultationMessage.position)
    ).all()
