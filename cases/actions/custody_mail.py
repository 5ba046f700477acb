"""Which custodians should get mail about requests that wait for them: once about each request.

Claimed before it is sent and given back when the server does not take it, as for reminders.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import update
from sqlalchemy.orm import Session

from cases.actions.jobs import alone
from cases.actions.reminder_mail import Notice
from cases.models import IdentityRequestReader
from cases.queries.identities import (
    AddressedCustodian,
    WaitingReader,
    addressed_custodians,
    waiting_readers,
)
from crypto.errors import Malformed
from crypto.keys import PersonalPublicKey


def notices(session: Session, today: date) -> list[Notice]:
    """A message for every custodian who was not told of a request that waits."""
    waiting = waiting_readers(session, today)
    each = (_notice(person, waiting) for person in addressed_custodians(session))
    return [notice for notice in each if notice.about]


def claim(session: Session, staff_id: bytes, today: date) -> Notice | None:
    """The message for this person, counted as sent; None when another machine has it already."""
    alone(session)
    for notice in notices(session, today):
        if notice.staff_id == staff_id:
            _mark(session, notice, today)
            return notice
    return None


def give_back(session: Session, notice: Notice) -> None:
    """The message was not taken: the next run tries again."""
    _mark(session, notice, None)


def _mark(session: Session, notice: Notice, mailed_on: date | None) -> None:
    key_id = next(
        _key_id(person.public_key)
        for person in addressed_custodians(session)
        if person.staff_id == notice.staff_id
    )
    session.execute(
        update(IdentityRequestReader)
        .where(
            IdentityRequestReader.key_id == key_id,
            IdentityRequestReader.request_id.in_(notice.about),
        )
        .values(mailed_on=mailed_on)
        .execution_options(synchronize_session=False)
    )


def _notice(person: AddressedCustodian, waiting: Sequence[WaitingReader]) -> Notice:
    key_id = _key_id(person.public_key)
    hers = [
        each
        for each in waiting
        if each.key_id == key_id and person.staff_id not in each.answered_by
    ]
    return Notice(
        staff_id=person.staff_id,
        login=person.login,
        waiting=len(hers),
        email=person.email,
        about=tuple(each.request_id for each in hers if not each.mailed),
    )


def _key_id(public_key: bytes) -> bytes:
    """Names a key and is sealed to by nobody: a wrong one in the table costs a mail."""
    try:
        return PersonalPublicKey.from_bytes(public_key).key_id
    except Malformed:
        return b""
