"""The inbox as a person reads it: rows from one query, each sheet opened."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from cases.actions.reading import open_grant, open_sheet
from cases.actions.signed_in import StaffKeys
from cases.domain.flows import Flow, State
from cases.domain.sheets import Sheet
from cases.errors import FactsMalformed, NotFound
from cases.queries.inbox import PAGE_SIZE, Cursor, InboxRow, InboxView, inbox, next_cursor
from crypto.errors import CryptoError


@dataclass(frozen=True)
class InboxItem:
    """One case in the inbox.

    `sheet` is None when the case does not open although a grant is there: it is damaged. `news`
    says that the reporter wrote since the office last did.
    """

    case_id: bytes
    flow: Flow
    state: State
    received_on: date
    due_on: date | None
    term_started_on: date | None
    reference: str | None
    handler: str | None
    in_pool: bool
    news: bool
    sheet: Sheet | None = field(repr=False)


@dataclass(frozen=True)
class InboxPage:
    """Part of the inbox, and where the next part starts."""

    items: tuple[InboxItem, ...]
    next: Cursor | None


def open_inbox(
    session: Session,
    view: InboxView,
    keys: StaffKeys,
    today: date,
    after: Cursor | None = None,
    limit: int = PAGE_SIZE,
) -> InboxPage:
    """A page of the inbox; arguments as `queries.inbox.inbox`."""
    rows = inbox(session, view, keys.holder, today, after, limit)
    return InboxPage(tuple(_item(row, keys) for row in rows), next_cursor(view, rows, limit))


def _item(row: InboxRow, keys: StaffKeys) -> InboxItem:
    sheet = _sheet(row, keys)
    return InboxItem(
        case_id=row.case_id,
        flow=row.flow,
        state=row.state,
        received_on=row.received_on,
        due_on=row.due_on,
        term_started_on=row.term_started_on,
        reference=row.reference,
        handler=row.handler,
        in_pool=row.in_pool,
        news=sheet is not None and row.message_count > sheet.seen.position,
        sheet=sheet,
    )


def _sheet(row: InboxRow, keys: StaffKeys) -> Sheet | None:
    try:
        private = open_grant(row.case_id, row.personal_box, row.intake_box, keys)
        return open_sheet(row.case_id, row.sheet_body, row.sheet_key, private)
    except (CryptoError, FactsMalformed, NotFound):
        return None
