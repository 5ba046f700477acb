"""The reporter's way back: signing in with the receipt code, reading, writing, deleting.

The session is a visit (`visits`). A wrong code runs the same statements, gets the same answer and
leaves a session too, a decoy that opens nothing.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from cases.actions.case_keys import AnnouncedKeys
from cases.actions.evidence import keep
from cases.actions.sealing import append_message, put_record, record_context
from cases.actions.threads import Thread, ThreadFault, ThreadReader
from cases.actions.trail import record_day
from cases.actions.visits import Door, begin, begin_nowhere, visit
from cases.actions.visits import purge_sessions as purge_sessions
from cases.actions.visits import sign_out as sign_out
from cases.actions.visits import touch as touch
from cases.domain.attachments import Attachment
from cases.domain.contents import REPORTER_KINDS, Author, MailboxRecord, Message, MessageKind
from cases.domain.flows import Flow, State
from cases.domain.sheets import Seen
from cases.domain.texts import read_message
from cases.domain.trail import TrailEvent
from cases.errors import CaseDamaged, CaseKeyUnproven, FactsMalformed, SessionEnded
from cases.models import Case, Mailbox
from cases.models import Message as MessageRow
from cases.queries import mailboxes as queries
from cases.queries.cases import messages
from crypto.envelope import open_envelope
from crypto.errors import CryptoError
from crypto.keys import CasePublicKey, MailboxPrivateKey, Seed
from crypto.receipt import ReceiptKeys
from crypto.roster import VerifiedRoster
from crypto.session import SessionToken

_NO_TOKEN = bytes(32)
# The key of the case is not to be known: what is written might go to somebody else.
_DOUBTS_ABOUT_THE_KEY = frozenset({ThreadFault.UNPROVEN_KEY, ThreadFault.WRONG_CASE_KEY})


@dataclass(frozen=True)
class MailboxSignIn:
    """The answer to a code. Commit it and give the cookie its token in either case."""

    token: SessionToken
    ok: bool


@dataclass(frozen=True)
class OpenMailbox:
    """A mailbox that its owner can read, as it was when it was opened.

    `first_key` is the key that the case had on its first day; `case_key` tells the one it has now.
    """

    locator: bytes = field(repr=False)
    case_id: bytes
    flow: Flow
    state: State
    received_on: date
    promised_on: date | None
    reference: str | None
    language: str
    private: MailboxPrivateKey = field(repr=False)
    first_key: CasePublicKey = field(repr=False)
    seen: Seen = field(repr=False)
    rosters: Sequence[VerifiedRoster] = field(repr=False)


def sign_in(session: Session, keys: ReceiptKeys, now: datetime, typed: str = "") -> MailboxSignIn:
    """Open a session for a receipt code; the derivation is done by the caller before.

    A wrong one opens a session that leads nowhere.

    Args:
        session: a writing session; commit whatever the answer is.
        keys: what the typed code gives.
        now: aware.
        typed: the code, given back where it is wrong, and stored nowhere where it is right.
    """
    row = queries.mailbox(session, keys.locator)
    expected = row.token_hash if row else _NO_TOKEN
    if hmac.compare_digest(expected, sha256(keys.token).digest()):
        token = begin(session, Door.MAILBOX, keys.locator, keys.seed.raw, now)
        return MailboxSignIn(token, True)
    return MailboxSignIn(begin_nowhere(session, b"", typed, now), False)


def open_mailbox(
    session: Session,
    token: SessionToken,
    now: datetime,
    rosters: Sequence[VerifiedRoster] = (),
) -> OpenMailbox:
    """The mailbox of a session.

    Args:
        session: of the caller.
        token: from the cookie.
        now: aware.
        rosters: every roster of the office, verified: without them no new key of a case is
            believed.

    Raises:
        SessionEnded: unknown, idle for 30 minutes, older than 2 hours, or the mailbox is gone.
        CaseDamaged: the mailbox's own record does not open.
    """
    visited = visit(session, token, now)
    if visited.door is not Door.MAILBOX:
        raise SessionEnded
    found = queries.mailbox_and_case(session, visited.place)
    if found is None:
        raise SessionEnded
    row, case = found
    private = MailboxPrivateKey(Seed(visited.secret))
    try:
        return _opened(row, case, private, queries.promised_on(session, case.id), rosters)
    except (CryptoError, FactsMalformed):
        raise CaseDamaged from None


def _opened(
    row: Mailbox,
    case: Case,
    private: MailboxPrivateKey,
    promised: date | None,
    rosters: Sequence[VerifiedRoster],
) -> OpenMailbox:
    context = record_context(row.locator)
    record = MailboxRecord.from_json(
        open_envelope(row.record_body, row.record_key, private, context)
    )
    if record.case_id != case.id:
        raise CaseDamaged
    return OpenMailbox(
        locator=row.locator,
        case_id=case.id,
        flow=case.flow_value,
        state=case.state_value,
        received_on=case.received_on,
        promised_on=promised,
        reference=case.reference,
        language=record.language,
        private=private,
        first_key=CasePublicKey.from_bytes(record.case_public),
        seen=record.seen,
        rosters=rosters,
    )


def mailbox_thread(session: Session, opened: OpenMailbox) -> Thread:
    """The thread as the reporter reads it."""
    reader = ThreadReader(
        key=opened.private,
        sealed_key=lambda row: row.mailbox_key,
        case_keys=AnnouncedKeys(opened.case_id, opened.first_key, opened.rosters),
        seen=opened.seen,
    )
    return reader.read(messages(session, opened.case_id))


def case_key(session: Session, opened: OpenMailbox) -> CasePublicKey:
    """The key of the case to seal to. Lock the case's row before: the office may change the key.

    Raises:
        CaseKeyUnproven: a message names a key that nobody of the office vouches for.
    """
    thread = mailbox_thread(session, opened)
    if any(warning.fault in _DOUBTS_ABOUT_THE_KEY for warning in thread.warnings):
        raise CaseKeyUnproven
    announced = [message.new_key for message in thread.messages if message.new_key]
    return CasePublicKey.from_bytes(announced[-1]) if announced else opened.first_key


def write(
    session: Session,
    opened: OpenMailbox,
    text: str,
    kind: MessageKind,
    today: date,
    attachments: tuple[Attachment, ...] = (),
) -> None:
    """Put the reporter's message in the thread; an answer being written at the office goes stale.

    Args:
        session: a writing session.
        opened: the mailbox.
        text: what the office will read; may be empty where files come with it.
        kind: REPLY or QUESTION.
        today: the day of the message.
        attachments: files that have arrived and are pending.

    Raises:
        MessageRequired, TextTooLong, UploadLost; SessionEnded when the mailbox was deleted;
        CaseKeyUnproven as `case_key`.
    """
    if kind not in REPORTER_KINDS:
        raise ValueError("a reporter replies or asks")
    text = read_message(text, required=not attachments)
    message = Message(Author.REPORTER, kind, text, attachments=attachments)
    _count_change(session, opened.case_id)
    row = queries.mailbox(session, opened.locator)
    if row is None:
        raise SessionEnded
    keep(session, opened.case_id, attachments)
    public, case_public = opened.private.public, case_key(session, opened)
    seen = append_message(session, opened.case_id, message, today, opened.seen, case_public, public)
    first_key = opened.first_key.to_bytes()
    record = MailboxRecord(opened.case_id, first_key, opened.flow, opened.language, seen)
    put_record(row, record, public)
    record_day(session, TrailEvent.REPORTER_WROTE, today, opened.case_id)
    session.flush()


def delete_mailbox(session: Session, opened: OpenMailbox, token: SessionToken, today: date) -> None:
    """Destroy the mailbox, its key in every message, and this session; the case goes on.

    Call `Database.scrub` after the commit.
    """
    _count_change(session, opened.case_id)
    session.execute(
        update(MessageRow).where(MessageRow.case_id == opened.case_id).values(mailbox_key=None)
    )
    session.execute(delete(Mailbox).where(Mailbox.locator == opened.locator))
    sign_out(session, token)
    record_day(session, TrailEvent.MAILBOX_DELETED, today, opened.case_id)
    session.flush()


def _count_change(session: Session, case_id: bytes) -> None:
    # Locks the row too: two messages written at once get two positions.
    session.execute(
        update(Case)
        .where(Case.id == case_id)
        .values(version=Case.version + 1)
        .execution_options(synchronize_session=False)
    )
