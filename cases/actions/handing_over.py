"""Handing cases over to a colleague: whoever goes on holiday, changes work or leaves.

Case by case, each with its own step in the history. What cannot be handed over is named with the
reason, and stays as it was; doing it again goes on with what is left.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from cases.actions.assignment import add_grant
from cases.actions.changing import claim, note_step
from cases.actions.conflicts import is_kept_away
from cases.actions.given import given_to
from cases.actions.reading import OpenCase, open_case
from cases.actions.signed_in import SignedIn, require
from cases.actions.trail import record_staff
from cases.domain.contents import Assignment, Step
from cases.domain.grants import HolderKind
from cases.domain.policies import can_hand_over, permitted
from cases.domain.roles import Permission
from cases.domain.trail import TrailEvent
from cases.errors import CaseDamaged, NotFound, Refused, StaleCase
from cases.models import CaseGrant
from cases.queries.holdings import held_personally
from cases.queries.recovery import NamedCase
from cases.reasons import StaysBehind
from crypto.keys import KeyId
from crypto.roster import RosterMember

# A batch is a transaction: fifty cases hold SQLite's only write lock for a third of a second.
BATCH = 50


@dataclass(frozen=True)
class Left:
    """A case that stays where it was, and why."""

    case: NamedCase
    why: StaysBehind


@dataclass(frozen=True)
class HandedOver:
    """What one batch did.

    Attributes:
        count: how many cases the colleague got.
        left: those that could not be handed over.
        waiting: how many the next batch would look at.
    """

    count: int
    left: tuple[Left, ...]
    waiting: int


@dataclass(frozen=True)
class Giver:
    """Whose cases are handed over: the person who does it, or a colleague who leaves."""

    person: bytes
    name: str
    key_id: KeyId

    @classmethod
    def oneself(cls, by: SignedIn) -> "Giver":
        """The person who is signed in."""
        return cls(by.member.id, by.member.name, by.keys.personal.public.key_id)

    @classmethod
    def colleague(cls, member: RosterMember) -> "Giver":
        """Somebody of the verified roster."""
        return cls(member.person, member.name, member.public.key_id)


def hand_over_some(
    session: Session,
    giver: Giver,
    to: RosterMember,
    by: SignedIn,
    now: datetime,
    at_most: int = BATCH,
) -> HandedOver:
    """Hand over the giver's cases that the person who does it can open, a batch of them.

    Args:
        session: a writing session of its own: what is done stays done.
        giver: holds the cases with a key of their own.
        to: of the verified roster, which is where the key comes from.
        by: opens the cases; the giver, or a colleague who can open them too.
        now: aware, in the office's time zone.
        at_most: how many to hand over; those that cannot be do not count.

    Raises:
        Refused: no permission to give cases to colleagues.
    """
    require(permitted(by.member.roles, Permission.ASSIGN_CASES))
    cases = held_personally(session, giver.key_id)
    count = 0
    left: list[Left] = []
    for at, case in enumerate(cases):
        if count == at_most:
            return HandedOver(count, tuple(left), len(cases) - at)
        why = _try(session, case.case_id, giver, to, by, now)
        if why is None:
            count += 1
        else:
            left.append(Left(case, why))
    session.flush()
    return HandedOver(count, tuple(left), 0)


def _try(
    session: Session,
    case_id: bytes,
    giver: Giver,
    to: RosterMember,
    by: SignedIn,
    now: datetime,
) -> StaysBehind | None:
    """Each failure comes before anything is written, so the rest of the batch goes on."""
    try:
        hand_over(session, open_case(session, case_id, by.keys), giver, to, by, now)
    except Refused:
        return StaysBehind.KEPT_AWAY
    except NotFound:
        return StaysBehind.NOT_YOURS
    except CaseDamaged:
        return StaysBehind.DAMAGED
    except StaleCase:
        return StaysBehind.CHANGED
    return None


def hand_over(
    session: Session,
    opened: OpenCase,
    giver: Giver,
    to: RosterMember,
    by: SignedIn,
    now: datetime,
) -> None:
    """Give one case to a colleague and take it from the giver; who handled it hands that on too.

    Raises:
        Refused: no permission, or the colleague must not read the case.
        StaleCase: somebody changed it just now.
        CaseDamaged: nobody ever gave it to the giver; a row that somebody wrote says so.
    """
    if giver.person not in given_to(opened.history):
        raise CaseDamaged
    away = is_kept_away(to, opened.excluded, opened.facts.authority)
    require(can_hand_over(by.member.roles, away))
    case = claim(session, opened, opened.version)
    # The colleague's as well: she may hold it as one of the pool, with the same key.
    both = (giver.key_id, to.public.key_id)
    session.execute(
        delete(CaseGrant).where(CaseGrant.case_id == case.id, CaseGrant.key_id.in_(both))
    )
    add_grant(session, opened, HolderKind.PERSON, to.public)
    if case.handler_id == giver.person:
        case.handler_id = to.person
    note_step(session, case, opened, _step(giver, to, by, now), now)
    record_staff(
        session, TrailEvent.CASE_HANDED_OVER, now, by.member.id, case.id, subject_id=to.person
    )
    session.flush()


def _step(giver: Giver, to: RosterMember, by: SignedIn, now: datetime) -> Step:
    """Where somebody else does it, the history names both whom it came from and whom it went to."""
    names = to.name if giver.person == by.member.id else f"{giver.name} → {to.name}"
    action = Assignment.HAND_OVER
    return Step(now, by.member.name, by.member.id, action, with_whom=names, with_whom_id=to.person)
