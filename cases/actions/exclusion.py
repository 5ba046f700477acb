"""Keeping somebody of the office away from a case that is there already.

The person's grant goes, everybody who stays gets a grant of a new key, and nobody can give the
case to the person again. What she read before, or kept a copy of, she has.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from cases.actions.changing import claim, note_step
from cases.actions.identity_dealing import bar
from cases.actions.reading import OpenCase
from cases.actions.rekeying import change_key
from cases.actions.signed_in import SignedIn, require
from cases.actions.trail import record_staff
from cases.domain.contents import Assignment, Step
from cases.domain.policies import can_exclude
from cases.domain.texts import read_reason
from cases.domain.trail import TrailEvent
from cases.queries.cases import identity, identity_shares
from crypto.roster import RosterMember, VerifiedRoster


def exclude(
    session: Session,
    opened: OpenCase,
    colleague: RosterMember,
    reason: str,
    by: SignedIn,
    roster: VerifiedRoster,
    expected_version: int,
    now: datetime,
) -> None:
    """Keep a person away from a case from now on; it gets a new key in the same transaction.

    Args:
        session: a writing session.
        opened: as the one who decides sees it.
        colleague: who must not read it any more, as the roster names them; oneself, too.
        reason: for the file.
        by: who decides.
        roster: in force.
        expected_version: of the page from which the person decided.
        now: aware, in the office's time zone.

    Raises:
        Refused, ReasonRequired, TextTooLong, StaleCase.
        NobodyLeft: nobody would hold the case but the custodians together.
        CaseDamaged: something of the case does not open.
    """
    require(can_exclude(by.member.roles, colleague.person in opened.excluded))
    why = read_reason(reason, required=True)
    case = claim(session, opened, expected_version)
    step = Step(
        now,
        by.member.name,
        by.member.id,
        Assignment.EXCLUDE,
        reason=why,
        with_whom=colleague.name,
        with_whom_id=colleague.person,
    )
    note_step(session, case, opened, step, now)
    _take_share(session, case.id, colleague)
    change_key(session, _remembering(opened), by, roster, now, frozenset({colleague.person}))
    record_staff(session, TrailEvent.PERSON_EXCLUDED, now, by.member.id, case.id)
    session.flush()


def _remembering(opened: OpenCase) -> OpenCase:
    """With the step just written counted in the sheet: nobody can cut it off unseen, and with it
    the name of who must not read the case."""
    return replace(opened, sheet=replace(opened.sheet, steps=len(opened.history) + 1))


def _take_share(session: Session, case_id: bytes, colleague: RosterMember) -> None:
    """Of the reporter's identity, unless it could never be opened then: a share alone opens
    nothing."""
    sealed = identity(session, case_id)
    key_id = colleague.public.key_id
    holding = {each.key_id for each in identity_shares(session, case_id) if each.box}
    if sealed is not None and len(holding - {key_id}) >= sealed.needed:
        bar(session, case_id, frozenset({key_id}))
