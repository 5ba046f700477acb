"""Changing the roster by as many hands as the one in force asks for: propose, and sign.

Until enough have signed, nothing about anybody changes: who is to join or change is written down
beside the proposal (`roster_people`), and nobody can use an invitation to an office that has not
agreed to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import Date, bindparam, text
from sqlalchemy.orm import Session

from cases.actions.declared_conflicts import Declarations, with_declarations
from cases.actions.joining import Joiner, NewPerson, joiner
from cases.actions.office import ROSTER_DAYS
from cases.actions.roster_people import Changing, write_down
from cases.actions.signed_in import SignedIn, require
from cases.actions.trail import record_staff
from cases.domain.logins import folded_login, read_login
from cases.domain.policies import permitted
from cases.domain.roles import Permission, Role
from cases.domain.trail import TrailEvent
from cases.errors import LoginTaken, NotFound, OfficeIncomplete, Refused
from cases.models import Staff
from cases.queries.staff import everyone, member, staff_by_login
from cases.reasons import Reason
from cases.saying import said
from crypto.errors import Malformed
from crypto.kdf import PASSPHRASE_COST, KdfCost
from crypto.keys import IntakePrivateKey, Seed
from crypto.receipt import ReceiptCode
from crypto.roster import (
    RosterSigningKey,
    VerifiedRoster,
    add_signature,
    check_follows,
    fingerprint,
    read_file,
    sign_roster,
)
from crypto.roster_payload import INTAKE, SIGNER, Roster

_NONE: frozenset[Role] = frozenset()
_ACKNOWLEDGE = text(
    "INSERT INTO roster_acknowledgement (staff_id, serial, fingerprint, day)"
    " VALUES (:staff_id, :serial, :fingerprint, :day) ON CONFLICT (staff_id, serial) DO NOTHING"
).bindparams(bindparam("day", type_=Date))


@dataclass(frozen=True)
class Changes:
    """What the next roster is to change; a year more in any case.

    Attributes:
        joining: people to invite.
        roles: the new roles of people of the office, by login.
        leaving: logins of people who leave.
        signatures_needed, custodians_needed: None for as many as now.
        conflicts, conflicts_ended: codes of authorities with which a person has a conflict of
            interest from now on, or no longer, by login.
    """

    joining: tuple[NewPerson, ...] = ()
    roles: Mapping[str, frozenset[Role]] = field(default_factory=dict)
    leaving: frozenset[str] = frozenset()
    signatures_needed: int | None = None
    custodians_needed: int | None = None
    conflicts: Declarations = field(default_factory=dict)
    conflicts_ended: Declarations = field(default_factory=dict)


@dataclass(frozen=True)
class Proposed:
    """The next roster with the signature of whoever proposed it, and codes for who is to join."""

    file: bytes = field(repr=False)
    invitations: Mapping[str, ReceiptCode] = field(repr=False)


def propose(
    session: Session,
    current: VerifiedRoster,
    changes: Changes,
    by: SignedIn,
    now: datetime,
    cost: KdfCost = PASSPHRASE_COST,
) -> Proposed:
    """Write the next roster and sign it first.

    Args:
        session: a writing session.
        current: the roster in force, or the one that has run out.
        changes: against it; none at all makes it valid for another year.
        by: an administrator who signs rosters; with the intake key if somebody is to have it.
        now: aware, in the office's time zone.
        cost: of wrapping each new seed.

    Raises:
        Refused: no permission, or the intake key is not the administrator's to give.
        LoginTaken, InvalidLogin; NotFound: nobody here has a login that is to change or leave, or
            somebody has not declared the conflict that is to end.
        OfficeIncomplete: the office could not work with the people who would be left.
    """
    key = _signing_key(current, by)
    return _proposed(session, current, changes, None, [key], by, now, cost)


def propose_with_intake_key(
    session: Session,
    current: VerifiedRoster,
    changes: Changes,
    intake: IntakePrivateKey,
    by: SignedIn,
    now: datetime,
    cost: KdfCost = PASSPHRASE_COST,
) -> Proposed:
    """Write the next roster with an intake key that nobody holds yet, for all who need it.

    An administrator signs it first; of anybody else it has no signature, and so no force.

    Args:
        session: a writing session.
        current: the roster in force, or the one that has run out.
        changes: what else is to change.
        intake: the new key; `roster_people.enact` gives it to its people.
        by: who proposes.
        now: aware, in the office's time zone.
        cost: of wrapping each new seed.

    Raises:
        As `propose`, but for the permission.
    """
    keys = [_signing_key(current, by)] if by.member.may(Permission.MANAGE_STAFF) else []
    return _proposed(session, current, changes, intake, keys, by, now, cost)


def sign(
    session: Session, current: VerifiedRoster, file: bytes, by: SignedIn, now: datetime
) -> bytes:
    """The proposed roster with one more signature.

    Args:
        session: a writing session.
        current: the roster in force, or the one that has run out.
        file: of the proposal.
        by: an administrator who signs rosters, and who has read what the proposal changes.
        now: aware, in the office's time zone.

    Raises:
        Refused: no permission. RosterRejected: not a roster, or not the next one.
    """
    key = _signing_key(current, by)
    check_follows(current, read_file(file))
    record_staff(session, TrailEvent.ROSTER_SIGNED, now, by.member.id)
    session.flush()
    return add_signature(file, key)


def signatures_missing(current: VerifiedRoster, file: bytes) -> int:
    """How many more must sign a proposal. Raises RosterRejected: not the next roster."""
    proposal = read_file(file)
    check_follows(current, proposal)
    approved = len(proposal.approved_by(current.roster))
    return max(0, current.roster.signatures_needed - approved)


def acknowledge(session: Session, roster: VerifiedRoster, by: SignedIn, now: datetime) -> None:
    """Note that a person has read what a roster changed; once is enough."""
    said = {
        "staff_id": by.member.id,
        "serial": roster.roster.serial,
        "fingerprint": roster.fingerprint,
        "day": now.date(),
    }
    session.execute(_ACKNOWLEDGE, said)
    record_staff(session, TrailEvent.ROSTER_ACKNOWLEDGED, now, by.member.id)
    session.flush()


def _signing_key(current: VerifiedRoster, by: SignedIn) -> RosterSigningKey:
    require(permitted(by.member.roles, Permission.MANAGE_STAFF))
    key = RosterSigningKey.from_seed(by.keys.personal.seed)
    if key.verify_key not in {member.verify_key for member in current.roster.with_role(SIGNER)}:
        raise Refused(Reason.NO_PERMISSION)
    return key


def _proposed(
    session: Session,
    current: VerifiedRoster,
    changes: Changes,
    new_key: IntakePrivateKey | None,
    keys: Sequence[RosterSigningKey],
    by: SignedIn,
    now: datetime,
    cost: KdfCost,
) -> Proposed:
    joining, changing = _people(session, current.roster, changes)
    following = _next(current, changes, joining, changing, now.date())
    following = with_declarations(session, following, changes.conflicts, changes.conflicts_ended)
    intake = _intake_seed(current.roster, by)
    people = changing
    if new_key is not None:
        following, intake = replace(following, intake=new_key.public), new_key.seed
        people = [*changing, *_intake_staff(session, current.roster, changing)]
    file = sign_roster(following, keys)
    is_new = new_key is not None
    write_down(session, fingerprint(file), joining, people, intake, cost, new_key=is_new)
    record_staff(session, TrailEvent.ROSTER_PROPOSED, now, by.member.id)
    session.flush()
    return Proposed(file, {each.person.login: each.code for each in joining})


def _people(
    session: Session, current: Roster, changes: Changes
) -> tuple[list[Joiner], list[Changing]]:
    joining = [joiner(_readable(session, person)) for person in changes.joining]
    roles = {**changes.roles, **dict.fromkeys(changes.leaving, _NONE)}
    changing = [
        _changing(current, staff_by_login(session, folded_login(login)), roles[login])
        for login in sorted(roles)
    ]
    return joining, changing


def _intake_staff(
    session: Session, current: Roster, changing: Sequence[Changing]
) -> list[Changing]:
    """Those who hold the intake key and change nothing else; their roles as they are."""
    changed = {each.member.person for each in changing}
    rows = {row.id: row for row in everyone(session)}
    unchanged = [one.person for one in current.with_role(INTAKE) if one.person not in changed]
    return [
        _changing(current, row, member(row).roles if row else _NONE)
        for row in map(rows.get, unchanged)
    ]


def _intake_seed(current: Roster, by: SignedIn) -> Seed | None:
    """The seed of the intake key that the roster names, where the person holds it."""
    held = {key.public: key.seed for key in by.keys.every_intake}
    return held.get(current.intake)


def _readable(session: Session, person: NewPerson) -> NewPerson:
    login = read_login(person.login)
    if staff_by_login(session, login) is not None:
        raise LoginTaken(said("somebody has the login %(login)s already", login=login))
    return replace(person, login=login)


def _changing(current: Roster, row: Staff | None, roles: frozenset[Role]) -> Changing:
    on_roster = {member.person: member for member in current.members}
    if row is None or row.id not in on_roster:
        raise NotFound(said("nobody on the roster has the login that is to change"))
    return Changing(row.login, on_roster[row.id], roles)


def _next(
    current: VerifiedRoster,
    changes: Changes,
    joining: Sequence[Joiner],
    changing: Sequence[Changing],
    today: date,
) -> Roster:
    roster, changed = current.roster, {each.member.person: each for each in changing}
    kept = [each for each in roster.members if each.person not in changed]
    kept += [each.on_the_next_roster for each in changing if each.roles]
    try:
        following = replace(
            roster,
            serial=roster.serial + 1,
            issued_on=today,
            expires_on=today + ROSTER_DAYS,
            members=(*kept, *(each.member for each in joining)),
            signatures_needed=changes.signatures_needed or roster.signatures_needed,
            custodians_needed=changes.custodians_needed or roster.custodians_needed,
            previous=current.fingerprint,
        )
    except Malformed as flaw:
        raise OfficeIncomplete(said("the office could not work so: %(flaw)s", flaw=flaw)) from None
    if not following.with_role(INTAKE):
        raise OfficeIncomplete(
            said("an office needs someone with the intake role, who opens new cases")
        )
    return following
