"""Values into sealed rows: one function for each kind of envelope in a case, and for its grants.

The context of every envelope names its case and its own place, so that no row can stand in for
another.
"""

from datetime import date

from sqlalchemy.orm import Session

from cases.domain.contents import Link, MailboxRecord, Message, Note, Step, message_to_json
from cases.domain.flows import State
from cases.domain.grants import HolderKind
from cases.domain.sheets import NOTHING_SEEN, Seen, Sheet
from cases.models import Case, CaseGrant, Mailbox, TransitionEntry
from cases.models import Message as MessageRow
from cases.models import Note as NoteRow
from cases.models.base import new_id
from cases.queries.cases import last_message, step_count
from crypto.envelope import digest, seal
from crypto.grants import grant_case
from crypto.keys import (
    CasePublicKey,
    IntakePublicKey,
    MailboxPublicKey,
    PersonalPublicKey,
    RecoveryPublicKey,
    Seed,
)
from crypto.labels import Context, Purpose

Holder = tuple[HolderKind, IntakePublicKey | PersonalPublicKey | RecoveryPublicKey]


def message_context(case_id: bytes, message_id: bytes, position: int) -> Context:
    """What a message's envelope is bound to."""
    return Context(Purpose.MESSAGE, (case_id, message_id, position.to_bytes(4, "big")))


def sheet_context(case_id: bytes) -> Context:
    """What a sheet's envelope is bound to."""
    return Context(Purpose.SHEET, (case_id,))


def note_context(case_id: bytes, note_id: bytes) -> Context:
    """What a note's envelope is bound to."""
    return Context(Purpose.NOTE, (case_id, note_id))


def step_context(case_id: bytes, step_id: bytes, position: int) -> Context:
    """What a step's envelope is bound to."""
    return Context(Purpose.TRANSITION, (case_id, step_id, position.to_bytes(4, "big")))


def record_context(locator: bytes) -> Context:
    """What a mailbox record's envelope is bound to."""
    return Context(Purpose.MAILBOX_RECORD, (locator,))


def append_message(
    session: Session,
    case_id: bytes,
    message: Message,
    day: date,
    known: Seen,
    case_public: CasePublicKey,
    mailbox_public: MailboxPublicKey | None,
) -> Seen:
    """Add a message at the end of the thread.

    The caller has changed the case's row in this transaction, so nobody else appends meanwhile.
    The message follows the one that its author knows where someone cut or changed that one: a
    message in the place of the lost one would close the gap, and both warnings with it.

    Args:
        session: of the caller.
        case_id: whose thread.
        message: what to say.
        day: today.
        known: the last message that the author's side has seen.
        case_public: the key of the case, believed.
        mailbox_public: the reporter's key, believed; None when the mailbox is deleted.

    Returns:
        The position and digest of the message.
    """
    previous = follows(session, case_id, known)
    row = sealed_message(case_id, message, day, previous, case_public, mailbox_public)
    session.add(row)
    session.flush()
    return seen(row)


def follows(session: Session, case_id: bytes, known: Seen) -> Seen:
    """The message that the next one names, for an author who knows the thread up to `known`."""
    last = last_message(session, case_id)
    found = seen(last) if last else NOTHING_SEEN
    return known if found.position <= known.position else found


def sealed_message(
    case_id: bytes,
    message: Message,
    day: date,
    previous: Seen,
    case_public: CasePublicKey,
    mailbox_public: MailboxPublicKey | None,
) -> MessageRow:
    """The row of the message that follows `previous`; arguments as `append_message`."""
    position, message_id = previous.position + 1, new_id()
    link = Link(position, previous.digest or None, case_public.key_id)
    sealed = seal(
        message_to_json(message, link),
        message_context(case_id, message_id, position),
        (case_public, mailbox_public) if mailbox_public else (case_public,),
    )
    return MessageRow(
        id=message_id,
        case_id=case_id,
        position=position,
        day=day,
        body=sealed.body,
        case_key=sealed.sealed_keys[0],
        mailbox_key=sealed.sealed_keys[1] if mailbox_public else None,
    )


def seen(row: MessageRow) -> Seen:
    """The message as the next one, or a side's memory, names it."""
    return Seen(row.position, digest(row.body))


def put_sheet(case: Case, sheet: Sheet, case_public: CasePublicKey) -> None:
    """Seal a sheet into the row of its case."""
    sealed = seal(sheet.to_json(), sheet_context(case.id), (case_public,))
    case.sheet_body, case.sheet_key = sealed.body, sealed.sealed_keys[0]


def put_record(mailbox: Mailbox, record: MailboxRecord, public: MailboxPublicKey) -> None:
    """Seal a mailbox's record into its row."""
    sealed = seal(record.to_json(), record_context(mailbox.locator), (public,))
    mailbox.record_body, mailbox.record_key = sealed.body, sealed.sealed_keys[0]


def sealed_grant(seed: Seed, case_id: bytes, received_on: date, holder: Holder) -> CaseGrant:
    """The row by which somebody holds a case; `seed` is that of the case's key."""
    kind, key = holder
    return CaseGrant(
        case_id=case_id,
        key_id=key.key_id,
        holder_kind=kind,
        received_on=received_on,
        box=grant_case(seed, case_id, key),
    )


def append_note(session: Session, case_id: bytes, note: Note, public: CasePublicKey) -> None:
    """Add an internal note."""
    note_id = new_id()
    sealed = seal(note.to_json(), note_context(case_id, note_id), (public,))
    session.add(
        NoteRow(
            id=note_id,
            case_id=case_id,
            day=note.at.date(),
            body=sealed.body,
            case_key=sealed.sealed_keys[0],
        )
    )


def append_step(
    session: Session,
    case_id: bytes,
    step: Step,
    day: date,
    to_state: State,
    public: CasePublicKey,
) -> None:
    """Add a step to the case's history; it is sealed and never changed."""
    position, step_id = step_count(session, case_id) + 1, new_id()
    sealed = seal(step.to_json(), step_context(case_id, step_id, position), (public,))
    session.add(
        TransitionEntry(
            id=step_id,
            case_id=case_id,
            position=position,
            day=day,
            to_state=to_state,
            body=sealed.body,
            case_key=sealed.sealed_keys[0],
        )
    )
