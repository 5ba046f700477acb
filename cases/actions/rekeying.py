"""A new key for a case: whoever had the old one opens nothing more with it.

Every content key of the case is sealed anew and every grant is made anew; the bodies stay as they
are. What somebody copied before stays readable to them: a key that was known cannot be unlearned.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from cases.actions.case_rows import sealed_rows
from cases.actions.changing import claim, note_step
from cases.actions.conflicts import kept_away
from cases.actions.given import given_to, waits_for_anybody
from cases.actions.identity_ending import end_with_the_key
from cases.actions.pool import pool_holders
from cases.actions.reading import OpenCase
from cases.actions.sealing import Holder, append_message, follows, put_sheet, sealed_grant
from cases.actions.signed_in import SignedIn, require
from cases.actions.trail import record_staff
from cases.domain.case_keys import EarlierKey, KeyAnnouncement
from cases.domain.contents import Assignment, Author, Message, MessageKind, Step
from cases.domain.details import ConsultationWay
from cases.domain.grants import HolderKind
from cases.domain.policies import Verdict, can_change_key
from cases.domain.sheets import Seen, Sheet
from cases.domain.texts import read_reason
from cases.domain.trail import TrailEvent
from cases.errors import CaseDamaged, NobodyLeft
from cases.models import Case, CaseGrant, CaseWords
from cases.models import Message as MessageRow
from cases.queries.cases import case_row, grants
from crypto.case_keys import KeyChange
from crypto.envelope import reseal
from crypto.errors import CryptoError
from crypto.keys import CasePrivateKey, CasePublicKey, Seed
from crypto.roster import RosterMember, RosterSigningKey, VerifiedRoster
from crypto.suites import NEW_KEYS


def renew_key(
    session: Session,
    opened: OpenCase,
    reason: str,
    by: SignedIn,
    roster: VerifiedRoster,
    expected_version: int,
    now: datetime,
) -> None:
    """Give a case a new key on its own account, and write the reason into its history.

    Raises:
        ReasonRequired, TextTooLong, StaleCase; others as `change_key`.
    """
    why = read_reason(reason, required=True)
    case = claim(session, opened, expected_version)
    step = Step(now, by.member.name, by.member.id, Assignment.NEW_KEY, reason=why)
    note_step(session, case, opened, step, now)
    sheet = replace(opened.sheet, steps=len(opened.history) + 1)
    change_key(session, replace(opened, sheet=sheet), by, roster, now)


def may_change_key(opened: OpenCase, by: SignedIn, roster: VerifiedRoster) -> Verdict:
    """Whether this person may give the case a new key now."""
    on_roster = any(one.public == by.keys.personal.public for one in roster.roster.members)
    return can_change_key(by.member.roles, on_roster, _question_is_out(opened))


def change_key(
    session: Session,
    opened: OpenCase,
    by: SignedIn,
    roster: VerifiedRoster,
    now: datetime,
    excluded: frozenset[bytes] = frozenset(),
    *,
    suite: int = NEW_KEYS,
) -> None:
    """Give a case a new key, in the transaction of the step that calls for it.

    The caller has claimed the case in this transaction and has written that step already: with
    `opened` nothing can be written any more, its key is the old one.

    Args:
        session: a writing session.
        opened: the case as this person saw it when it was claimed.
        by: who changes the key; the reporter believes it by this person's signature.
        roster: in force; those who hold the case and stand on it go on holding it.
        now: aware, in the office's time zone.
        excluded: ids of people who lose the case, beside those who are kept away from it already.
        suite: the number of the suite of the new key.

    Raises:
        Refused: no permission, not on the roster, or a public service still holds the old key.
        NobodyLeft: nobody would hold the case but the custodians together.
        CaseDamaged: a row does not open, so that it would be lost.
    """
    require(may_change_key(opened, by, roster))
    away = kept_away(roster.roster, opened.excluded | excluded, opened.facts.authority)
    key = CasePrivateKey(Seed.generate(suite))
    case = case_row(session, opened.case_id)
    last = _announce(session, opened, key.public, by, roster, now)
    _reseal(session, opened, key.public)
    put_sheet(case, _sheet(opened, last), key.public)
    _grant_anew(session, case, opened, key.seed, roster, away)
    end_with_the_key(session, case.id, now, away)
    record_staff(session, TrailEvent.CASE_KEY_CHANGED, now, by.member.id, case.id)
    session.flush()


def _question_is_out(opened: OpenCase) -> bool:
    """A service that was asked through a link seals its answer to the key that its record names."""
    asked = opened.dossier.consultations.values()
    return any(each.open and each.asked.way is ConsultationWay.LINK for each in asked)


def _announce(
    session: Session,
    opened: OpenCase,
    public: CasePublicKey,
    by: SignedIn,
    roster: VerifiedRoster,
    now: datetime,
) -> Seen:
    """Tell the reporter in the thread: sealed to the old key, and resealed with the rest."""
    previous = follows(session, opened.case_id, opened.sheet.seen)
    serial, old = roster.roster.serial, opened.private.public
    change = KeyChange(
        opened.case_id, previous.position + 1, old.key_id, public, by.member.id, serial
    )
    signature = change.sign(RosterSigningKey.from_seed(by.keys.personal.seed))
    message = Message(
        author=Author.OFFICE,
        kind=MessageKind.CASE_KEY,
        new_key=KeyAnnouncement(public.to_bytes(), by.member.id, serial, signature),
        by=by.member.name,
    )
    mailbox_public = opened.mailbox_public if opened.mailbox_open else None
    day, known = now.date(), opened.sheet.seen
    return append_message(session, opened.case_id, message, day, known, old, mailbox_public)


def _reseal(session: Session, opened: OpenCase, to: CasePublicKey) -> None:
    session.flush()
    for row, context in sealed_rows(session, opened.case_id):
        if row.case_key is None:
            continue
        try:
            row.case_key = reseal(row.case_key, opened.private, to, context)
        except CryptoError:
            # A message that somebody moved or altered is shown as such, before and after.
            if not isinstance(row, MessageRow):
                raise CaseDamaged from None


def _sheet(opened: OpenCase, last: Seen) -> Sheet:
    key_id = opened.private.public.key_id
    earlier = (*opened.sheet.earlier_keys, EarlierKey(key_id, last.position))
    return replace(opened.sheet, seen=last, earlier_keys=earlier)


def _grant_anew(
    session: Session,
    case: Case,
    opened: OpenCase,
    seed: Seed,
    roster: VerifiedRoster,
    away: frozenset[bytes],
) -> None:
    held = {
        grant.key_id
        for grant in grants(session, case.id)
        if grant.holder_kind == HolderKind.PERSON.value
    }
    # A row alone makes nobody a holder: anybody who writes to the database can add one.
    may_stay = given_to(opened.history) - away
    members = roster.roster.members
    staying = [one for one in members if one.public.key_id in held and one.person in may_stay]
    in_pool = opened.in_pool and waits_for_anybody(opened.history)
    pool = pool_holders(roster.roster, away) if in_pool else ()
    if not staying and not pool:
        raise NobodyLeft
    if case.handler_id not in {one.person for one in staying}:
        case.handler_id = None
    session.execute(delete(CaseGrant).where(CaseGrant.case_id == case.id))
    # They lie under the old key: the next search makes them anew.
    session.execute(delete(CaseWords).where(CaseWords.case_id == case.id))
    recovery: Holder = (HolderKind.RECOVERY, roster.roster.recovery)
    for holder in (recovery, *_once(staying, pool)):
        session.add(sealed_grant(seed, case.id, case.received_on, holder))


def _once(staying: Iterable[RosterMember], pool: Iterable[Holder]) -> Iterable[Holder]:
    """Nobody holds a case twice: who has it personally needs none of the pool's grants."""
    persons = {one.public for one in staying}
    yield from ((HolderKind.PERSON, each) for each in persons)
    yield from ((kind, key) for kind, key in pool if key not in persons)
