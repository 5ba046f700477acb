"""The reporter's way back: signing in with the receipt code, reading, writing, deleting.

A session lies under the hash of a token that only the cookie holds, and what is in it (which
mailbox, its key, when it was opened and last used) is sealed under the token. A wrong code runs
the same statements and leaves a session too, a decoy that opens nothing.
"""

import hmac
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from cases.actions.sealing import append_message, put_record, record_context
from cases.actions.threads import Thread, ThreadReader
from cases.actions.trail import record_day
from cases.domain.contents import REPORTER_KINDS, Author, MailboxRecord, Message, MessageKind
from cases.domain.flows import Flow, State
from cases.domain.json_fields import JsonFields, to_json
from cases.domain.sheets import Seen
from cases.domain.texts import read_message
from cases.domain.trail import TrailEvent
from cases.errors import CaseDamaged, FactsMalformed, SessionEnded
from cases.models import Case, Mailbox, MailboxSession
from cases.models import Message as MessageRow
from cases.queries import mailboxes as queries
from cases.queries.cases import messages
from crypto.envelope import open_envelope
from crypto.errors import CryptoError
from crypto.keys import CasePublicKey, MailboxPrivateKey, Seed
from crypto.receipt import ReceiptKeys
from crypto.session import SessionToken, open_session, seal_session

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=2)
_NO_TOKEN = bytes(32)


@dataclass(frozen=True)
class MailboxSignIn:
    """The answer to a code. Commit it in either case; only when `ok` does the cookie get it."""

    token: SessionToken
    ok: bool


@dataclass(frozen=True)
class OpenMailbox:
    """A mailbox that its owner can read, as it was when it was opened."""

    locator: bytes = field(repr=False)
    case_id: bytes
    flow: Flow
    state: State
    received_on: date
    due_on: date | None
    reference: str | None
    language: str
    private: MailboxPrivateKey = field(repr=False)
    case_public: CasePublicKey = field(repr=False)
    seen: Seen = field(repr=False)


@dataclass(frozen=True)
class _Remembered:
    """What a session holds under its seal."""

    locator: bytes
    seed: Seed
    opened_at: datetime
    seen_at: datetime

    def to_json(self) -> bytes:
        return to_json(
            {
                "locator": self.locator,
                "seed": self.seed.raw,
                "opened_at": _seconds(self.opened_at),
                "seen_at": _seconds(self.seen_at),
            }
        )

    @classmethod
    def from_json(cls, payload: bytes) -> "_Remembered":
        fields = JsonFields.parse(payload)
        return cls(
            locator=fields.hex("locator") or b"",
            seed=Seed(fields.hex("seed") or b""),
            opened_at=_moment(fields.number("opened_at")),
            seen_at=_moment(fields.number("seen_at")),
        )


def sign_in(session: Session, keys: ReceiptKeys, now: datetime) -> MailboxSignIn:
    """Open a session for a receipt code; the derivation is done by the caller before.

    Args:
        session: a writing session; commit whatever the answer is.
        keys: what the typed code gives.
        now: aware.
    """
    row = queries.mailbox(session, keys.locator)
    expected = row.token_hash if row else _NO_TOKEN
    ok = hmac.compare_digest(expected, sha256(keys.token).digest())
    # Here and not by the clock: whoever floods the table with decoys also sweeps it.
    purge_sessions(session, now.date())
    token = SessionToken.generate()
    remembered = _Remembered(keys.locator, keys.seed, now, now)
    session.add(
        MailboxSession(
            id=token.id,
            sealed=seal_session(remembered.to_json(), token),
            # The day alone; two hours can reach into the next one.
            purge_on=now.date() + timedelta(days=1),
        )
    )
    session.flush()
    return MailboxSignIn(token, ok)


def open_mailbox(session: Session, token: SessionToken, now: datetime) -> OpenMailbox:
    """The mailbox of a session.

    Raises:
        SessionEnded: unknown, idle for 30 minutes, older than 2 hours, or the mailbox is gone.
        CaseDamaged: the mailbox's own record does not open.
    """
    remembered = _remembered(session, token, now)
    found = queries.mailbox_and_case(session, remembered.locator)
    if found is None:
        raise SessionEnded
    row, case = found
    private = MailboxPrivateKey(remembered.seed)
    try:
        return _opened(row, case, private)
    except (CryptoError, FactsMalformed):
        raise CaseDamaged from None


def _opened(row: Mailbox, case: Case, private: MailboxPrivateKey) -> OpenMailbox:
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
        due_on=case.due_on,
        reference=case.reference,
        language=record.language,
        private=private,
        case_public=CasePublicKey.from_bytes(record.case_public),
        seen=record.seen,
    )


def mailbox_thread(session: Session, opened: OpenMailbox) -> Thread:
    """The thread as the reporter reads it."""
    reader = ThreadReader(
        key=opened.private,
        sealed_key=lambda row: row.mailbox_key,
        case_key_id=opened.case_public.key_id,
        seen=opened.seen,
    )
    return reader.read(messages(session, opened.case_id))


def write(session: Session, opened: OpenMailbox, text: str, kind: MessageKind, today: date) -> None:
    """Put the reporter's message in the thread; an answer being written at the office goes stale.

    Args:
        session: a writing session.
        opened: the mailbox.
        text: what the office will read.
        kind: REPLY or QUESTION.
        today: the day of the message.

    Raises:
        MessageRequired, TextTooLong; SessionEnded when the mailbox was deleted meanwhile.
    """
    if kind not in REPORTER_KINDS:
        raise ValueError("a reporter replies or asks")
    message = Message(Author.REPORTER, kind, read_message(text))
    _count_change(session, opened.case_id)
    row = queries.mailbox(session, opened.locator)
    if row is None:
        raise SessionEnded
    public, case_public = opened.private.public, opened.case_public
    seen = append_message(session, opened.case_id, message, today, opened.seen, case_public, public)
    record = MailboxRecord(
        opened.case_id, case_public.to_bytes(), opened.flow, opened.language, seen
    )
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


def touch(session: Session, token: SessionToken, now: datetime) -> None:
    """Count the session as used now.

    Raises:
        SessionEnded: it has ended already.
    """
    remembered = _remembered(session, token, now)
    used = _Remembered(remembered.locator, remembered.seed, remembered.opened_at, now)
    session.execute(
        update(MailboxSession)
        .where(MailboxSession.id == token.id)
        .values(sealed=seal_session(used.to_json(), token))
    )


def sign_out(session: Session, token: SessionToken) -> None:
    """Destroy the session; one that is not there is no error."""
    session.execute(delete(MailboxSession).where(MailboxSession.id == token.id))


def purge_sessions(session: Session, today: date) -> int:
    """Delete the sessions that ended on an earlier day; returns how many."""
    gone = session.scalars(
        delete(MailboxSession).where(MailboxSession.purge_on < today).returning(MailboxSession.id)
    ).all()
    return len(gone)


def _remembered(session: Session, token: SessionToken, now: datetime) -> _Remembered:
    row = queries.mailbox_session(session, token.id)
    if row is None:
        raise SessionEnded
    try:
        remembered = _Remembered.from_json(open_session(row.sealed, token))
    except (CryptoError, FactsMalformed, ValueError):
        raise SessionEnded from None
    if now - remembered.seen_at > IDLE or now - remembered.opened_at > ABSOLUTE:
        raise SessionEnded
    return remembered


def _count_change(session: Session, case_id: bytes) -> None:
    # Locks the row too: two messages written at once get two positions.
    session.execute(
        update(Case)
        .where(Case.id == case_id)
        .values(version=Case.version + 1)
        .execution_options(synchronize_session=False)
    )


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
