"""Reading what people sign in with beside the passphrase."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cases.models import FactorReset, FactorResetApproval, Passkey, RecoveryCode, Staff

# For how long two colleagues' word holds.
RESET_VALID = timedelta(days=2)


def person(session: Session, staff_id: bytes) -> Staff | None:
    """The row of a person, read anew."""
    return session.get(Staff, staff_id, populate_existing=True)


def locked_person(session: Session, staff_id: bytes) -> Staff:
    """The same; whoever else changes this person's factors waits (SQLite has one writer anyway)."""
    return session.scalars(
        select(Staff)
        .where(Staff.id == staff_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def passkeys_of(session: Session, staff_id: bytes) -> Sequence[Passkey]:
    """The rows of a person's passkeys, the oldest first."""
    own = select(Passkey).where(Passkey.staff_id == staff_id)
    return session.scalars(own.order_by(Passkey.added_on, Passkey.id)).all()


def recovery_codes_left(session: Session, staff_id: bytes) -> int:
    """How many recovery codes of a person are unused."""
    own = select(func.count()).select_from(RecoveryCode)
    return session.scalar(own.where(RecoveryCode.staff_id == staff_id)) or 0


def open_reset(session: Session, staff_id: bytes, today: date) -> FactorReset | None:
    """The reset that was begun for a person and is not over, approved or not.

    One that would hold for longer is none: somebody wrote it into the database, to have it signed.
    """
    holds = FactorReset.expires_on.between(today, today + RESET_VALID)
    return session.scalar(select(FactorReset).where(FactorReset.staff_id == staff_id, holds))


def approvals_of(session: Session, reset_id: bytes) -> Sequence[FactorResetApproval]:
    """The signatures under a reset, right or wrong."""
    of_it = select(FactorResetApproval).where(FactorResetApproval.reset_id == reset_id)
    return session.scalars(of_it).all()
