"""Asking the custodians for the identity of a case, and taking the question back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from cases.actions.changing import locked, note_step
from cases.actions.conflicts import kept_away
from cases.actions.identity_ending import end
from cases.actions.identity_sealing import member_of, seal_request
from cases.actions.reading import OpenCase
from cases.actions.signed_in import SignedIn, require
from cases.actions.trail import record_staff
from cases.domain.contents import IdentityWork, Step
from cases.domain.identity_requests import (
    WAITS,
    Asking,
    RequestState,
    RequestStatement,
    read_asking,
)
from cases.domain.policies import Allowed, Denied, Verdict, permitted
from cases.domain.roles import Permission
from cases.domain.trail import TrailEvent
from cases.errors import NotFound, Refused
from cases.models import IdentityRequest, IdentityRequestReader
from cases.models.base import new_id
from cases.queries import identities as queries
from cases.queries.cases import identity, identity_shares
from cases.reasons import Reason
from crypto.roster import Roster, RosterMember, VerifiedRoster
from crypto.roster_payload import CUSTODIAN


def can_ask(session: Session, opened: OpenCase, by: SignedIn, roster: Roster) -> Verdict:
    """Whether this person may ask for the identity of this case now."""
    verdict = permitted(by.member.roles, Permission.ASK_FOR_IDENTITY)
    if isinstance(verdict, Denied):
        return verdict
    sealed = identity(session, opened.case_id)
    if sealed is None:
        return Denied(Reason.NO_IDENTITY_SEALED)
    if _own_entry(roster, by) is None:
        return Denied(Reason.NOT_ON_THE_ROSTER)
    if any(_in_the_way(row, by) for row in queries.running_requests(session, opened.case_id)):
        return Denied(Reason.IDENTITY_ASKED_ALREADY)
    if len(_askable(session, opened, by, roster)) < sealed.needed:
        return Denied(Reason.TOO_FEW_CUSTODIANS)
    return Allowed(reason_required=True)


def ask(
    session: Session,
    opened: OpenCase,
    asking: Asking,
    by: SignedIn,
    roster: VerifiedRoster,
    now: datetime,
) -> bytes:
    """Ask every custodian who holds a share of this identity, but never the asker herself.

    Returns the request's id.

    Raises:
        Refused, ReasonRequired, MessageRequired, TextTooLong.
    """
    case = locked(session, opened)
    require(can_ask(session, opened, by, roster.roster))
    asking, today = read_asking(asking), now.date()
    custodians = _askable(session, opened, by, roster.roster)
    public = opened.private.public
    statement = RequestStatement(
        request_id=new_id(),
        case_id=opened.case_id,
        case_public=public.to_bytes(),
        asker_id=by.member.id,
        asked_on=today,
        expires_on=today + WAITS,
        asking=asking,
        reference=opened.reference,
    )
    _keep(session, statement, by, _needed(session, opened), custodians, opened)
    step = Step(now, by.member.name, by.member.id, IdentityWork.ASK, reason=asking.reason)
    note_step(session, case, opened, step, now)
    record_staff(session, TrailEvent.IDENTITY_ASKED, now, by.member.id, opened.case_id)
    session.flush()
    return statement.request_id


def withdraw(
    session: Session, opened: OpenCase, request_id: bytes, by: SignedIn, now: datetime
) -> None:
    """Take back a request of one's own, or give the identity up before its days are over.

    Raises:
        NotFound: no such request on this case, or a colleague's.
        Refused: it has ended.
    """
    case = locked(session, opened)
    row = own_request(session, opened, request_id, by)
    if row.state not in (RequestState.ASKED, RequestState.GRANTED):
        raise Refused(Reason.IDENTITY_REQUEST_ENDED)
    end(session, row, RequestState.WITHDRAWN, now, by.member.id)
    step = Step(now, by.member.name, by.member.id, IdentityWork.WITHDRAW)
    note_step(session, case, opened, step, now)
    session.flush()


def own_request(
    session: Session, opened: OpenCase, request_id: bytes, by: SignedIn
) -> IdentityRequest:
    """The request, locked until commit; custodians answer and days end at the same time."""
    session.execute(
        update(IdentityRequest)
        .where(
            IdentityRequest.id == request_id,
            IdentityRequest.case_id == opened.case_id,
            IdentityRequest.asker_id == by.member.id,
        )
        .values(state=IdentityRequest.state)
        .execution_options(synchronize_session=False)
    )
    row = queries.request(session, request_id)
    if row is None or (row.case_id, row.asker_id) != (opened.case_id, by.member.id):
        raise NotFound
    return row


def _own_entry(roster: Roster, by: SignedIn) -> RosterMember | None:
    """The person on the roster, where it names the key that she holds."""
    member = member_of(roster, by.member.id)
    return member if member and member.public == by.keys.personal.public else None


def _in_the_way(row: IdentityRequest, by: SignedIn) -> bool:
    """One question at a time; what was granted to a colleague does not serve this person."""
    return row.state == RequestState.ASKED or row.asker_id == by.member.id


def _askable(
    session: Session, opened: OpenCase, by: SignedIn, roster: Roster
) -> Sequence[RosterMember]:
    """Custodians who hold a share. Nobody decides about her own request."""
    holding = {row.key_id for row in identity_shares(session, opened.case_id) if row.box}
    authority = opened.facts.authority
    away = kept_away(roster, opened.excluded | {by.member.id}, authority)
    return [
        each
        for each in roster.with_role(CUSTODIAN)
        if each.public.key_id in holding and each.person not in away
    ]


def _needed(session: Session, opened: OpenCase) -> int:
    sealed = identity(session, opened.case_id)
    if sealed is None:
        raise Refused(Reason.NO_IDENTITY_SEALED)
    return sealed.needed


def _keep(
    session: Session,
    statement: RequestStatement,
    by: SignedIn,
    needed: int,
    custodians: Sequence[RosterMember],
    opened: OpenCase,
) -> None:
    to = (opened.private.public, *(each.public for each in custodians))
    envelope = seal_request(statement, by.keys.personal, to)
    case_key, *boxes = envelope.sealed_keys
    session.add(
        IdentityRequest(
            id=statement.request_id,
            case_id=statement.case_id,
            asker_id=statement.asker_id,
            state=RequestState.ASKED,
            needed=needed,
            asked_on=statement.asked_on,
            expires_on=statement.expires_on,
            body=envelope.body,
            case_key=case_key,
        )
    )
    session.flush()
    session.add_all(
        IdentityRequestReader(request_id=statement.request_id, key_id=each.public.key_id, box=box)
        for each, box in zip(custodians, boxes, strict=True)
    )
