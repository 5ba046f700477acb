"""Founding an office, and inviting people to it.

Here the office's own keys are made. The recovery seed leaves as shares and is kept nowhere; the
intake seed leaves as grants; each personal seed leaves wrapped under an invitation code.
"""

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from cases.actions.enrolment import invitation_secret
from cases.actions.signed_in import SignedIn, require
from cases.actions.trail import record_day, record_staff
from cases.domain.logins import read_login
from cases.domain.policies import permitted
from cases.domain.roles import INTAKE_KEY_ROLES, Permission, Role, StaffState
from cases.domain.trail import TrailEvent
from cases.errors import LoginTaken, OfficeExists, OfficeIncomplete, Refused, RosterUnusable
from cases.models import IntakeGrant, Staff
from cases.models.base import new_id
from cases.queries.staff import office_exists, staff_by_login
from cases.reasons import Reason
from crypto.grants import grant_intake
from crypto.kdf import PASSPHRASE_COST, KdfCost
from crypto.keys import (
    IntakePrivateKey,
    PersonalPrivateKey,
    RecoveryPrivateKey,
    Seed,
)
from crypto.passphrase import wrap_seed
from crypto.receipt import DRAFT_SIZE, ReceiptCode, draw_code
from crypto.roster import RosterMember, RosterSigningKey, VerifiedRoster, fingerprint, sign_roster
from crypto.roster_payload import CUSTODIAN, INTAKE, SIGNER, STAFF, Roster
from crypto.secret_sharing import split

INVITATION_DAYS = timedelta(days=14)
ROSTER_DAYS = timedelta(days=365)

_ROSTER_ROLES = {
    Role.INTAKE: INTAKE,
    Role.HEAD: INTAKE,
    Role.CUSTODIAN: CUSTODIAN,
    Role.ADMINISTRATOR: SIGNER,
}


@dataclass(frozen=True)
class NewPerson:
    """Someone to invite."""

    login: str
    name: str
    roles: frozenset[Role]


@dataclass(frozen=True)
class Founded:
    """What leaves the founding: files to keep, and secrets to hand out and then forget."""

    roster_file: bytes = field(repr=False)
    pin: bytes
    invitations: dict[str, ReceiptCode] = field(repr=False)
    recovery_shares: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Invited:
    """The next roster, to be kept before the commit, and the code for the invited person."""

    roster_file: bytes = field(repr=False)
    code: ReceiptCode = field(repr=False)


@dataclass(frozen=True)
class _Joining:
    """A person with the keys that exist only while the invitation is written."""

    person: NewPerson
    staff_id: bytes
    seed: Seed
    code: ReceiptCode

    @property
    def member(self) -> RosterMember:
        roles = {_ROSTER_ROLES.get(role, STAFF) for role in self.person.roles}
        return RosterMember(
            person=self.staff_id,
            name=self.person.name,
            roles=frozenset(roles | {STAFF}),
            public=PersonalPrivateKey(self.seed).public,
            verify_key=self.signing_key.verify_key,
        )

    @property
    def signing_key(self) -> RosterSigningKey:
        return RosterSigningKey.from_seed(self.seed)


def found_office(
    session: Session,
    name: str,
    people: Sequence[NewPerson],
    custodians_needed: int,
    recovery: tuple[int, int],
    today: date,
    cost: KdfCost = PASSPHRASE_COST,
) -> Founded:
    """Make an office: its keys, its first roster, and an invitation for each person.

    Args:
        session: a writing session.
        name: of the office, as reporters know it.
        people: at least one administrator, one with intake, and enough custodians.
        custodians_needed: how many of them open an identity together.
        recovery: how many recovery shares are needed, and how many are made.
        today: the first day of the roster, which holds for a year.
        cost: of wrapping each seed.

    Raises:
        OfficeExists, OfficeIncomplete, InvalidLogin, LoginTaken.
    """
    if office_exists(session):
        raise OfficeExists("this database holds an office already")
    check_people(people, custodians_needed, recovery)
    intake, recovery_seed = Seed.generate(), Seed.generate()
    joining = [_joining(person) for person in people]
    for joiner in joining:
        _add(session, joiner, intake, today, cost)
    roster = _first_roster(name, joining, intake, recovery_seed, custodians_needed, today)
    signers = [each.signing_key for each in joining if Role.ADMINISTRATOR in each.person.roles]
    file = sign_roster(roster, signers)
    record_day(session, TrailEvent.OFFICE_FOUNDED, today)
    session.flush()
    return Founded(
        roster_file=file,
        pin=fingerprint(file),
        invitations={joiner.person.login: joiner.code for joiner in joining},
        recovery_shares=split(recovery_seed.raw, *recovery),
    )


def invite(
    session: Session,
    roster: VerifiedRoster,
    person: NewPerson,
    by: SignedIn,
    now: datetime,
    cost: KdfCost = PASSPHRASE_COST,
) -> Invited:
    """Add a colleague: keys, an invitation for fourteen days, and the roster that names them.

    Args:
        session: a writing session. Keep `roster_file` (`roster_store.append`) before committing:
            a roster with a person whom the database does not know yet does no harm.
        roster: the current one.
        person: whom to invite.
        by: an administrator who signs rosters; with the intake key if the person is to have it.
        now: aware, in the office's time zone.
        cost: of wrapping the seed.

    Raises:
        Refused: no permission, or the intake key is not the administrator's to give.
        LoginTaken, InvalidLogin; RosterUnusable when one signature is not enough.
    """
    require(permitted(by.member.roles, Permission.MANAGE_STAFF))
    person = replace(person, login=read_login(person.login))
    if staff_by_login(session, person.login) is not None:
        raise LoginTaken
    joiner = _joining(person)
    intake = by.keys.intake.seed if by.keys.intake else None
    _add(session, joiner, intake, now.date(), cost)
    file = _next_roster(roster, (joiner.member,), by, now.date())
    record_staff(session, TrailEvent.PERSON_INVITED, now, by.member.id)
    session.flush()
    return Invited(file, joiner.code)


def renew_roster(session: Session, roster: VerifiedRoster, by: SignedIn, now: datetime) -> bytes:
    """The next roster: the same people and keys, valid for another year.

    Args:
        session: a writing session; keep the file (`roster_store.append`) before committing.
        roster: the current one, or the one that has run out.
        by: an administrator who signs rosters.
        now: aware, in the office's time zone.

    Raises:
        Refused: no permission. RosterUnusable: one signature is not enough.
    """
    require(permitted(by.member.roles, Permission.MANAGE_STAFF))
    file = _next_roster(roster, (), by, now.date())
    record_staff(session, TrailEvent.ROSTER_RENEWED, now, by.member.id)
    session.flush()
    return file


def check_people(
    people: Sequence[NewPerson], custodians_needed: int, recovery: tuple[int, int]
) -> None:
    """Whether an office can be made of these; raises as `found_office`."""
    roles = [role for person in people for role in person.roles]
    logins = [read_login(person.login) for person in people]
    if len(set(logins)) != len(logins) or logins != [person.login for person in people]:
        raise LoginTaken("each person needs a login of their own, in lower case")
    if Role.ADMINISTRATOR not in roles:
        raise OfficeIncomplete("an office needs an administrator, who signs its rosters")
    if not INTAKE_KEY_ROLES.intersection(roles):
        raise OfficeIncomplete("an office needs someone with the intake role, who opens new cases")
    if not 1 <= custodians_needed <= roles.count(Role.CUSTODIAN) <= 16:
        raise OfficeIncomplete("an office needs as many custodians as must agree, and at most 16")
    if not 1 <= recovery[0] <= recovery[1] <= 16:
        raise OfficeIncomplete("recovery shares: needed and total, at most 16")


def _joining(person: NewPerson) -> _Joining:
    code = draw_code(os.urandom(DRAFT_SIZE), b"invitation", "en")
    return _Joining(person, new_id(), Seed.generate(), code)


def _add(
    session: Session, joiner: _Joining, intake: Seed | None, today: date, cost: KdfCost
) -> None:
    person, public = joiner.person, PersonalPrivateKey(joiner.seed).public
    session.add(
        Staff(
            id=joiner.staff_id,
            login=person.login,
            name=person.name,
            roles=" ".join(sorted(person.roles)),
            state=StaffState.INVITED,
            wrapped_seed=wrap_seed(
                joiner.seed, invitation_secret(joiner.code), joiner.staff_id, cost
            ),
            public_key=public.to_bytes(),
            invited_until=today + INVITATION_DAYS,
        )
    )
    session.flush()
    if _holds_intake(person.roles):
        if intake is None:
            raise Refused(Reason.NO_PERMISSION)
        box = grant_intake(intake, public)
        session.add(IntakeGrant(staff_id=joiner.staff_id, key_id=public.key_id, box=box))


def _holds_intake(roles: Collection[Role]) -> bool:
    return not INTAKE_KEY_ROLES.isdisjoint(roles)


def _first_roster(
    name: str,
    joining: Sequence[_Joining],
    intake: Seed,
    recovery: Seed,
    custodians_needed: int,
    today: date,
) -> Roster:
    return Roster(
        serial=1,
        office=name,
        issued_on=today,
        expires_on=today + ROSTER_DAYS,
        intake=IntakePrivateKey(intake).public,
        recovery=RecoveryPrivateKey(recovery).public,
        members=tuple(joiner.member for joiner in joining),
        signatures_needed=1,
        custodians_needed=custodians_needed,
        previous=None,
    )


def _next_roster(
    current: VerifiedRoster, joining: Sequence[RosterMember], by: SignedIn, today: date
) -> bytes:
    roster = current.roster
    signing_key = RosterSigningKey.from_seed(by.keys.personal.seed)
    signers = {member.verify_key for member in roster.with_role(SIGNER)}
    if signing_key.verify_key not in signers:
        raise Refused(Reason.NO_PERMISSION)
    if roster.signatures_needed > 1:
        raise RosterUnusable(f"the roster needs {roster.signatures_needed} signatures together")
    following = replace(
        roster,
        serial=roster.serial + 1,
        issued_on=today,
        expires_on=today + ROSTER_DAYS,
        members=(*roster.members, *joining),
        previous=current.fingerprint,
    )
    return sign_roster(following, [signing_key])
