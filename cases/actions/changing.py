"""What every change by the office shares: nobody overwrites what they have not seen."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from cases.actions.reading import OpenCase, open_sheet
from cases.actions.sealing import append_message, append_step, put_sheet
from cases.domain.contents import Message, Step
from cases.domain.sheets import replace_seen
from cases.errors import StaleCase
from cases.models import Case
from cases.queries.cases import case_row
from crypto.errors import CryptoError


def claim(session: Session, opened: OpenCase, expected_version: int) -> Case:
    """The case's row, locked until commit and counted as changed.

    Args:
        session: a writing session.
        opened: as this person sees it.
        expected_version: the version on the page from which the person decided.

    Raises:
        StaleCase: someone, the reporter included, changed the case since that page.
    """
    refuse_stale(opened, expected_version)
    claimed = session.execute(
        update(Case)
        .where(Case.id == opened.case_id, Case.version == expected_version)
        .values(version=Case.version + 1)
        .returning(Case.version)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if claimed is None:
        raise StaleCase
    return case_row(session, opened.case_id)


def locked(session: Session, opened: OpenCase) -> Case:
    """The case's row, locked until commit and not counted as changed.

    For what no colleague's decision depends on: a page that is open elsewhere stays good.

    Raises:
        StaleCase: the case got another key meanwhile; nothing must be sealed to the one before.
    """
    session.execute(
        update(Case)
        .where(Case.id == opened.case_id)
        .values(version=Case.version)
        .execution_options(synchronize_session=False)
    )
    case = case_row(session, opened.case_id)
    if case.version != opened.version:
        _refuse_another_key(case, opened)
    return case


def _refuse_another_key(case: Case, opened: OpenCase) -> None:
    try:
        open_sheet(case.id, case.sheet_body, case.sheet_key, opened.private)
    except CryptoError:
        raise StaleCase from None


def refuse_stale(opened: OpenCase, expected_version: int) -> None:
    """StaleCase when the page is older than the case."""
    if opened.version != expected_version:
        raise StaleCase


def say(session: Session, case: Case, opened: OpenCase, message: Message, now: datetime) -> int:
    """Put a message of the office in the thread, and remember in the sheet that it is there.

    Returns its position.
    """
    public = opened.private.public
    mailbox_public = opened.mailbox_public if opened.mailbox_open else None
    known = opened.sheet.seen
    seen = append_message(session, case.id, message, now.date(), known, public, mailbox_public)
    put_sheet(case, replace_seen(opened.sheet, seen), public)
    return seen.position


def note_step(session: Session, case: Case, opened: OpenCase, step: Step, now: datetime) -> None:
    """Write a step into the case's history, sealed."""
    public = opened.private.public
    append_step(session, case.id, step, now.date(), case.state_value, public)
