"""The people of the office as the head sees them: who can sign in, where, and what can be done."""

from dataclasses import dataclass

from cases.actions.session_ending import session_counts
from cases.domain.people import can_suspend
from cases.domain.policies import Allowed
from cases.domain.roles import StaffMember, StaffState
from cases.errors import NotFound
from cases.queries.people import everyone_now
from cases.queries.staff import member, staff_by_login
from reviewer.session import signed_in
from web.database import db
from web.services import services


@dataclass(frozen=True)
class ColleagueRow:
    """One person, how many sessions are open, and whether this page can suspend or restore."""

    person: StaffMember
    state: StaffState
    sessions: int
    can_end: bool
    can_suspend: bool
    can_restore: bool


def colleague_rows() -> list[ColleagueRow]:
    """Everyone who has a role, by name."""
    people = [(member(row), StaffState(row.state)) for row in everyone_now(db()) if row.roles]
    active = [person for person, state in people if state is StaffState.ACTIVE]
    counts = session_counts(db(), services().now())
    return [_row(person, state, active, counts.get(person.id, 0)) for person, state in people]


def id_of(login: str) -> bytes:
    """The id of whoever has this login. Raises NotFound."""
    row = staff_by_login(db(), login)
    if row is None:
        raise NotFound
    return row.id


def _row(
    person: StaffMember, state: StaffState, active: list[StaffMember], sessions: int
) -> ColleagueRow:
    by = signed_in().member
    may_be_suspended = isinstance(can_suspend(by, person, active), Allowed)
    return ColleagueRow(
        person=person,
        state=state,
        sessions=sessions,
        # Her own are on the account page, where she sees which is which.
        can_end=sessions > 0 and person.id != by.id,
        can_suspend=state is StaffState.ACTIVE and may_be_suspended,
        can_restore=state is StaffState.SUSPENDED,
    )
