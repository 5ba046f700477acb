"""What proves, beside the passphrase, that it is the person who signs in.

Every sort costs the same whether the passphrase was right or not: the caller has no seed then, and
what can be done without it is done all the same.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from cases.actions.trail import record_staff
from cases.domain.one_time_codes import step_of
from cases.domain.trail import TrailEvent
from cases.models import FactorReset, RecoveryCode, Staff
from cases.queries import second_factors as queries
from crypto.errors import CryptoError
from crypto.keys import Seed
from crypto.labels import Purpose
from crypto.personal import open_personal
from crypto.recovery_codes import is_recovery_code, recovery_digest

_STAND_IN = "A" * 32


class SecondFactor(Protocol):
    """Something that only one person has, as a form or a browser gave it."""

    def proves(self, session: Session, staff_id: bytes, seed: Seed | None, now: datetime) -> bool:
        """Whether it is this person's and was not used before; it is used now.

        Args:
            session: a writing session.
            staff_id: of whoever signs in.
            seed: the personal seed; None where the passphrase was wrong.
            now: aware.
        """


@dataclass(frozen=True, repr=False)
class TypedCode:
    """A one-time code, or a recovery code in its place: their shapes tell them apart."""

    code: str

    def proves(self, session: Session, staff_id: bytes, seed: Seed | None, now: datetime) -> bool:
        """As `SecondFactor`."""
        if is_recovery_code(self.code):
            # A seed of nobody finds no row, after the same work.
            tried = seed or Seed.generate()
            return _use_recovery_code(session, staff_id, self.code, tried, now)
        row = queries.person(session, staff_id)
        secret = one_time_secret(row, seed) if row and seed else None
        last_step = row.totp_last_step if row else 0
        step = step_of(self.code, secret or _STAND_IN, now, last_step)
        # What fits the stand-in is nobody's code.
        right = secret is not None and step is not None
        return right and _use_step(session, staff_id, step or 0)


def purge_resets(session: Session, today: date) -> None:
    """Forget who lost a factor where it was not used in time; the signatures go with it."""
    session.execute(delete(FactorReset).where(FactorReset.expires_on < today))


def one_time_secret(row: Staff, seed: Seed) -> str | None:
    """The secret of a person's one-time codes; None where there is none that the person made."""
    if row.totp_sealed is None:
        return None
    try:
        return open_personal(row.totp_sealed, seed, Purpose.TOTP).decode("ascii")
    except CryptoError:
        return None


def _use_step(session: Session, staff_id: bytes, step: int) -> bool:
    """Mark the code as used; of two sign-ins with one code at once, one gets True."""
    used = session.execute(
        update(Staff)
        .where(Staff.id == staff_id, Staff.totp_last_step < step)
        .values(totp_last_step=step)
        .returning(Staff.id)
        .execution_options(synchronize_session=False)
    )
    return used.one_or_none() is not None


def _use_recovery_code(
    session: Session, staff_id: bytes, code: str, seed: Seed, now: datetime
) -> bool:
    digest = recovery_digest(code, seed)
    used = session.execute(
        delete(RecoveryCode)
        .where(RecoveryCode.staff_id == staff_id, RecoveryCode.digest == digest)
        .returning(RecoveryCode.staff_id)
        .execution_options(synchronize_session=False)
    )
    if used.one_or_none() is None:
        return False
    record_staff(session, TrailEvent.RECOVERY_CODE_USED, now, staff_id)
    return True
