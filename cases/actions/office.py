"""Founding an office.

Here the office's own keys are made. The recovery seed leaves as shares and is kept nowhere; the
intake seed leaves as grants; each personal seed leaves wrapped under an invitation code.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy.orm import Session

from cases.actions import roster_memory
from cases.actions.joining import Joiner, NewPerson, intake_box, joiner
from cases.actions.trail import record_day
from cases.domain.logins import read_login
from cases.domain.roles import INTAKE_KEY_ROLES, Role, StaffState
from cases.domain.trail import TrailEvent
from cases.errors import LoginTaken, OfficeExists, OfficeIncomplete
from cases.models import IntakeGrant, Staff
from cases.queries.staff import office_exists
from cases.saying import said
from crypto.kdf import PASSPHRASE_COST, KdfCost
from crypto.keys import IntakePrivateKey, RecoveryPrivateKey, Seed
from crypto.receipt import ReceiptCode
from crypto.roster import VerifiedRoster, fingerprint, sign_roster
from crypto.roster_payload import Roster
from crypto.secret_sharing import split

__all__ = [
    "INVITATION_DAYS",
    "ROSTER_DAYS",
    "Founded",
    "NewPerson",
    "check_people",
    "found_office",
]

INVITATION_DAYS = timedelta(days=14)
ROSTER_DAYS = timedelta(days=365)
# Where that many sign: no administrator alone can slip a key in.
USUAL_SIGNATURES = 2


@dataclass(frozen=True)
class Founded:
    """What leaves the founding: files to keep, and secrets to hand out and then forget."""

    roster_file: bytes = field(repr=False)
    pin: bytes
    invitations: dict[str, ReceiptCode] = field(repr=False)
    recovery_shares: tuple[str, ...] = field(repr=False)


def found_office(
    session: Session,
    name: str,
    people: Sequence[NewPerson],
    custodians_needed: int,
    recovery: tuple[int, int],
    today: date,
    cost: KdfCost = PASSPHRASE_COST,
    signatures_needed: int | None = None,
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
        signatures_needed: how many administrators sign each next roster; None for two where
            there are two, else one.

    Raises:
        OfficeExists, OfficeIncomplete, InvalidLogin, LoginTaken.
    """
    if office_exists(session):
        raise OfficeExists(said("this database holds an office already"))
    check_people(people, custodians_needed, recovery, signatures_needed)
    intake, recovery_seed = Seed.generate(), Seed.generate()
    joining = [joiner(person) for person in people]
    for each in joining:
        _add(session, each, intake, today, cost)
    signers = [each.signing_key for each in joining if Role.ADMINISTRATOR in each.person.roles]
    needed = custodians_needed, signatures_needed or min(USUAL_SIGNATURES, len(signers))
    roster = _first_roster(name, joining, (intake, recovery_seed), needed, today)
    file = sign_roster(roster, signers)
    roster_memory.remember(session, VerifiedRoster(roster, fingerprint(file)))
    record_day(session, TrailEvent.OFFICE_FOUNDED, today)
    session.flush()
    return Founded(
        roster_file=file,
        pin=fingerprint(file),
        invitations={each.person.login: each.code for each in joining},
        recovery_shares=split(recovery_seed.raw, *recovery),
    )


def check_people(
    people: Sequence[NewPerson],
    custodians_needed: int,
    recovery: tuple[int, int],
    signatures_needed: int | None = None,
) -> None:
    """Whether an office can be made of these; raises as `found_office`."""
    roles = [role for person in people for role in person.roles]
    logins = [read_login(person.login) for person in people]
    if len(set(logins)) != len(logins) or logins != [person.login for person in people]:
        raise LoginTaken(said("each person needs a login of their own, in lower case"))
    if Role.ADMINISTRATOR not in roles:
        raise OfficeIncomplete(said("an office needs an administrator, who signs its rosters"))
    if not INTAKE_KEY_ROLES.intersection(roles):
        raise OfficeIncomplete(
            said("an office needs someone with the intake role, who opens new cases")
        )
    if not 1 <= custodians_needed <= roles.count(Role.CUSTODIAN) <= 16:
        raise OfficeIncomplete(
            said("an office needs as many custodians as must agree, and at most 16")
        )
    if not 1 <= recovery[0] <= recovery[1] <= 16:
        raise OfficeIncomplete(said("recovery shares: needed and total, at most 16"))
    if signatures_needed and signatures_needed > roles.count(Role.ADMINISTRATOR):
        raise OfficeIncomplete(said("an office needs as many administrators as must sign a roster"))


def _add(session: Session, joining: Joiner, intake: Seed, today: date, cost: KdfCost) -> None:
    person = joining.person
    session.add(
        Staff(
            id=joining.staff_id,
            login=person.login,
            name=person.name,
            roles=" ".join(sorted(person.roles)),
            state=StaffState.INVITED,
            wrapped_seed=joining.wrapped_seed(cost),
            public_key=joining.public.to_bytes(),
            invited_until=today + INVITATION_DAYS,
        )
    )
    session.flush()
    box = intake_box(person.roles, intake, joining.public)
    if box is not None:
        key_id = joining.public.key_id
        session.add(
            IntakeGrant(
                staff_id=joining.staff_id, key_id=key_id, since=1, granted_on=today, box=box
            )
        )


def _first_roster(
    name: str,
    joining: Sequence[Joiner],
    keys: tuple[Seed, Seed],
    needed: tuple[int, int],
    today: date,
) -> Roster:
    intake, recovery = keys
    custodians_needed, signatures_needed = needed
    return Roster(
        serial=1,
        office=name,
        issued_on=today,
        expires_on=today + ROSTER_DAYS,
        intake=IntakePrivateKey(intake).public,
        recovery=RecoveryPrivateKey(recovery).public,
        members=tuple(each.member for each in joining),
        signatures_needed=signatures_needed,
        custodians_needed=custodians_needed,
        previous=None,
    )
