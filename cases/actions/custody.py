"""What custodians do: read what they are asked, and hand over their share or refuse.

A custodian needs no key of the case, and learns nothing of it but the request. She believes it by
the signature of whoever asks, and seals her share to the key that the verified roster names.
"""

import hmac
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from cases.actions.identity_ending import end, forget_readers
from cases.actions.identity_sealing import asker_of, member_of, open_request, seal_answer
from cases.actions.signed_in import SignedIn, require
from cases.actions.trail import record_staff
from cases.domain.identity_requests import (
    STAYS_OPEN,
    AnswerStatement,
    Asking,
    RequestState,
    RequestStatement,
    standing,
)
from cases.domain.policies import permitted
from cases.domain.roles import Permission
from cases.domain.texts import read_reason
from cases.domain.trail import TrailEvent
from cases.errors import CaseDamaged, NotFound, Refused
from cases.models import IdentityAnswer, IdentityRequest
from cases.queries import identities as queries
from cases.reasons import Reason
from crypto.envelope import digest
from crypto.errors import CryptoError
from crypto.identity import hand_over, open_share
from crypto.keys import CasePublicKey
from crypto.roster import Roster, RosterMember, VerifiedRoster
from crypto.roster_payload import CUSTODIAN
from crypto.secret_sharing import label


@dataclass(frozen=True, repr=False)
class Question:
    """A request as one custodian reads it, its signature verified; `digest` names its words."""

    id: bytes
    digest: bytes
    asker: RosterMember
    case: str
    asked_on: date
    expires_on: date
    needed: int
    asking: Asking


@dataclass(frozen=True, repr=False)
class Waiting:
    """What waits for one custodian, and how many requests do not verify and must be left alone."""

    questions: tuple[Question, ...]
    damaged: int


def waiting(session: Session, by: SignedIn, roster: VerifiedRoster, today: date) -> Waiting:
    """Every request that this custodian can still answer, the oldest first."""
    questions, damaged = [], 0
    rows = queries.waiting_for(session, by.keys.personal.public.key_id, by.member.id)
    for each in rows:
        try:
            found = _question(each.request, each.box, by, roster.roster)
        except CaseDamaged:
            damaged += 1
            continue
        if found.expires_on >= today:
            questions.append(found)
    return Waiting(tuple(questions), damaged)


def question(session: Session, request_id: bytes, by: SignedIn, roster: VerifiedRoster) -> Question:
    """One request, to be read before it is answered.

    Raises:
        NotFound: no such request, not for this custodian, or not waiting any more.
        CaseDamaged: it does not open, or nobody on the roster signed it.
    """
    box = queries.reader_box(session, request_id, by.keys.personal.public.key_id)
    row = queries.request(session, request_id)
    if row is None or box is None:
        raise NotFound
    return _question(row, box, by, roster.roster)


def answer(
    session: Session,
    request_id: bytes,
    read: bytes,
    reason: str,
    by: SignedIn,
    roster: VerifiedRoster,
    now: datetime,
    *,
    approves: bool,
) -> RequestState:
    """Hand over one's share of this one identity, or refuse it; gives how the request stands then.

    Args:
        session: a writing session.
        request_id: of the request.
        read: the digest of the question as the custodian read it: whoever asks and can write to
            the database must not put other words, or another case, under her answer.
        reason: for those who work on the case.
        by: the custodian.
        roster: in force.
        now: aware, in the office's time zone.
        approves: whether the share is handed over.

    Raises:
        NotFound: no such request, or not for this custodian.
        Refused: answered already, or its days are over.
        ReasonRequired, TextTooLong.
        CaseDamaged: the request is not the one that was read, it or the share does not open, or
            does not verify.
    """
    require(permitted(by.member.roles, Permission.GUARD_IDENTITIES))
    row, box = _locked(session, request_id, by)
    if not hmac.compare_digest(digest(row.body), read):
        raise CaseDamaged
    statement, asker = _verified(row, box, by, roster.roster)
    if statement.expires_on < now.date():
        raise Refused(Reason.IDENTITY_REQUEST_ENDED)
    if any(each.custodian_id == by.member.id for each in queries.answers(session, row.id)):
        raise Refused(Reason.IDENTITY_ANSWERED_ALREADY)
    said = AnswerStatement(
        row.id, by.member.id, now.date(), approves, read_reason(reason, required=True)
    )
    share = _share(session, row, by, asker) if approves else None
    _keep(session, statement, said, share, by)
    event = TrailEvent.IDENTITY_APPROVED if approves else TrailEvent.IDENTITY_REFUSED
    record_staff(session, event, now, by.member.id, row.case_id)
    return _settle(session, row, by, now)


def _question(row: IdentityRequest, box: bytes, by: SignedIn, roster: Roster) -> Question:
    statement, asker = _verified(row, box, by, roster)
    return Question(
        id=row.id,
        digest=digest(row.body),
        asker=asker,
        case=statement.reference or statement.case_id.hex(),
        asked_on=statement.asked_on,
        expires_on=statement.expires_on,
        needed=row.needed,
        asking=statement.asking,
    )


def _verified(
    row: IdentityRequest, box: bytes, by: SignedIn, roster: Roster
) -> tuple[RequestStatement, RosterMember]:
    own = member_of(roster, by.member.id)
    if own is None or CUSTODIAN not in own.roles:
        raise NotFound
    statement, signed = open_request(row, box, by.keys.personal)
    return statement, asker_of(statement, signed, roster)


def _locked(session: Session, request_id: bytes, by: SignedIn) -> tuple[IdentityRequest, bytes]:
    """The request, locked until commit: of two answers at once the second counts the first."""
    session.execute(
        update(IdentityRequest)
        .where(IdentityRequest.id == request_id)
        .values(state=IdentityRequest.state)
        .execution_options(synchronize_session=False)
    )
    row = queries.request(session, request_id)
    if row is None:
        raise NotFound
    if row.state != RequestState.ASKED:
        raise Refused(Reason.IDENTITY_REQUEST_ENDED)
    box = queries.reader_box(session, request_id, by.keys.personal.public.key_id)
    if box is None:
        raise NotFound
    return row, box


def _share(session: Session, row: IdentityRequest, by: SignedIn, asker: RosterMember) -> bytes:
    box = queries.share_box(session, row.case_id, by.keys.personal.public.key_id)
    try:
        words = open_share(box or b"", row.case_id, by.keys.personal)
        needed = label(words).needed
    except CryptoError:
        raise CaseDamaged from None
    if needed != row.needed:
        # The share knows how many it takes; a lower number in the table would end the asking.
        raise CaseDamaged
    return hand_over(words, row.case_id, row.id, asker.public)


def _keep(
    session: Session,
    statement: RequestStatement,
    said: AnswerStatement,
    share: bytes | None,
    by: SignedIn,
) -> None:
    public = CasePublicKey.from_bytes(statement.case_public)
    sealed = seal_answer(said, statement.case_id, by.keys.personal, public)
    session.add(
        IdentityAnswer(
            request_id=said.request_id,
            custodian_id=said.custodian_id,
            approved=said.approves,
            box=share,
            body=sealed.body,
            case_key=sealed.sealed_keys[0],
        )
    )
    session.flush()


def _settle(session: Session, row: IdentityRequest, by: SignedIn, now: datetime) -> RequestState:
    answers = queries.answers(session, row.id)
    approved = sum(each.approved for each in answers)
    asked = queries.reader_count(session, row.id)
    state = standing(row.needed, asked, approved, len(answers) - approved)
    if state is RequestState.REFUSED:
        end(session, row, state, now, by.member.id)
    elif state is RequestState.GRANTED:
        row.state, row.expires_on = state.value, now.date() + STAYS_OPEN
        forget_readers(session, row.id)
    session.flush()
    return state
