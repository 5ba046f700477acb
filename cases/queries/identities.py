"""Reading requests for identities, their answers, and the shares that custodians hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from cases.domain.identity_requests import RequestState
from cases.domain.roles import StaffState
from cases.models import (
    IdentityAnswer,
    IdentityRequest,
    IdentityRequestReader,
    IdentityShareRow,
    SealedIdentityRow,
    Staff,
)

_RUNNING = (RequestState.ASKED.value, RequestState.GRANTED.value)


@dataclass(frozen=True)
class WaitingRequest:
    """A request that a custodian can answer, and its key sealed to her."""

    request: IdentityRequest
    box: bytes


@dataclass(frozen=True)
class WaitingReader:
    """That a request waits for the custodian with a key, who got mail about it or not."""

    request_id: bytes
    key_id: bytes
    mailed: bool
    answered_by: frozenset[bytes]


@dataclass(frozen=True)
class AddressedCustodian:
    """Somebody who may be a custodian and has an address for mail."""

    staff_id: bytes
    login: str
    email: str
    public_key: bytes


def request(session: Session, request_id: bytes) -> IdentityRequest | None:
    """A request as it is now."""
    fresh = select(IdentityRequest).where(IdentityRequest.id == request_id)
    return session.scalar(fresh.execution_options(populate_existing=True))


def requests_of(session: Session, case_id: bytes) -> Sequence[IdentityRequest]:
    """Every request for the identity of a case, the newest first."""
    found = select(IdentityRequest).where(IdentityRequest.case_id == case_id)
    ordered = found.order_by(IdentityRequest.asked_on.desc(), IdentityRequest.id)
    return session.scalars(ordered.execution_options(populate_existing=True)).all()


def running_requests(session: Session, case_id: bytes) -> Sequence[IdentityRequest]:
    """Those of a case that wait for answers, or by which the identity can be read."""
    return [row for row in requests_of(session, case_id) if row.state in _RUNNING]


def overdue_requests(session: Session, today: date) -> Sequence[IdentityRequest]:
    """Those of all cases whose days are over and that nobody ended yet."""
    return session.scalars(
        select(IdentityRequest).where(
            IdentityRequest.state.in_(_RUNNING), IdentityRequest.expires_on < today
        )
    ).all()


def waiting_for(session: Session, key_id: bytes, person: bytes) -> Sequence[WaitingRequest]:
    """What one custodian can still answer, the oldest first."""
    answered = exists().where(
        IdentityAnswer.request_id == IdentityRequest.id, IdentityAnswer.custodian_id == person
    )
    found = session.execute(
        select(IdentityRequest, IdentityRequestReader.box)
        .join(IdentityRequestReader, IdentityRequestReader.request_id == IdentityRequest.id)
        .where(
            IdentityRequestReader.key_id == key_id,
            IdentityRequest.state == RequestState.ASKED.value,
            ~answered,
        )
        .order_by(IdentityRequest.asked_on, IdentityRequest.id)
    )
    return [WaitingRequest(*row) for row in found]


def waiting_readers(session: Session, today: date) -> Sequence[WaitingReader]:
    """For whom requests wait, whether or not they have answered."""
    waits = (IdentityRequest.state == RequestState.ASKED.value, IdentityRequest.expires_on >= today)
    asked = session.execute(
        select(
            IdentityRequestReader.request_id,
            IdentityRequestReader.key_id,
            IdentityRequestReader.mailed_on.is_not(None),
        )
        .join(IdentityRequest, IdentityRequest.id == IdentityRequestReader.request_id)
        .where(*waits)
    ).all()
    answered = session.execute(
        select(IdentityAnswer.request_id, IdentityAnswer.custodian_id)
        .join(IdentityRequest, IdentityRequest.id == IdentityAnswer.request_id)
        .where(*waits)
    ).all()
    return [
        WaitingReader(
            request_id, key_id, mailed, frozenset(who for of, who in answered if of == request_id)
        )
        for request_id, key_id, mailed in asked
    ]


def addressed_custodians(session: Session) -> Sequence[AddressedCustodian]:
    """Everybody who can sign in and gets mail, by login; who is asked, keys tell."""
    found = session.execute(
        select(Staff.id, Staff.login, Staff.email, Staff.public_key)
        .where(Staff.state == StaffState.ACTIVE.value, Staff.email.is_not(None))
        .order_by(Staff.login)
    )
    return [AddressedCustodian(id_, login, email or "", key) for id_, login, email, key in found]


def reader_box(session: Session, request_id: bytes, key_id: bytes) -> bytes | None:
    """The key of a request, sealed to one custodian; None where she cannot read it."""
    return session.scalar(
        select(IdentityRequestReader.box).where(
            IdentityRequestReader.request_id == request_id,
            IdentityRequestReader.key_id == key_id,
        )
    )


def reader_count(session: Session, request_id: bytes) -> int:
    """How many custodians were asked."""
    counted = select(func.count()).where(IdentityRequestReader.request_id == request_id)
    return session.scalar(counted) or 0


def answers(session: Session, request_id: bytes) -> Sequence[IdentityAnswer]:
    """What the custodians answered, in no order that means anything."""
    found = select(IdentityAnswer).where(IdentityAnswer.request_id == request_id)
    return session.scalars(found.execution_options(populate_existing=True)).all()


def answers_of_case(session: Session, case_id: bytes) -> Sequence[IdentityAnswer]:
    """What the custodians answered to every request of a case."""
    asked = select(IdentityAnswer).join(
        IdentityRequest, IdentityRequest.id == IdentityAnswer.request_id
    )
    return session.scalars(asked.where(IdentityRequest.case_id == case_id)).all()


def share_box(session: Session, case_id: bytes, key_id: bytes) -> bytes | None:
    """One custodian's share of an identity; empty or None where there is none."""
    row = session.get(IdentityShareRow, (case_id, key_id))
    return row.box if row else None


def cases_with_identity(session: Session) -> Sequence[bytes]:
    """The ids of all cases whose reporter gave a name in confidence."""
    return session.scalars(select(SealedIdentityRow.case_id)).all()
