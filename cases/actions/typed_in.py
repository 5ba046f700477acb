"""Who typed in a case that did not come through the portal."""

from datetime import datetime

from sqlalchemy.orm import Session

from cases.actions.signed_in import SignedIn, require
from cases.actions.trail import record_staff
from cases.domain.policies import permitted
from cases.domain.roles import Permission
from cases.domain.trail import TrailEvent


def record_typist(session: Session, case_id: bytes, by: SignedIn, now: datetime) -> None:
    """Put in the trail who typed the case in; in the transaction that made the case.

    Raises:
        Refused: the person may not work on cases.
    """
    require(permitted(by.member.roles, Permission.HANDLE_CASES))
    record_staff(session, TrailEvent.CASE_TYPED_IN, now, by.member.id, case_id)
    session.flush()
