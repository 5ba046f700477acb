"""Making somebody's recovery codes: shown once, to be kept on paper."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from cases.actions.signed_in import SignedIn
from cases.actions.trail import record_staff
from cases.domain.trail import TrailEvent
from cases.models import RecoveryCode
from cases.queries.second_factors import locked_person
from crypto.recovery_codes import draw_recovery_code, recovery_digest

COUNT = 10


def make_recovery_codes(session: Session, by: SignedIn, now: datetime) -> tuple[str, ...]:
    """Ten new codes of the person; those from before are worth nothing any more.

    Args:
        session: a writing session.
        by: whose.
        now: aware.

    Returns:
        The codes as they are shown; they cannot be shown again.
    """
    staff_id, seed = by.member.id, by.keys.personal.seed
    locked_person(session, staff_id)
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
    codes = tuple(draw_recovery_code() for _ in range(COUNT))
    session.add_all(
        RecoveryCode(staff_id=staff_id, digest=recovery_digest(code, seed)) for code in codes
    )
    record_staff(session, TrailEvent.RECOVERY_CODES_MADE, now, staff_id)
    session.flush()
    return codes
