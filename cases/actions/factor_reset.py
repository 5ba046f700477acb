"""A lost second factor: two colleagues vouch for the person, who still knows the passphrase.

What counts is their signatures, under keys of the signed roster, and not what the tables say. An
approval is for one person and one loss, and ends after two days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from cases.actions import staff_sessions
from cases.actions.signed_in import SignedIn
from cases.actions.staff import Proven, SignInFailed, Throttled, prove
from cases.actions.staff_sessions import SessionSecret, Stage
from cases.actions.trail import record_staff
from cases.domain.one_time_codes import new_secret
from cases.domain.roles import StaffState
from cases.domain.trail import TrailEvent
from cases.errors import NotFound, Refused
from cases.models import FactorReset, FactorResetApproval
from cases.models.base import new_id
from cases.queries import second_factors as queries
from cases.queries.staff import staff_by_login
from cases.reasons import Reason
from crypto.keys import Seed
from crypto.roster import RosterMember, RosterSigningKey, VerifiedRoster
from crypto.roster_payload import SIGNER
from crypto.session import SessionToken
from crypto.signing import verifies_factor_reset

NEEDED = 2


@dataclass(frozen=True)
class Loss:
    """What colleagues have done for somebody who lost the second factor.

    Attributes:
        person: who lost it.
        vouched: who signed, as the roster knows them.
        expires_on: the last day on which it can be used; None where nobody has signed.
    """

    person: RosterMember
    vouched: tuple[RosterMember, ...]
    expires_on: date | None

    @property
    def approved(self) -> bool:
        """Whether the person can set up a new factor."""
        return _suffice(self.vouched)


@dataclass(frozen=True)
class ApprovedReset:
    """The approval in a second factor's place (`SecondFactor`)."""

    roster: VerifiedRoster

    def proves(self, session: Session, staff_id: bytes, seed: Seed | None, now: datetime) -> bool:
        """As `SecondFactor`; it is used when the new factor is there, not before."""
        reset = queries.open_reset(session, staff_id, now.date())
        vouched = _vouched(session, reset, self.roster) if reset else ()
        return seed is not None and _suffice(vouched)


def loss_of(
    session: Session, login: str, by: SignedIn, roster: VerifiedRoster, today: date
) -> Loss:
    """How far it is with one colleague.

    Raises:
        NotFound: nobody else who can sign in has this login and stands on the roster.
    """
    row = staff_by_login(session, login)
    member = _on_roster(roster, row.id) if row else None
    if row is None or member is None or row.state != StaffState.ACTIVE or row.id == by.member.id:
        raise NotFound
    reset = queries.open_reset(session, row.id, today)
    vouched = _vouched(session, reset, roster) if reset else ()
    return Loss(member, vouched, reset.expires_on if reset else None)


def vouch(
    session: Session, login: str, by: SignedIn, roster: VerifiedRoster, now: datetime
) -> None:
    """Sign that a colleague, whom one has spoken with, lost the second factor.

    Args:
        session: a writing session.
        login: of the colleague.
        by: who signs; doing so twice changes nothing.
        roster: verified; whoever signs stands on it.
        now: aware.

    Raises:
        NotFound: as `loss_of`.
        Refused: the roster does not know whoever signs.
    """
    person = loss_of(session, login, by, roster, now.date()).person
    if _on_roster(roster, by.member.id) is None:
        raise Refused(Reason.NO_PERMISSION)
    queries.locked_person(session, person.person)
    reset = queries.open_reset(session, person.person, now.date()) or _begin(
        session, person.person, by, now
    )
    if any(each.approver_id == by.member.id for each in queries.approvals_of(session, reset.id)):
        return
    key = RosterSigningKey.from_seed(by.keys.personal.seed)
    signature = key.sign_factor_reset(_statement(reset))
    session.add(
        FactorResetApproval(reset_id=reset.id, approver_id=by.member.id, signature=signature)
    )
    _record(session, TrailEvent.FACTOR_RESET_APPROVED, now, by, person.person)


def sign_in_after_loss(
    session: Session,
    login: str,
    passphrase: str,
    roster: VerifiedRoster,
    now: datetime,
    device: str = "",
) -> SessionToken | SignInFailed | Throttled:
    """Let somebody for whom two colleagues vouched set up a new factor.

    Args and answers: as `cases.actions.staff.prove`; the token is of an enrolling session.
    """
    proven = prove(session, login, passphrase, ApprovedReset(roster), now, device)
    if not isinstance(proven, Proven):
        return proven
    reset = queries.open_reset(session, proven.staff_id, now.date())
    if reset is None:
        return SignInFailed()
    secret = SessionSecret(
        Stage.ENROLLING, proven.seed, totp_secret=new_secret(), reset_id=reset.id
    )
    return staff_sessions.start(session, proven.staff_id, secret, now)


def _begin(session: Session, staff_id: bytes, by: SignedIn, now: datetime) -> FactorReset:
    # One that is over, or was never begun here, makes room; its signatures go with it.
    session.execute(delete(FactorReset).where(FactorReset.staff_id == staff_id))
    reset = FactorReset(id=new_id(), staff_id=staff_id, expires_on=now.date() + queries.RESET_VALID)
    session.add(reset)
    _record(session, TrailEvent.FACTOR_RESET_ASKED, now, by, staff_id)
    session.flush()
    return reset


def _record(
    session: Session, event: TrailEvent, now: datetime, by: SignedIn, person: bytes
) -> None:
    record_staff(session, event, now, by.member.id, subject_id=person)


def _vouched(
    session: Session, reset: FactorReset, roster: VerifiedRoster
) -> tuple[RosterMember, ...]:
    """Whose signatures hold; of people of the roster, and never the person's own."""
    statement = _statement(reset)
    signed = {each.approver_id: each for each in queries.approvals_of(session, reset.id)}
    return tuple(
        member
        for member in roster.roster.members
        if member.person in signed
        and member.person != reset.staff_id
        and verifies_factor_reset(signed[member.person].signature, statement, member.verify_key)
    )


def _suffice(vouched: Iterable[RosterMember]) -> bool:
    """Two, and one of them somebody who signs rosters."""
    members = tuple(vouched)
    return len(members) >= NEEDED and any(SIGNER in member.roles for member in members)


def _statement(reset: FactorReset) -> bytes:
    return reset.id + reset.staff_id + reset.expires_on.strftime("%Y%m%d").encode("ascii")


def _on_roster(roster: VerifiedRoster, person: bytes) -> RosterMember | None:
    return next((one for one in roster.roster.members if one.person == person), None)
