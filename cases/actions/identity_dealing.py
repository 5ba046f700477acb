"""Dealing the shares of an identity anew, for the custodians of the roster now in force.

Enough custodians open it together; it lives in this process's memory meanwhile and is shown to
nobody. It gets a new content key, so that a share of before opens nothing that is stored now.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from cases.actions.identity_ending import end_running
from cases.actions.signed_in import SignedIn, require
from cases.actions.trail import record_staff
from cases.domain.policies import permitted
from cases.domain.roles import Permission
from cases.domain.trail import TrailEvent
from cases.errors import NotFound
from cases.models import IdentityShareRow, SealedIdentityRow
from cases.queries.cases import identity, identity_shares
from crypto.errors import CryptoError, SharesRejected
from crypto.identity import open_identity, open_share, seal_identity
from crypto.keys import PersonalPrivateKey, PersonalPublicKey
from crypto.roster import Roster, VerifiedRoster
from crypto.roster_payload import CUSTODIAN


class Dealt(StrEnum):
    """What became of the shares of one identity, in the words of the command line."""

    ANEW = "dealt anew"
    ALREADY = "held by the custodians in force already"
    TOO_FEW_SHARES = "those who signed in hold too few shares of it"
    TOO_FEW_CUSTODIANS = "too few custodians are left who may hold a share of it"
    DAMAGED = "it does not open"


def deal_anew(
    session: Session,
    case_id: bytes,
    custodians: Sequence[SignedIn],
    roster: VerifiedRoster,
    now: datetime,
) -> Dealt:
    """Replace the shares of one identity; requests for it that wait or are granted end.

    Doing it twice does nothing the second time. A custodian who must not take part in this identity
    gets no share of it now either.

    Args:
        session: a writing session of its own: what is done stays done when the next one fails.
        case_id: whose identity.
        custodians: those who signed in, each one once.
        roster: the one in force.
        now: aware, in the office's time zone.

    Raises:
        Refused: somebody among them is no custodian.
        NotFound: the case has no identity any more.
    """
    for each in custodians:
        require(permitted(each.member.roles, Permission.GUARD_IDENTITIES))
    row = _locked(session, case_id)
    shares = identity_shares(session, case_id)
    left, needed = _left(shares, roster.roster), roster.roster.custodians_needed
    if len(left) < needed:
        return Dealt.TOO_FEW_CUSTODIANS
    if {each.key_id for each in left} == _holding(shares) and row.needed == needed:
        return Dealt.ALREADY
    try:
        payload = open_identity(row.body, case_id, _opened(shares, case_id, custodians))
    except SharesRejected:
        return Dealt.TOO_FEW_SHARES
    except CryptoError:
        return Dealt.DAMAGED
    _replace(session, row, payload, left, needed)
    end_running(session, case_id, now)
    for each in custodians:
        record_staff(session, TrailEvent.IDENTITY_SHARES_DEALT, now, each.member.id, case_id)
    session.flush()
    return Dealt.ANEW


def bar(session: Session, case_id: bytes, key_ids: frozenset[bytes]) -> None:
    """Take these custodians' shares of an identity, for good: they get none when it is dealt anew.

    What waits for their answer goes on with the others; the caller has locked the case.
    """
    session.execute(
        update(IdentityShareRow)
        .where(IdentityShareRow.case_id == case_id, IdentityShareRow.key_id.in_(key_ids))
        .values(box=b"")
        .execution_options(synchronize_session=False)
    )


def _locked(session: Session, case_id: bytes) -> SealedIdentityRow:
    session.execute(
        update(SealedIdentityRow)
        .where(SealedIdentityRow.case_id == case_id)
        .values(needed=SealedIdentityRow.needed)
        .execution_options(synchronize_session=False)
    )
    row = identity(session, case_id)
    if row is None:
        raise NotFound
    return row


def _holding(shares: Sequence[IdentityShareRow]) -> set[bytes]:
    return {each.key_id for each in shares if each.box}


def _left(shares: Sequence[IdentityShareRow], roster: Roster) -> tuple[PersonalPublicKey, ...]:
    barred = {each.key_id for each in shares if not each.box}
    publics = (each.public for each in roster.with_role(CUSTODIAN))
    return tuple(each for each in publics if each.key_id not in barred)


def _opened(
    shares: Sequence[IdentityShareRow], case_id: bytes, custodians: Sequence[SignedIn]
) -> list[str]:
    keys: dict[bytes, PersonalPrivateKey] = {
        each.keys.personal.public.key_id: each.keys.personal for each in custodians
    }
    held = (each for each in shares if each.box and each.key_id in keys)
    return [open_share(each.box, case_id, keys[each.key_id]) for each in held]


def _replace(
    session: Session,
    row: SealedIdentityRow,
    payload: bytes,
    custodians: Sequence[PersonalPublicKey],
    needed: int,
) -> None:
    sealed = seal_identity(payload, row.case_id, custodians, needed)
    session.execute(
        delete(IdentityShareRow)
        .where(IdentityShareRow.case_id == row.case_id, IdentityShareRow.box != b"")
        .execution_options(synchronize_session="fetch")
    )
    row.body, row.needed = sealed.body, needed
    session.add_all(
        IdentityShareRow(case_id=row.case_id, key_id=each.key_id, box=each.box)
        for each in sealed.shares
    )
    session.flush()
