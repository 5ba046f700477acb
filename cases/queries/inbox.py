"""The inbox: one statement for a page of it, however many cases there are.

Pages follow each other by the last row's place in the order and not by counting rows, so that the
hundredth page costs as much as the first and nobody misses a case that moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Row, Select, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from cases.domain.flows import FINAL_STATE, FIRST_STATE, Flow, State
from cases.models import Case, Message, Staff
from cases.queries.cases import (
    Holder,
    Personal,
    Pool,
    held,
    held_through_pool,
    personally_held,
)

PAGE_SIZE = 50
COUNT_LIMIT = 100  # counting stops here: "100 or more" is all that a menu needs
DUE_SOON = timedelta(days=7)


class InboxView(StrEnum):
    """What the inbox shows."""

    NEW = "new"
    MINE = "mine"
    DUE = "due"
    ALL = "all"


@dataclass(frozen=True)
class Cursor:
    """The last row of a page; the next page starts after it."""

    day: date
    case_id: bytes

    @property
    def text(self) -> str:
        """For an address."""
        return f"{self.day.isoformat()}.{self.case_id.hex()}"

    @classmethod
    def from_text(cls, text: str) -> "Cursor | None":
        """What `text` wrote; None for anything else."""
        day, _, case_id = text.partition(".")
        try:
            return cls(date.fromisoformat(day), bytes.fromhex(case_id))
        except ValueError:
            return None


@dataclass(frozen=True)
class InboxRow:
    """A case in the inbox, with what opens its sheet: no further query per row."""

    case_id: bytes
    flow: Flow
    state: State
    received_on: date
    due_on: date | None
    reference: str | None
    handler_id: bytes | None
    handler: str | None
    message_count: int
    personal_box: bytes | None
    intake_box: bytes | None
    sheet_body: bytes
    sheet_key: bytes


@dataclass(frozen=True)
class InboxCounts:
    """How many cases each view holds; each count stops at `COUNT_LIMIT`."""

    new: int
    mine: int
    due: int
    all: int


_NEWEST_FIRST = frozenset({InboxView.MINE, InboxView.ALL})


def inbox(
    session: Session,
    view: InboxView,
    holder: Holder,
    today: date,
    after: Cursor | None = None,
    limit: int = PAGE_SIZE,
) -> list[InboxRow]:
    """A page of the inbox: cases that this person can open, and no others.

    Args:
        view: new and due start with what waits longest, mine and all with the newest.
        holder: the person's keys.
        today: for what counts as due.
        after: the last row of the page before.
        limit: rows at most.
    """
    day = _order(view)
    page = _rows(view, holder, today)
    if view in _NEWEST_FIRST:
        page = page.order_by(day.desc(), Case.id.desc())
    else:
        page = page.order_by(day, Case.id)
    if after is not None:
        page = page.where(_beyond(view, after))
    return [_row(row) for row in session.execute(page.limit(limit))]


def next_cursor(view: InboxView, rows: Sequence[InboxRow], limit: int = PAGE_SIZE) -> Cursor | None:
    """Where the next page starts; None after the last one."""
    if len(rows) < limit:
        return None
    last = rows[-1]
    day = last.due_on if view is InboxView.DUE else last.received_on
    return Cursor(day or last.received_on, last.case_id)


def inbox_counts(session: Session, holder: Holder, today: date) -> InboxCounts:
    """How many cases each view holds for this person, in one statement."""
    counted = session.execute(
        select(
            _count(InboxView.NEW, holder, today),
            _count(InboxView.MINE, holder, today),
            _count(InboxView.DUE, holder, today),
            _count(InboxView.ALL, holder, today),
        )
    ).one()
    return InboxCounts(counted[0], counted[1], counted[2], counted[3])


def _order(view: InboxView) -> InstrumentedAttribute[date] | InstrumentedAttribute[date | None]:
    return Case.due_on if view is InboxView.DUE else Case.received_on


def _beyond(view: InboxView, after: Cursor) -> ColumnElement[bool]:
    place = tuple_(_order(view), Case.id)
    end = tuple_(after.day, after.case_id)
    return place < end if view in _NEWEST_FIRST else place > end


def _in_view(view: InboxView, holder: Holder, today: date) -> list[ColumnElement[bool]]:
    if view is InboxView.NEW:
        return [Case.state == FIRST_STATE.value]
    if view is InboxView.MINE:
        return [Case.handler_id == holder.staff_id, Case.state != FINAL_STATE.value]
    if view is InboxView.DUE:
        return [Case.due_on <= today + DUE_SOON]
    return []


def _rows(view: InboxView, holder: Holder, today: date) -> Select[Case, str, int, bytes, bytes]:
    message_count = (
        select(func.max(Message.position)).where(Message.case_id == Case.id).scalar_subquery()
    )
    return (
        select(Case, Staff.name, func.coalesce(message_count, 0), Personal.box, Pool.box)
        .outerjoin(Personal, personally_held(holder))
        .outerjoin(Pool, held_through_pool(holder))
        .outerjoin(Staff, Staff.id == Case.handler_id)
        .where(held(), *_in_view(view, holder, today))
        .execution_options(populate_existing=True)
    )


def _row(row: Row[Case, str, int, bytes, bytes]) -> InboxRow:
    case, handler, message_count, personal_box, intake_box = row
    return InboxRow(
        case_id=case.id,
        flow=Flow(case.flow),
        state=State(case.state),
        received_on=case.received_on,
        due_on=case.due_on,
        reference=case.reference,
        handler_id=case.handler_id,
        handler=handler,
        message_count=message_count,
        personal_box=personal_box,
        intake_box=intake_box,
        sheet_body=case.sheet_body,
        sheet_key=case.sheet_key,
    )


def _count(view: InboxView, holder: Holder, today: date) -> ColumnElement[int]:
    some = (
        select(Case.id)
        .outerjoin(Personal, personally_held(holder))
        .outerjoin(Pool, held_through_pool(holder))
        .where(held(), *_in_view(view, holder, today))
        .limit(COUNT_LIMIT)
        .subquery()
    )
    return select(func.count()).select_from(some).scalar_subquery()
