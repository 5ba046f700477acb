"""The address at which a person of the office gets mail from the program."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from cases.actions.signed_in import SignedIn
from cases.actions.trail import record_staff
from cases.domain.trail import TrailEvent
from cases.domain.work_addresses import read_work_address
from cases.models import Staff


def set_work_address(session: Session, typed: str, by: SignedIn, now: datetime) -> None:
    """Keep the person's own address; an empty one ends the mail.

    Raises:
        InvalidWorkAddress: it cannot be an address.
    """
    address = read_work_address(typed)
    session.execute(
        update(Staff)
        .where(Staff.id == by.member.id)
        .values(email=address)
        .execution_options(synchronize_session=False)
    )
    record_staff(session, TrailEvent.EMAIL_CHANGED, now, by.member.id)
