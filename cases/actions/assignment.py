"""Who holds a case: taking it out of the intake pool, sharing it, giving it back.

Taking a case deletes the pool's grant. From then on a colleague without a grant cannot read it,
whatever the tables say; only the recovery key remains, and k custodians together.
"""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from cases.actions.changing import claim, note_step
from cases.actions.conflicts import is_kept_away, kept_away
from cases.actions.pool import pool_holders
from cases.actions.reading import OpenCase
from cases.actions.sealing import sealed_grant
from cases.actions.signed_in import SignedIn, require
from cases.actions.trail import record_staff
from cases.domain.contents import Assignment, Step
from cases.domain.grants import POOL_KINDS, HolderKind
from cases.domain.policies import can_give_back, can_share, can_take
from cases.domain.trail import TrailEvent
from cases.models import CaseGrant
from cases.queries.cases import grants
from crypto.keys import IntakePublicKey, KeyId, PersonalPublicKey
from crypto.roster import RosterMember, VerifiedRoster


def take(
    session: Session, opened: OpenCase, by: SignedIn, expected_version: int, now: datetime
) -> None:
    """Make the case one's own and take it out of the pool.

    Raises:
        Refused, StaleCase.
    """
    require(can_take(by.member.roles, opened.in_pool, opened.held_personally))
    case = claim(session, opened, expected_version)
    # First, because whoever holds it as one of the pool then holds it with the same key.
    session.execute(
        delete(CaseGrant).where(CaseGrant.case_id == case.id, CaseGrant.holder_kind.in_(POOL_KINDS))
    )
    if not opened.held_personally:
        add_grant(session, opened, HolderKind.PERSON, by.keys.personal.public)
    case.handler_id = by.member.id
    note_step(session, case, opened, _step(by, now, Assignment.TAKE), now)
    record_staff(session, TrailEvent.CASE_TAKEN, now, by.member.id, case.id)
    session.flush()


def share(
    session: Session,
    opened: OpenCase,
    colleague: RosterMember,
    by: SignedIn,
    expected_version: int,
    now: datetime,
) -> None:
    """Let a colleague, named in the verified roster, open the case too.

    Raises:
        Refused, StaleCase.
    """
    key = colleague.public
    held_by = {grant.key_id for grant in grants(session, opened.case_id)}
    away = is_kept_away(colleague, opened.excluded, opened.facts.authority)
    require(can_share(by.member.roles, key.key_id in held_by, away))
    case = claim(session, opened, expected_version)
    add_grant(session, opened, HolderKind.PERSON, key)
    note_step(session, case, opened, _step(by, now, Assignment.SHARE, colleague), now)
    record_staff(session, TrailEvent.CASE_SHARED, now, by.member.id, case.id)
    session.flush()


def give_back(
    session: Session,
    opened: OpenCase,
    roster: VerifiedRoster,
    by: SignedIn,
    expected_version: int,
    now: datetime,
) -> None:
    """Return the case to the intake pool and let go of it.

    Raises:
        Refused, StaleCase.
        NobodyLeft: everybody of the intake staff must not read it.
    """
    require(can_give_back(by.member.roles, opened.in_pool))
    case = claim(session, opened, expected_version)
    _let_go(session, opened, by.keys.personal.public.key_id)
    _return_to_pool(session, opened, roster)
    if case.handler_id == by.member.id:
        case.handler_id = None
    note_step(session, case, opened, _step(by, now, Assignment.GIVE_BACK), now)
    record_staff(session, TrailEvent.CASE_GIVEN_BACK, now, by.member.id, case.id)
    session.flush()


def _return_to_pool(session: Session, opened: OpenCase, roster: VerifiedRoster) -> None:
    """A colleague with whom it was shared keeps her own key, and needs none of the pool's."""
    away = kept_away(roster.roster, opened.excluded, opened.facts.authority)
    held_by = {grant.key_id for grant in grants(session, opened.case_id)}
    for kind, key in pool_holders(roster.roster, away):
        if key.key_id not in held_by:
            add_grant(session, opened, kind, key)


def _step(
    by: SignedIn, now: datetime, action: Assignment, colleague: RosterMember | None = None
) -> Step:
    name, person = (colleague.name, colleague.person) if colleague else ("", b"")
    actor = by.member
    return Step(now, actor.name, actor.id, action, with_whom=name, with_whom_id=person)


def add_grant(
    session: Session,
    opened: OpenCase,
    kind: HolderKind,
    to: PersonalPublicKey | IntakePublicKey,
) -> None:
    """Seal the key of the case to one more holder; the caller writes down that it did."""
    seed = opened.private.seed
    session.add(sealed_grant(seed, opened.case_id, opened.received_on, (kind, to)))


def _let_go(session: Session, opened: OpenCase, key_id: KeyId) -> None:
    session.execute(
        delete(CaseGrant).where(CaseGrant.case_id == opened.case_id, CaseGrant.key_id == key_id)
    )
