"""What the office does with a file of a case: each is a step of the case's history."""

from datetime import datetime

from sqlalchemy.orm import Session

from cases.actions.changing import locked, note_step
from cases.actions.evidence import keep
from cases.actions.reading import OpenCase
from cases.actions.signed_in import SignedIn, require
from cases.actions.trail import record_staff
from cases.domain.attachments import Attachment
from cases.domain.contents import FileWork, Step
from cases.domain.details import FileScan
from cases.domain.policies import can_note
from cases.domain.trail import TrailEvent


def record_scan(
    session: Session, opened: OpenCase, scan: FileScan, by: SignedIn, now: datetime
) -> None:
    """Write down what a virus scanner said of a file. Raises Refused."""
    step = Step(now, by.member.name, by.member.id, FileWork.SCAN, details=scan)
    _note(session, opened, step, by, now, TrailEvent.FILE_SCANNED)


def keep_cleaned_copy(
    session: Session, opened: OpenCase, copy: Attachment, by: SignedIn, now: datetime
) -> None:
    """Put a copy without hidden data beside its original, which stays as it is.

    Raises:
        Refused; UploadLost where the copy is not pending any more.
    """
    keep(session, opened.case_id, (copy,))
    step = Step(now, by.member.name, by.member.id, FileWork.CLEANED_COPY, attachments=(copy,))
    _note(session, opened, step, by, now, TrailEvent.FILE_CLEANED)


def record_export(session: Session, opened: OpenCase, by: SignedIn, now: datetime) -> None:
    """Write on the trail that the case left the office as an archive. Raises Refused."""
    require(can_note(by.member.roles))
    record_staff(session, TrailEvent.CASE_EXPORTED, now, by.member.id, opened.case_id)
    session.flush()


def _note(
    session: Session, opened: OpenCase, step: Step, by: SignedIn, now: datetime, event: TrailEvent
) -> None:
    require(can_note(by.member.roles))
    note_step(session, locked(session, opened), opened, step, now)
    record_staff(session, event, now, by.member.id, opened.case_id)
    session.flush()
