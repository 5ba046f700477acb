"""Receiving a report or a complaint: from here on no receipt code and no private key exist.

The seed of the new case's key lives in this function only; it leaves as grants.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.orm import Session

from cases.actions.clocks import start_first
from cases.actions.conflicts import kept_away
from cases.actions.evidence import keep
from cases.actions.pool import pool_holders
from cases.actions.sealing import put_record, put_sheet, sealed_grant, sealed_message, seen
from cases.actions.trail import record_day
from cases.database import lock
from cases.domain.attachments import Attachment
from cases.domain.contents import Author, MailboxRecord, Message, MessageKind
from cases.domain.facts import Facts, Identity, ReportFacts
from cases.domain.facts_json import identity_to_json
from cases.domain.flows import FIRST_STATE, STARTED_AT_RECEIPT
from cases.domain.grants import HolderKind
from cases.domain.reference import ReferenceData
from cases.domain.sheets import NOTHING_SEEN, Seen, make_sheet
from cases.domain.trail import TrailEvent
from cases.errors import TooFewCustodians
from cases.models import Case, IdentityShareRow, Mailbox, SealedIdentityRow
from cases.models import Message as MessageRow
from cases.models.base import new_id
from cases.queries.mailboxes import mailbox
from crypto.identity import seal_identity
from crypto.keys import CasePrivateKey, CasePublicKey, PersonalPublicKey, Seed
from crypto.receipt import MailboxAddress
from crypto.roster import VerifiedRoster
from crypto.roster_payload import CUSTODIAN, Roster


@dataclass(frozen=True, repr=False)
class Submission:
    """A form as filled in; only a reporter gives an identity apart from the facts.

    `excluded` are the ids of people of the office who must not read it, `excluded_other` whom the
    person meant besides, in words.
    """

    facts: Facts
    identity: Identity | None = None
    # Files that have arrived and are pending; the case keeps them.
    attachments: tuple[Attachment, ...] = ()
    excluded: frozenset[bytes] = frozenset()
    excluded_other: str = ""

    def __post_init__(self) -> None:
        if self.identity is not None and not isinstance(self.facts, ReportFacts):
            raise ValueError("a complainant's identity belongs to the facts")


@dataclass(frozen=True)
class Received:
    """The case; `repeated` when this mailbox had one already and nothing was written."""

    case_id: bytes = field(repr=False)
    repeated: bool


def receive(
    session: Session,
    submission: Submission,
    address: MailboxAddress,
    roster: VerifiedRoster,
    today: date,
    rules: ReferenceData,
) -> Received:
    """Make a case of a submission, or say that this very form made one before.

    Args:
        session: a writing session; the whole case is one transaction.
        submission: the answers.
        address: where the reporter will come back to.
        roster: the keys to seal to.
        today: the day of receipt.
        rules: the reference data of that day, for the terms that start.

    Raises:
        UploadLost: a file is not pending any more; nothing is to be committed.
        NobodyLeft, TooFewCustodians: too many people must not read it; nothing was written.
    """
    lock(session, address.locator)
    existing = mailbox(session, address.locator)
    if existing is not None:
        return Received(existing.case_id, repeated=True)
    # Before anything is sealed: nobody whom it must not reach ever gets a key of it.
    excluded = kept_away(roster.roster, submission.excluded, submission.facts.authority)
    pool = pool_holders(roster.roster, excluded)
    custodians = _custodians(submission, roster.roster, excluded)
    submission = replace(submission, excluded=excluded)
    seed, case_id = Seed.generate(), new_id()
    public = CasePrivateKey(seed).public
    first = _submission(case_id, submission, address, public, today)
    case = _case(case_id, submission, public, seen(first), today)
    # Flushed first: everything else points at this row.
    session.add(case)
    session.flush()
    session.add_all(
        (first, _mailbox(case, submission.facts.language, address, public, seen(first)))
    )
    keep(session, case_id, submission.attachments)
    for holder in (*pool, (HolderKind.RECOVERY, roster.roster.recovery)):
        session.add(sealed_grant(seed, case_id, today, holder))
    _seal_identity(session, case_id, submission.identity, custodians, roster.roster)
    start_first(session, case, STARTED_AT_RECEIPT[submission.facts.flow], today, rules)
    record_day(session, TrailEvent.CASE_RECEIVED, today, case_id)
    session.flush()
    return Received(case_id, repeated=False)


def _submission(
    case_id: bytes,
    submission: Submission,
    address: MailboxAddress,
    public: CasePublicKey,
    today: date,
) -> MessageRow:
    message = Message(
        author=Author.REPORTER,
        kind=MessageKind.SUBMISSION,
        facts=submission.facts,
        mailbox_public=address.public.to_bytes(),
        attachments=submission.attachments,
        excluded=tuple(sorted(submission.excluded)),
        excluded_other=submission.excluded_other,
    )
    return sealed_message(case_id, message, today, NOTHING_SEEN, public, address.public)


def _case(
    case_id: bytes, submission: Submission, public: CasePublicKey, first: Seen, today: date
) -> Case:
    case = Case(
        id=case_id, flow=submission.facts.flow, state=FIRST_STATE, received_on=today, version=1
    )
    put_sheet(case, make_sheet(submission.facts, submission.identity is not None, first), public)
    return case


def _custodians(
    submission: Submission, roster: Roster, excluded: frozenset[bytes]
) -> tuple[PersonalPublicKey, ...]:
    """Who gets a share of the identity, where there is one."""
    left = [each for each in roster.with_role(CUSTODIAN) if each.person not in excluded]
    if submission.identity is not None and len(left) < roster.custodians_needed:
        raise TooFewCustodians
    return tuple(each.public for each in left)


def _mailbox(
    case: Case, language: str, address: MailboxAddress, public: CasePublicKey, first: Seen
) -> Mailbox:
    row = Mailbox(locator=address.locator, token_hash=address.token_hash, case_id=case.id)
    record = MailboxRecord(case.id, public.to_bytes(), case.flow_value, language, first)
    put_record(row, record, address.public)
    return row


def _seal_identity(
    session: Session,
    case_id: bytes,
    identity: Identity | None,
    custodians: Sequence[PersonalPublicKey],
    roster: Roster,
) -> None:
    if identity is None:
        return
    needed = roster.custodians_needed
    sealed = seal_identity(identity_to_json(identity), case_id, custodians, needed)
    session.add(SealedIdentityRow(case_id=case_id, body=sealed.body, needed=needed))
    session.flush()
    session.add_all(
        IdentityShareRow(case_id=case_id, key_id=share.key_id, box=share.box)
        for share in sealed.shares
    )
    # Who is excluded has none, and gets none when the shares are dealt anew.
    session.add_all(
        IdentityShareRow(case_id=case_id, key_id=each.public.key_id, box=b"")
        for each in roster.with_role(CUSTODIAN)
        if each.public not in custodians
    )
