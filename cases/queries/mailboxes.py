"""Reading what a reporter's mailbox needs; nothing here touches staff, grants or the trail."""

from datetime import date

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from cases.domain.flows import PROMISED_TO_THE_PERSON
from cases.models import Case, Clock, Mailbox, MailboxSession

# Each sending, sign-in or page of a mailbox asks these: written down once, they are not put
# together for each of them.
_MAILBOX = select(Mailbox).where(Mailbox.locator == bindparam("locator"))
_MAILBOX_AND_CASE = (
    select(Mailbox, Case)
    .join(Case, Case.id == Mailbox.case_id)
    .where(Mailbox.locator == bindparam("locator"))
    .execution_options(populate_existing=True)
)
_SESSION = select(MailboxSession).where(MailboxSession.id == bindparam("id"))
_PROMISED_ON = select(func.min(Clock.due_on)).where(
    Clock.case_id == bindparam("case_id"),
    Clock.stopped_on.is_(None),
    Clock.suspended_on.is_(None),
    Clock.kind.in_(PROMISED_TO_THE_PERSON),
)


def mailbox(session: Session, locator: bytes) -> Mailbox | None:
    """The mailbox that a receipt code's locator finds."""
    return session.scalar(_MAILBOX, {"locator": locator})


def mailbox_and_case(session: Session, locator: bytes) -> tuple[Mailbox, Case] | None:
    """The mailbox with its case."""
    found = session.execute(_MAILBOX_AND_CASE, {"locator": locator}).one_or_none()
    return (found[0], found[1]) if found else None


def mailbox_session(session: Session, session_id: bytes) -> MailboxSession | None:
    """The session under the hash of a token."""
    return session.scalar(_SESSION, {"id": session_id})


def promised_on(session: Session, case_id: bytes) -> date | None:
    """The day until which the person hears from the office.

    Never the day that a public service was given: it would tell that one was asked.
    """
    return session.scalar(_PROMISED_ON, {"case_id": case_id})
