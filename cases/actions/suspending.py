"""Keeping a person from signing in, at once and until somebody restores them.

A rule, and not mathematics: the person's keys stay what they were, and a copy of the database with
the passphrase opens what it opened. Who leaves for good loses the grants with the next roster.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from cases.actions.session_ending import destroy_all_of
from cases.actions.signed_in import SignedIn, require
from cases.actions.trail import record_staff
from cases.database import lock
from cases.domain.people import can_suspend
from cases.domain.policies import permitted
from cases.domain.roles import Permission, StaffState
from cases.domain.trail import TrailEvent
from cases.errors import NotFound, Refused, SessionEnded
from cases.models import Staff
from cases.queries.people import everyone_now
from cases.queries.staff import member
from cases.reasons import Reason

_LOCK = b"zegelsus"  # eight bytes that only this work uses


def suspend(session: Session, staff_id: bytes, by: SignedIn, now: datetime) -> None:
    """End a person's sessions and refuse new ones; nothing happens where that is so already.

    Args:
        session: a writing session.
        staff_id: who is to be suspended.
        by: a head of the office.
        now: aware, in the office's time zone.

    Raises:
        Refused: no permission, oneself, the last of a kind, or no first sign-in yet.
        NotFound: nobody has this id.
        SessionEnded: whoever asks was suspended meanwhile.
    """
    require(permitted(by.member.roles, Permission.SUSPEND_STAFF))
    _suspend(session, staff_id, by, now)


def suspend_leaver(session: Session, staff_id: bytes, by: SignedIn, now: datetime) -> None:
    """The same for somebody who leaves, by whoever manages the staff too; raises as `suspend`."""
    if not by.member.may(Permission.MANAGE_STAFF):
        require(permitted(by.member.roles, Permission.SUSPEND_STAFF))
    _suspend(session, staff_id, by, now)


def _suspend(session: Session, staff_id: bytes, by: SignedIn, now: datetime) -> None:
    people = _people_now(session, by)
    person = _one_of(people, staff_id)
    if person.state == StaffState.SUSPENDED:
        return
    active = [member(each) for each in people.values() if each.state == StaffState.ACTIVE]
    require(can_suspend(by.member, member(person), active))
    _set_state(session, person, StaffState.SUSPENDED)
    record_staff(session, TrailEvent.PERSON_SUSPENDED, now, by.member.id, subject_id=staff_id)
    session.flush()


def restore(session: Session, staff_id: bytes, by: SignedIn, now: datetime) -> None:
    """Let a suspended person sign in again; nothing happens where nobody is suspended.

    Raises:
        Refused: no permission, or no first sign-in yet. NotFound, SessionEnded: as `suspend`.
    """
    require(permitted(by.member.roles, Permission.SUSPEND_STAFF))
    person = _one_of(_people_now(session, by), staff_id)
    if person.state == StaffState.ACTIVE:
        return
    _set_state(session, person, StaffState.ACTIVE)
    record_staff(session, TrailEvent.PERSON_RESTORED, now, by.member.id, subject_id=staff_id)
    session.flush()


def _people_now(session: Session, by: SignedIn) -> dict[bytes, Staff]:
    """Everyone as they are now, and until commit: two who suspend each other would leave nobody."""
    lock(session, _LOCK)
    people = {row.id: row for row in everyone_now(session)}
    if people[by.member.id].state != StaffState.ACTIVE:
        raise SessionEnded
    return people


def _one_of(people: dict[bytes, Staff], staff_id: bytes) -> Staff:
    if staff_id not in people:
        raise NotFound
    if people[staff_id].state == StaffState.INVITED:
        raise Refused(Reason.NO_FIRST_SIGN_IN)
    return people[staff_id]


def _set_state(session: Session, person: Staff, state: StaffState) -> None:
    person.state = state
    # When restoring too: a sign-in that was under way while the person was suspended made one.
    destroy_all_of(session, person.id)
