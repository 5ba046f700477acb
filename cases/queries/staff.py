"""Reading the people of the office and their sessions."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from cases.domain.roles import Role, StaffMember, StaffState
from cases.models import IntakeGrant, SignInThrottle, Staff, StaffSession


@dataclass(frozen=True)
class OpenedBy:
    """A console session with the person whose it is; her intake grants, the newest key's first."""

    session: StaffSession
    staff: Staff
    intake_boxes: tuple[bytes, ...]


def member(staff: Staff) -> StaffMember:
    """The row as the rules know a person."""
    roles = frozenset(Role(role) for role in staff.roles.split())
    return StaffMember(staff.id, staff.login, staff.name, roles)


def office_exists(session: Session) -> bool:
    """Whether anyone is in the table of staff."""
    return session.scalar(select(func.count()).select_from(Staff)) != 0


def staff_by_login(session: Session, login: str) -> Staff | None:
    """The person with this login."""
    return session.scalar(select(Staff).where(Staff.login == login))


def person_or_stand_in(session: Session, login: str, state: StaffState) -> Staff | None:
    """The person with this login, or anyone: an unknown name must cost what a known one costs.

    Somebody in another state stands in for nobody where one of this state is there: the seed of who
    was only invited is wrapped at another cost, and a name would be told by its time.
    None only in an office without people.
    """
    in_state = Staff.state == state.value
    meant = and_(Staff.login == login, in_state)
    closest = select(Staff).order_by(meant.desc(), in_state.desc(), Staff.login).limit(1)
    return session.scalar(closest)


def colleagues(session: Session) -> list[StaffMember]:
    """Everyone who has finished the first sign-in, by name."""
    active = select(Staff).where(Staff.state == StaffState.ACTIVE.value)
    return [member(row) for row in session.scalars(active.order_by(Staff.name, Staff.login))]


def everyone(session: Session) -> Sequence[Staff]:
    """Every row of staff, by login: for the command line."""
    return session.scalars(select(Staff).order_by(Staff.login)).all()


def names_of_everyone(session: Session) -> dict[bytes, str]:
    """The names of all who ever were of the office, by id."""
    return {id_: name for id_, name in session.execute(select(Staff.id, Staff.name))}


def work_address(session: Session, staff_id: bytes) -> str:
    """Where the person gets mail about reminders; empty where nowhere."""
    return session.scalar(select(Staff.email).where(Staff.id == staff_id)) or ""


def staff_session(session: Session, session_id: bytes) -> OpenedBy | None:
    """The session under the hash of a token, with its person, in one statement."""
    found = session.execute(
        select(StaffSession, Staff, IntakeGrant.box)
        .join(Staff, Staff.id == StaffSession.staff_id)
        .outerjoin(IntakeGrant, IntakeGrant.staff_id == Staff.id)
        .where(StaffSession.id == session_id)
        .order_by(IntakeGrant.since.desc())
    ).all()
    if not found:
        return None
    opened, staff, _ = found[0]
    return OpenedBy(opened, staff, tuple(box for *_, box in found if box is not None))


def throttle(session: Session, name_hash: bytes) -> SignInThrottle | None:
    """The failed sign-ins under one name."""
    return session.scalar(select(SignInThrottle).where(SignInThrottle.name_hash == name_hash))
