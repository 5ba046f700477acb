"""The inbox: one statement for a page of it, however many cases there are.

The ids of a page are found first, from indexes alone: what a person cannot open is passed over
without reading its row. Pages follow each other by the last row's place in the order and not by
counting rows, so that the hundredth page costs as much as the first and nobody misses a case that
moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    Subquery,
    func,
    select,
    tuple_,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from cases.domain.flows import FINAL_STATE, FIRST_STATE, Flow, State
from cases.domain.grants import HolderKind
from cases.models import Case, CaseGrant, Clock, Message, Staff
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
    # The first day of the term that ends then.
    term_started_on: date | None
    reference: str | None
    handler_id: bytes | None
    handler: str | None
    message_count: int
    personal_kind: str | None
    personal_box: bytes | None
    intake_box: bytes | None
    sheet_body: bytes
    sheet_key: bytes

    @property
    def in_pool(self) -> bool:
        """Whether the person opens it as one of those at intake."""
        return self.intake_box is not None or self.personal_kind == HolderKind.POOL_MEMBER.value


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
    page = _page(view, holder, today, after, limit)
    message_count = (
        select(func.max(Message.position)).where(Message.case_id == Case.id).scalar_subquery()
    )
    rows = (
        select(
            Case,
            Staff.name,
            func.coalesce(message_count, 0),
            _term_started_on(),
            Personal.holder_kind,
            Personal.box,
            Pool.box,
        )
        .join(page, page.c.id == Case.id)
        .outerjoin(Personal, personally_held(holder))
        .outerjoin(Pool, held_through_pool(holder))
        .outerjoin(Staff, Staff.id == Case.handler_id)
        .order_by(*_order(view))
        .execution_options(populate_existing=True)
    )
    return [_row(row) for row in session.execute(rows)]


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


def _term_started_on() -> ScalarSelect[date]:
    """Of the term that gives the case its due day; of two the one that has run longer."""
    runs = Clock.stopped_on.is_(None), Clock.suspended_on.is_(None)
    started = select(func.min(Clock.started_on))
    return started.where(
        Clock.case_id == Case.id, Clock.due_on == Case.due_on, *runs
    ).scalar_subquery()


def _day(view: InboxView) -> InstrumentedAttribute[date] | InstrumentedAttribute[date | None]:
    return Case.due_on if view is InboxView.DUE else Case.received_on


def _order(view: InboxView) -> tuple[ColumnElement[date | None], ColumnElement[bytes]]:
    if view in _NEWEST_FIRST:
        return _day(view).desc(), Case.id.desc()
    return _day(view).asc(), Case.id.asc()


def _page(
    view: InboxView, holder: Holder, today: date, after: Cursor | None, limit: int
) -> Subquery:
    if view is InboxView.ALL:
        return newest_held(holder, after, limit)
    ids = (
        select(Case.id.label("id"))
        .outerjoin(Personal, personally_held(holder))
        .outerjoin(Pool, held_through_pool(holder))
        .where(held(), *_in_view(view, holder, today))
        .order_by(*_order(view))
    )
    for grant in (Personal, Pool):
        # SQLite would rather look into the table, whose rows are large; the index holds both ids.
        ids = ids.with_hint(grant, "INDEXED BY ix_case_grant_key_id_case_id", "sqlite")
    if after is not None:
        ids = ids.where(_beyond(view, after))
    return ids.limit(limit).subquery()


def newest_held(holder: Holder, after: Cursor | None, limit: int) -> Subquery:
    """The newest of what each key holds, by an index; a case that both hold counts once."""
    keys = (holder.personal_key, *holder.pool_keys)
    each = union(*(_newest(key, after, limit) for key in keys)).subquery()
    newest = select(each.c.id).order_by(each.c.received_on.desc(), each.c.id.desc())
    return newest.limit(limit).subquery()


def _newest(key_id: bytes, after: Cursor | None, limit: int) -> Select[bytes, date]:
    place = CaseGrant.received_on, CaseGrant.case_id
    grants = select(CaseGrant.case_id.label("id"), CaseGrant.received_on).where(
        CaseGrant.key_id == key_id
    )
    if after is not None:
        grants = grants.where(tuple_(*place) < tuple_(after.day, after.case_id))
    # In brackets of its own: a part of a union has no limit on SQLite.
    some = grants.order_by(*(column.desc() for column in place)).limit(limit).subquery()
    return select(some.c.id, some.c.received_on)


def _beyond(view: InboxView, after: Cursor) -> ColumnElement[bool]:
    place = tuple_(_day(view), Case.id)
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


def _row(row: Row[Case, str, int, date | None, str, bytes, bytes]) -> InboxRow:
    case, handler, message_count, term_started_on, personal_kind, personal_box, intake_box = row
    return InboxRow(
        case_id=case.id,
        flow=Flow(case.flow),
        state=State(case.state),
        received_on=case.received_on,
        due_on=case.due_on,
        term_started_on=term_started_on,
        reference=case.reference,
        handler_id=case.handler_id,
        handler=handler,
        message_count=message_count,
        personal_kind=personal_kind,
        personal_box=personal_box,
        intake_box=intake_box,
        sheet_body=case.sheet_body,
        sheet_key=case.sheet_key,
    )


def _count(view: InboxView, holder: Holder, today: date) -> ColumnElement[int]:
    some = _page(view, holder, today, None, COUNT_LIMIT)
    return select(func.count()).select_from(some).scalar_subquery()
