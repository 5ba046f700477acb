"""Ending a request for an identity: nothing that custodians handed over stays behind."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from cases.actions.trail import record_staff
from cases.domain.identity_requests import RequestState
from cases.domain.trail import TrailEvent
from cases.models import IdentityAnswer, IdentityRequest, IdentityRequestReader
from cases.queries.identities import overdue_requests, running_requests

# A question that ends by itself was not decided; a grant that ends has served.
_BY_ITSELF = {RequestState.ASKED: RequestState.EXPIRED, RequestState.GRANTED: RequestState.OVER}


def end(
    session: Session,
    request: IdentityRequest,
    state: RequestState,
    now: datetime,
    actor_id: bytes | None,
) -> None:
    """Put a request into a state that it never leaves, and delete every share handed over.

    Args:
        session: a writing session.
        request: locked by the caller, or of a case that is.
        state: REFUSED, WITHDRAWN, EXPIRED or OVER.
        now: aware, in the office's time zone.
        actor_id: who ended it; None where its days did.
    """
    request.state = state.value
    forget_readers(session, request.id)
    session.execute(
        update(IdentityAnswer)
        .where(IdentityAnswer.request_id == request.id)
        .values(box=None)
        .execution_options(synchronize_session=False)
    )
    record_staff(session, TrailEvent.IDENTITY_REQUEST_ENDED, now, actor_id, request.case_id)
    session.flush()


def forget_readers(session: Session, request_id: bytes) -> None:
    """Take the request out of the custodians' hands: nobody is asked any more."""
    session.execute(
        delete(IdentityRequestReader).where(IdentityRequestReader.request_id == request_id)
    )


def end_overdue(session: Session, now: datetime) -> int:
    """End every request whose days are over; returns how many."""
    overdue = overdue_requests(session, now.date())
    for request in overdue:
        end_by_itself(session, request, now)
    return len(overdue)


def end_running(session: Session, case_id: bytes, now: datetime) -> int:
    """End what waits or is granted on a case whose keys change; returns how many.

    The caller has locked the case. Whoever asked may ask again.
    """
    running = running_requests(session, case_id)
    for request in running:
        end_by_itself(session, request, now)
    return len(running)


def end_with_the_key(
    session: Session, case_id: bytes, now: datetime, away: frozenset[bytes]
) -> None:
    """End what a new key of the case leaves no sense in; the caller has locked the case.

    Custodians would seal their answers to the old key, and who is kept away reads no name.

    Args:
        session: a writing session.
        case_id: of the case.
        now: aware, in the office's time zone.
        away: ids of people who must not read the case.
    """
    for request in running_requests(session, case_id):
        if request.state == RequestState.ASKED or request.asker_id in away:
            end_by_itself(session, request, now)


def end_by_itself(session: Session, request: IdentityRequest, now: datetime) -> None:
    """End one whose days are over, or whose case or shares have new keys."""
    end(session, request, _BY_ITSELF[RequestState(request.state)], now, None)
