"""Reading the people of the office where two may be changing them at once."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from cases.domain.roles import StaffState
from cases.models import Staff


def everyone_now(session: Session) -> Sequence[Staff]:
    """Every row of staff as it stands, whatever this session has read before."""
    rows = select(Staff).order_by(Staff.name, Staff.login)
    return session.scalars(rows.execution_options(populate_existing=True)).all()


def can_sign_in(session: Session, staff_id: bytes) -> bool:
    """Whether the person has signed in before and is not suspended."""
    state = session.scalar(select(Staff.state).where(Staff.id == staff_id))
    return state == StaffState.ACTIVE.value
