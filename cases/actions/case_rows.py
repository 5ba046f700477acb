"""Every row whose content key is sealed to a case, and what its envelope is bound to."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from cases.actions.consultation_sealing import text_context
from cases.actions.identity_sealing import answer_context, request_context
from cases.actions.sealing import message_context, note_context, step_context
from cases.models import (
    ConsultationMessage,
    IdentityAnswer,
    IdentityRequest,
    Message,
    Note,
    TransitionEntry,
)
from cases.queries import cases as queries
from cases.queries.consultations import messages_of_case
from cases.queries.identities import answers_of_case, requests_of
from crypto.labels import Context

SealedRow = (
    Message | Note | TransitionEntry | ConsultationMessage | IdentityRequest | IdentityAnswer
)


def sealed_rows(session: Session, case_id: bytes) -> Iterator[tuple[SealedRow, Context]]:
    """The rows that have a `case_key`, in no order; a step that a day took has none."""
    for message in queries.messages(session, case_id):
        yield message, message_context(case_id, message.id, message.position)
    for note in queries.notes(session, case_id):
        yield note, note_context(case_id, note.id)
    for step in queries.steps(session, case_id):
        yield step, step_context(case_id, step.id, step.position)
    for text in messages_of_case(session, case_id):
        yield text, text_context(text.consultation_id, text.id, text.position)
    for request in requests_of(session, case_id):
        yield request, request_context(case_id, request.id)
    for answer in answers_of_case(session, case_id):
        yield answer, answer_context(case_id, answer.request_id, answer.custodian_id)
