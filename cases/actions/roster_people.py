"""What a proposed roster changes for people, and doing it once the roster is in force."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from cases.actions import roster_memory
from cases.actions.joining import Joiner, intake_box, roster_roles
from cases.actions.office import INVITATION_DAYS
from cases.actions.trail import record_staff
from cases.domain.grants import HolderKind
from cases.domain.roles import INTAKE_KEY_ROLES, Role, StaffState
from cases.domain.trail import TrailEvent
from cases.errors import OfficeIncomplete, RosterUnusable
from cases.models import (
    Case,
    CaseGrant,
    FactorReset,
    IntakeGrant,
    Passkey,
    ProposedPerson,
    RecoveryCode,
    Staff,
    StaffSession,
)
from cases.queries.intake_keys import holds_intake_key, intake_key_holders
from cases.queries.rosters import cases_of_one_alone, proposed_people
from cases.saying import said
from crypto.kdf import PASSPHRASE_COST, KdfCost
from crypto.keys import PersonalPublicKey, Seed
from crypto.passphrase import wrap_seed
from crypto.roster import RosterMember, VerifiedRoster, intake_key_since
from crypto.roster_payload import INTAKE, Roster

_LONG_ENOUGH = 32


@dataclass(frozen=True)
class Changing:
    """A person on the roster, and the roles that she is to have; none for one who leaves."""

    login: str
    member: RosterMember
    roles: frozenset[Role]

    @property
    def on_the_next_roster(self) -> RosterMember:
        """The same person with the new roles."""
        return replace(self.member, roles=roster_roles(self.roles))


def write_down(
    session: Session,
    proposal: bytes,
    joining: Sequence[Joiner],
    changing: Sequence[Changing],
    intake: Seed | None,
    cost: KdfCost,
    *,
    new_key: bool = False,
) -> None:
    """Keep what becomes of each person once the proposal is in force.

    Args:
        session: a writing session.
        proposal: the fingerprint of the proposed roster.
        joining: people to invite.
        changing: people of the office who change or leave.
        intake: the intake key's seed, where the proposer holds it.
        cost: of wrapping each new seed.
        new_key: whether the intake key is one that nobody holds yet.

    Raises:
        Refused: somebody is to have the intake key, and the proposer does not hold it.
        OfficeIncomplete: cases would be left that nobody can open.
    """
    for new in joining:
        session.add(_joining_row(proposal, new, intake, cost))
    for each in changing:
        session.add(_changing_row(session, proposal, each, intake, new_key))
    session.flush()


def _joining_row(
    proposal: bytes, new: Joiner, intake: Seed | None, cost: KdfCost
) -> ProposedPerson:
    person = new.person
    return ProposedPerson(
        fingerprint=proposal,
        staff_id=new.staff_id,
        login=person.login,
        name=person.name,
        roles=_listed(person.roles),
        wrapped_seed=new.wrapped_seed(cost),
        public_key=new.public.to_bytes(),
        intake_box=intake_box(person.roles, intake, new.public),
    )


def _changing_row(
    session: Session, proposal: bytes, changing: Changing, intake: Seed | None, new_key: bool
) -> ProposedPerson:
    member = changing.member
    if not changing.roles:
        _refuse_to_orphan_cases(session, changing.login, member.public)
    has_the_key = not new_key and holds_intake_key(session, member.person)
    box = None if has_the_key else intake_box(changing.roles, intake, member.public)
    return ProposedPerson(
        fingerprint=proposal,
        staff_id=member.person,
        login=changing.login,
        name=member.name,
        roles=_listed(changing.roles),
        intake_box=box,
    )


def enact(
    session: Session, chain: Sequence[VerifiedRoster], now: datetime, by: bytes | None = None
) -> None:
    """Do for people what a roster says that is in force from now on; once is enough.

    Args:
        session: a writing session; commit it after the roster's file is kept.
        chain: verified, so signed by enough; the roster to put in force is the last one.
        now: aware, in the office's time zone.
        by: the id of whoever puts it in force, where known.

    Raises:
        RosterRejected: another roster was in force here.
        RosterUnusable: what was written down about somebody is not what was signed, or somebody
            would not hold a new intake key.
        OfficeIncomplete: cases would be left that nobody can open.
    """
    roster_memory.check_next(session, chain)
    roster, since = chain[-1], intake_key_since(chain)
    is_new = not roster_memory.remembers(session, roster)
    for row in proposed_people(session, roster.fingerprint):
        _enact_one(session, row, roster, since, now, by)
    if is_new and since == roster.roster.serial:
        refuse_a_key_that_somebody_lacks(session, roster.roster, since)
    # What else was proposed followed a roster that is not in force any more.
    session.execute(delete(ProposedPerson))
    roster_memory.remember(session, roster)
    record_staff(session, TrailEvent.ROSTER_ACCEPTED, now, by)
    session.flush()


def _enact_one(
    session: Session,
    row: ProposedPerson,
    roster: VerifiedRoster,
    since: int,
    now: datetime,
    by: bytes | None,
) -> None:
    member = next((one for one in roster.roster.members if one.person == row.staff_id), None)
    roles = frozenset(Role(role) for role in row.roles.split())
    _refuse_what_was_not_signed(row, roles, member)
    if member is None:
        _leave(session, row)
        return
    if row.wrapped_seed is not None:
        session.add(_invited(row, row.wrapped_seed, member, now))
        record_staff(session, TrailEvent.PERSON_INVITED, now, by)
    else:
        _set_roles(session, row)
    session.flush()
    _set_intake_grant(session, row, roles, member, since, now)


def refuse_a_key_that_somebody_lacks(session: Session, roster: Roster, since: int) -> None:
    """RosterUnusable when one of intake was not given the intake key of this roster.

    Cases are sealed to it, and she could not open them; at worst nobody could.
    """
    session.flush()
    holding = intake_key_holders(session, since)
    lacking = [one.name for one in roster.with_role(INTAKE) if one.person not in holding]
    if lacking:
        raise RosterUnusable(
            said(
                "the new intake key was not kept for %(people)s: propose it again",
                people=", ".join(lacking),
            )
        )


def _refuse_what_was_not_signed(
    row: ProposedPerson, roles: frozenset[Role], member: RosterMember | None
) -> None:
    """Rows stand in the open: only what agrees with the signed roster is done."""
    if member is None:
        agrees = not roles
    else:
        agrees = bool(roles) and roster_roles(roles) == member.roles
        agrees &= row.public_key in (None, member.public.to_bytes())
    if not agrees:
        raise RosterUnusable(
            said("what is written down about %(login)s is not what was signed", login=row.login)
        )


def _invited(
    row: ProposedPerson, wrapped_seed: bytes, member: RosterMember, now: datetime
) -> Staff:
    return Staff(
        id=row.staff_id,
        login=row.login,
        name=member.name,
        roles=row.roles,
        state=StaffState.INVITED,
        wrapped_seed=wrapped_seed,
        public_key=member.public.to_bytes(),
        invited_until=now.date() + INVITATION_DAYS,
    )


def _set_roles(session: Session, row: ProposedPerson) -> None:
    session.execute(update(Staff).where(Staff.id == row.staff_id).values(roles=row.roles))


def _set_intake_grant(
    session: Session,
    row: ProposedPerson,
    roles: frozenset[Role],
    member: RosterMember,
    since: int,
    now: datetime,
) -> None:
    if INTAKE_KEY_ROLES.isdisjoint(roles):
        session.execute(delete(IntakeGrant).where(IntakeGrant.staff_id == row.staff_id))
        _leave_the_pool(session, row.login, member.public)
    elif row.intake_box is not None:
        session.add(
            IntakeGrant(
                staff_id=row.staff_id,
                key_id=member.public.key_id,
                since=since,
                granted_on=now.date(),
                box=row.intake_box,
            )
        )


def _leave_the_pool(session: Session, login: str, public: PersonalPublicKey) -> None:
    """Cases without a colleague in the pool are granted to the others one by one."""
    count = cases_of_one_alone(session, public.key_id, HolderKind.POOL_MEMBER)
    if count:
        raise OfficeIncomplete(
            said(
                "cases of the intake pool that %(login)s alone can open: %(count)s;"
                " take and share them first",
                login=login,
                count=count,
            )
        )
    session.execute(
        delete(CaseGrant).where(
            CaseGrant.key_id == public.key_id,
            CaseGrant.holder_kind == HolderKind.POOL_MEMBER.value,
        )
    )


def _leave(session: Session, row: ProposedPerson) -> None:
    """Take every key and every role from a person; the name stays, for what she wrote."""
    staff = session.get_one(Staff, row.staff_id)
    public = PersonalPublicKey.from_bytes(staff.public_key)
    _refuse_to_orphan_cases(session, row.login, public)
    for table in (StaffSession, IntakeGrant, Passkey, RecoveryCode, FactorReset):
        session.execute(delete(table).where(table.staff_id == staff.id))
    session.execute(delete(CaseGrant).where(CaseGrant.key_id == public.key_id))
    session.execute(update(Case).where(Case.handler_id == staff.id).values(handler_id=None))
    staff.roles = ""
    staff.wrapped_seed = _seed_of_nobody(staff.id)


def _seed_of_nobody(staff_id: bytes) -> bytes:
    """What costs as much to try as a person's own seed, and opens for no passphrase."""
    return wrap_seed(Seed.generate(), os.urandom(_LONG_ENOUGH).hex(), staff_id, PASSPHRASE_COST)


def _refuse_to_orphan_cases(session: Session, login: str, public: PersonalPublicKey) -> None:
    count = cases_of_one_alone(session, public.key_id)
    if count:
        raise OfficeIncomplete(
            said(
                "cases that %(login)s alone can open: %(count)s;"
                " share them first, or give them back",
                login=login,
                count=count,
            )
        )


def _listed(roles: frozenset[Role]) -> str:
    return " ".join(sorted(roles))
