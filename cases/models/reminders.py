"""Reminders: an alarm of a clock that was raised, once, and who was told of it by mail."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.base import ID_SIZE, WITHOUT_ROWID, Base, Day, Id, new_id, sized


class Reminder(Base):
    """`stage` is the alarm: days from the due day, negative before it."""

    __tablename__ = "reminder"
    __table_args__ = (
        sized("id", ID_SIZE),
        UniqueConstraint("clock_id", "stage"),
        WITHOUT_ROWID,
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    clock_id: Mapped[Id] = mapped_column(ForeignKey("clock.id", ondelete="CASCADE"))
    stage: Mapped[int]
    raised_on: Mapped[Day]


class ReminderMail(Base):
    """A person was told that this reminder waits; a row each, since mail to one can fail alone."""

    __tablename__ = "reminder_mail"
    __table_args__ = (WITHOUT_ROWID,)

    reminder_id: Mapped[Id] = mapped_column(
        ForeignKey("reminder.id", ondelete="CASCADE"), primary_key=True
    )
    staff_id: Mapped[Id] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    mailed_on: Mapped[Day]
