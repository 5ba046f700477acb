"""Rows that count: reference numbers, and failed sign-ins."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cases.domain.flows import Flow
from cases.models.base import (
    DIGEST_SIZE,
    WITHOUT_ROWID,
    Base,
    Digest,
    Moment,
    Name,
    one_of,
    sized,
)


class ReferenceCounter(Base):
    """The last number given in a flow and year; its row lock keeps the numbers without gaps."""

    __tablename__ = "reference_counter"
    __table_args__ = (
        one_of("flow", Flow),
        CheckConstraint("last >= 1", name="last_counts"),
        WITHOUT_ROWID,
    )

    flow: Mapped[Name] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class SignInThrottle(Base):
    """Failed sign-ins under one name, by the name's hash.

    Not a column of staff: a name that nobody has must be slowed down like one that somebody has,
    or the wait itself would tell which names exist.
    """

    __tablename__ = "sign_in_throttle"
    __table_args__ = (sized("name_hash", DIGEST_SIZE), WITHOUT_ROWID)

    name_hash: Mapped[Digest] = mapped_column(primary_key=True)
    failures: Mapped[int]
    wait_until: Mapped[Moment] = mapped_column(index=True)
