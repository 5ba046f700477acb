"""Who should get mail about reminders, and who got it: each person once about each reminder.

A message is claimed before it is sent and the claim is given back when the server does not take
it: no two machines send the same one, nothing is locked while a mail server thinks, and a machine
that dies in between leaves a message unsent rather than sent twice. The console shows the reminder
either way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from sqlalchemy import delete
from sqlalchemy.orm import Session

from cases.actions.jobs import alone
from cases.domain.reminders import has_come
from cases.models import ReminderMail
from cases.queries.reminders import AddressedReminder, addressed_reminders


@dataclass(frozen=True)
class Notice:
    """A message for one person.

    `waiting` counts the deadlines that have a reminder; `about` are the reminders that she was not
    told of before. Nothing here says what any of them is about.
    """

    staff_id: bytes
    login: str
    waiting: int
    email: str = field(repr=False)
    about: tuple[bytes, ...] = field(repr=False)


def notices(session: Session, today: date) -> list[Notice]:
    """A message for everyone who was not told of a reminder yet."""
    found = (row for row in addressed_reminders(session) if has_come(row.due_on, row.stage, today))
    each = [_notice(list(rows)) for _, rows in groupby(found, key=lambda row: row.login)]
    return [notice for notice in each if notice.about]


def claim(session: Session, staff_id: bytes, today: date) -> Notice | None:
    """The message for this person, counted as sent; None when another machine has it already."""
    alone(session)
    for notice in notices(session, today):
        if notice.staff_id == staff_id:
            session.add_all(
                ReminderMail(reminder_id=reminder, staff_id=staff_id, mailed_on=today)
                for reminder in notice.about
            )
            session.flush()
            return notice
    return None


def give_back(session: Session, notice: Notice) -> None:
    """The message was not taken: the next run tries again."""
    session.execute(
        delete(ReminderMail).where(
            ReminderMail.staff_id == notice.staff_id, ReminderMail.reminder_id.in_(notice.about)
        )
    )


def _notice(rows: Sequence[AddressedReminder]) -> Notice:
    return Notice(
        staff_id=rows[0].staff_id,
        login=rows[0].login,
        waiting=len({row.clock_id for row in rows}),
        email=rows[0].email,
        about=tuple(row.reminder_id for row in rows if not row.mailed),
    )
