"""Answering the reporter, and writing notes that only the office reads."""

from datetime import datetime

from sqlalchemy.orm import Session

from cases.actions.changing import claim, locked, say
from cases.actions.clocks import restart_after_message
from cases.actions.evidence import keep
from cases.actions.reading import OpenCase
from cases.actions.sealing import append_note
from cases.actions.signed_in import SignedIn, require
from cases.actions.trail import record_staff
from cases.domain.attachments import Attachment
from cases.domain.contents import Author, Message, MessageKind, Note
from cases.domain.policies import can_note, can_reply
from cases.domain.reference import ReferenceData
from cases.domain.texts import read_message
from cases.domain.trail import TrailEvent


def reply(
    session: Session,
    opened: OpenCase,
    text: str,
    by: SignedIn,
    expected_version: int,
    now: datetime,
    rules: ReferenceData,
    *,
    asks: bool = False,
    attachments: tuple[Attachment, ...] = (),
) -> None:
    """Put an answer in the thread.

    Args:
        session: a writing session.
        opened: the case as this person sees it.
        text: what the reporter will read; may be empty where files come with it.
        by: who answers.
        expected_version: the version on the page from which the person answers.
        now: aware, in the office's time zone.
        rules: the reference data of the day.
        asks: the person is asked to answer; the mailbox says so.
        attachments: files that have arrived and are pending.

    Raises:
        Refused, MessageRequired, TextTooLong, StaleCase, UploadLost.
    """
    require(can_reply(by.member.roles, opened.mailbox_open))
    message = Message(
        Author.OFFICE,
        MessageKind.ANSWER,
        read_message(text, required=not attachments),
        by=by.member.name,
        asks=asks,
        attachments=attachments,
    )
    case = claim(session, opened, expected_version)
    keep(session, case.id, attachments)
    say(session, case, opened, message, now)
    restart_after_message(session, case, now.date(), rules)
    record_staff(session, TrailEvent.OFFICE_REPLIED, now, by.member.id, case.id)
    session.flush()


def add_note(session: Session, opened: OpenCase, text: str, by: SignedIn, now: datetime) -> None:
    """Add an internal note; it changes nothing that a colleague could miss.

    Raises:
        Refused, MessageRequired, TextTooLong.
        StaleCase: the case got another key since it was opened.
    """
    require(can_note(by.member.roles))
    note = Note(now, by.member.name, read_message(text))
    locked(session, opened)
    append_note(session, opened.case_id, note, opened.private.public)
    record_staff(session, TrailEvent.NOTE_ADDED, now, by.member.id, opened.case_id)
    session.flush()
