"""Requests to open an identity: who asked, what each custodian answered, until when it holds."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cases.domain.identity_requests import RequestState
from cases.models.base import (
    ID_SIZE,
    KEY_ID_SIZE,
    WITHOUT_ROWID,
    Base,
    Day,
    Id,
    KeyId,
    Name,
    Sealed,
    new_id,
    one_of,
    sized,
)


class IdentityRequest(Base):
    """One request; the reason is sealed to the case and to each custodian."""

    __tablename__ = "identity_request"
    __table_args__ = (
        sized("id", ID_SIZE),
        sized("asker_id", ID_SIZE),
        one_of("state", RequestState),
        CheckConstraint("needed >= 1", name="needs_someone"),
        CheckConstraint("expires_on >= asked_on", name="expires_after_asking"),
        Index(None, "case_id"),
        Index(None, "state", "expires_on"),
        WITHOUT_ROWID,
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[Id] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    asker_id: Mapped[Id]
    state: Mapped[Name]
    needed: Mapped[int]
    asked_on: Mapped[Day]
    # Of the question while it waits, of the answer once it is granted.
    expires_on: Mapped[Day]
    # When the asker opened the identity first; the reporter was told with it.
    read_on: Mapped[date | None]
    body: Mapped[Sealed]
    case_key: Mapped[Sealed]


class IdentityRequestReader(Base):
    """The key of a request's body, sealed to one custodian; gone when no answer is waited for."""

    __tablename__ = "identity_request_reader"
    __table_args__ = (sized("key_id", KEY_ID_SIZE), Index(None, "key_id"), WITHOUT_ROWID)

    request_id: Mapped[Id] = mapped_column(
        ForeignKey("identity_request.id", ondelete="CASCADE"), primary_key=True
    )
    key_id: Mapped[KeyId] = mapped_column(primary_key=True)
    box: Mapped[Sealed]
    # When the custodian was written to that something waits.
    mailed_on: Mapped[date | None]


class IdentityAnswer(Base):
    """What one custodian answered; a share, sealed to the asker, where it is yes."""

    __tablename__ = "identity_answer"
    __table_args__ = (sized("custodian_id", ID_SIZE), WITHOUT_ROWID)

    request_id: Mapped[Id] = mapped_column(
        ForeignKey("identity_request.id", ondelete="CASCADE"), primary_key=True
    )
    custodian_id: Mapped[Id] = mapped_column(primary_key=True)
    approved: Mapped[bool]
    # Gone when the request ends.
    box: Mapped[Sealed | None]
    body: Mapped[Sealed]
    case_key: Mapped[Sealed]
