"""The reporter's side: mailbox, messages, sessions.

A session names no mailbox: which one it opens is inside its seal, so the table does not tell who
came back, nor how often.
"""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.base import (
    DIGEST_SIZE,
    ID_SIZE,
    WITHOUT_ROWID,
    Base,
    Day,
    Digest,
    Id,
    Sealed,
    new_id,
    sized,
)

LOCATOR_SIZE = 16


class Mailbox(Base):
    """Found by the receipt code's locator, proven by its token; deleting it ends the way back."""

    __tablename__ = "mailbox"
    __table_args__ = (
        sized("locator", LOCATOR_SIZE),
        sized("token_hash", DIGEST_SIZE),
        WITHOUT_ROWID,
    )

    locator: Mapped[Id] = mapped_column(primary_key=True)
    token_hash: Mapped[Digest]
    case_id: Mapped[Id] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), unique=True)
    record_body: Mapped[Sealed]
    record_key: Mapped[Sealed]


class Message(Base):
    """One message of a thread: one body, its key sealed to the case and to the mailbox."""

    __tablename__ = "message"
    __table_args__ = (
        sized("id", ID_SIZE),
        UniqueConstraint("case_id", "position"),
        CheckConstraint("position >= 1", name="position_counts"),
        WITHOUT_ROWID,
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[Id] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    position: Mapped[int]
    day: Mapped[Day]
    body: Mapped[Sealed]
    case_key: Mapped[Sealed]
    # Null once the mailbox is deleted: then only the office can read it.
    mailbox_key: Mapped[Sealed | None]


class MailboxSession(Base):
    """A session of a reporter, or the decoy that a wrong code leaves; the times are sealed."""

    __tablename__ = "mailbox_session"
    __table_args__ = (sized("id", DIGEST_SIZE), Index(None, "purge_on"), WITHOUT_ROWID)

    id: Mapped[Digest] = mapped_column(primary_key=True)
    sealed: Mapped[Sealed]
    purge_on: Mapped[Day]
