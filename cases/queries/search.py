"""What a search reads: cases that a person holds, the newest first, with their sealed words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from cases.models import (
    Case,
    CaseWords,
    Consultation,
    ConsultationMessage,
    Message,
    Note,
    TransitionEntry,
)
from cases.queries.cases import (
    Holder,
    Personal,
    Pool,
    held_through_pool,
    personally_held,
)
from cases.queries.inbox import Cursor, newest_held


@dataclass(frozen=True)
class SearchRow:
    """A case, what opens its seed, its words if somebody kept them, and how far it has come."""

    case_id: bytes
    flow: str
    state: str
    received_on: date
    reference: str | None
    version: int
    personal_box: bytes | None
    intake_box: bytes | None
    words: bytes | None
    message_count: int
    step_count: int
    note_count: int


def searchable(
    session: Session, holder: Holder, after: Cursor | None, limit: int
) -> list[SearchRow]:
    """The newest cases of a person, in one statement; `after` is the last one looked at."""
    page = newest_held(holder, after, limit)
    notes = select(func.count()).where(Note.case_id == Case.id).scalar_subquery()
    rows = (
        select(
            Case.id,
            Case.flow,
            Case.state,
            Case.received_on,
            Case.reference,
            Case.version,
            Personal.box,
            Pool.box,
            CaseWords.body,
            func.coalesce(_last(Message.position, Message.case_id), 0),
            func.coalesce(_last(TransitionEntry.position, TransitionEntry.case_id), 0),
            notes,
        )
        .join(page, page.c.id == Case.id)
        .outerjoin(Personal, personally_held(holder))
        .outerjoin(Pool, held_through_pool(holder))
        .outerjoin(CaseWords, CaseWords.case_id == Case.id)
        .order_by(Case.received_on.desc(), Case.id.desc())
    )
    return [SearchRow(case_id, *rest) for case_id, *rest in session.execute(rows)]


def sheets(session: Session, case_ids: Sequence[bytes]) -> dict[bytes, tuple[bytes, bytes]]:
    """Body and sealed key of each sheet."""
    found = select(Case.id, Case.sheet_body, Case.sheet_key).where(Case.id.in_(case_ids))
    return {case_id: (body, key) for case_id, body, key in session.execute(found)}


def sealed_messages(session: Session, case_ids: Sequence[bytes]) -> Sequence[Message]:
    """The messages of these cases, in order."""
    found = select(Message).where(Message.case_id.in_(case_ids)).order_by(Message.position)
    return session.scalars(found).all()


def sealed_steps(session: Session, case_ids: Sequence[bytes]) -> Sequence[TransitionEntry]:
    """The steps of these cases that somebody took, in order."""
    found = select(TransitionEntry).where(
        TransitionEntry.case_id.in_(case_ids), TransitionEntry.body.is_not(None)
    )
    return session.scalars(found.order_by(TransitionEntry.position)).all()


def sealed_notes(session: Session, case_ids: Sequence[bytes]) -> Sequence[Note]:
    """The notes on these cases, in no order that means anything."""
    return session.scalars(select(Note).where(Note.case_id.in_(case_ids))).all()


def sealed_service_texts(
    session: Session, case_ids: Sequence[bytes]
) -> list[tuple[bytes, ConsultationMessage]]:
    """Case and row of what public services were asked and answered through a link, in order."""
    found = (
        select(Consultation.case_id, ConsultationMessage)
        .join(Consultation, Consultation.id == ConsultationMessage.consultation_id)
        .where(Consultation.case_id.in_(case_ids))
        .order_by(ConsultationMessage.position)
    )
    return [(case_id, row) for case_id, row in session.execute(found)]


def versions_locked(session: Session, case_ids: Sequence[bytes]) -> dict[bytes, int]:
    """The versions of those that are still there; nobody changes them before the commit."""
    found = select(Case.id, Case.version).where(Case.id.in_(case_ids)).order_by(Case.id)
    return {case_id: version for case_id, version in session.execute(found.with_for_update())}


def _last(
    position: InstrumentedAttribute[int], case_id: InstrumentedAttribute[bytes]
) -> ScalarSelect[int | None]:
    return select(func.max(position)).where(case_id == Case.id).scalar_subquery()
