"""Who opened what and when: written before the page is made, once in a while for each person."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from cases.actions.signed_in import SignedIn
from cases.actions.trail import record_staff
from cases.domain.trail import TrailEvent
from cases.queries.cases import held_case
from cases.queries.trail import told_since

# One visit of a case is dozens of pages. A visit that goes on is told again after this.
ONE_VISIT = timedelta(minutes=15)


def can_open(session: Session, case_id: bytes, by: SignedIn) -> bool:
    """Whether the person holds a key of the case; what does not open is no opening."""
    return held_case(session, case_id, by.keys.holder) is not None


def is_told(
    session: Session, event: TrailEvent, by: SignedIn, now: datetime, case_id: bytes | None
) -> bool:
    """Whether the trail tells of this visit already. Of two requests at once both may be told."""
    return told_since(session, event, by.member.id, case_id, now - ONE_VISIT)


def tell(
    session: Session, event: TrailEvent, by: SignedIn, now: datetime, case_id: bytes | None
) -> None:
    """Put it on the trail; in a transaction of its own, so that it stays whatever comes."""
    record_staff(session, event, now, by.member.id, case_id)
