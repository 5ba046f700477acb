"""Reading what a reporter's mailbox needs; nothing here touches staff, grants or the trail."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cases.models import Case, Mailbox, MailboxSession


def mailbox(session: Session, locator: bytes) -> Mailbox | None:
    """The mailbox that a receipt code's locator finds."""
    return session.scalar(select(Mailbox).where(Mailbox.locator == locator))


def mailbox_and_case(session: Session, locator: bytes) -> tuple[Mailbox, Case] | None:
    """The mailbox with its case."""
    found = session.execute(
        select(Mailbox, Case)
        .join(Case, Case.id == Mailbox.case_id)
        .where(Mailbox.locator == locator)
        .execution_options(populate_existing=True)
    ).one_or_none()
    return (found[0], found[1]) if found else None


def mailbox_session(session: Session, session_id: bytes) -> MailboxSession | None:
    """The session under the hash of a token."""
    return session.scalar(select(MailboxSession).where(MailboxSession.id == session_id))
