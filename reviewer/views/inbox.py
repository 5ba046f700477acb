"""The inbox: what is new, mine and due."""

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _

from cases.actions.inbox import InboxPage, open_inbox
from cases.domain.roles import Permission
from cases.errors import NotFound
from cases.queries.erasures import count_due
from cases.queries.inbox import COUNT_LIMIT, Cursor, InboxCounts, InboxView, inbox_counts
from cases.queries.reminders import reminders
from reviewer.case_page import DONE
from reviewer.case_texts import authority_name
from reviewer.deadlines import deadline
from reviewer.opened import as_reference, opened_by_reference
from reviewer.pressure_notice import pressure_notice
from reviewer.reminders import ReminderPanel, reminder_panel
from reviewer.roster_notice import roster_notice
from reviewer.session import signed_in
from web.access import needs
from web.database import db
from web.services import services

Tab = tuple[LazyString, str, bool, str]

blueprint = Blueprint("inbox", __name__)

LONGEST_REFERENCE = 30

_CAPTIONS = {
    InboxView.NEW: _("New cases, those that wait longest first"),
    InboxView.MINE: _("Cases that you handle, the newest first"),
    InboxView.DUE: _("Cases due within a week or late, the most urgent first"),
    InboxView.ALL: _("All cases that you can open, the newest first"),
}
_EMPTY = {
    InboxView.NEW: _("No new cases. What comes in appears here."),
    InboxView.MINE: _("You handle no case now. Take one from “New” or “All”."),
    InboxView.DUE: _("Nothing is due within a week."),
    InboxView.ALL: _("There is no case that you can open yet."),
}


@blueprint.get("/")
@needs(Permission.SEE_CASES)
def cases() -> ResponseReturnValue:
    """One view of the inbox, from the place in the list that the address names."""
    person, today = signed_in(), services().today()
    view = _view(request.args.get("view", ""))
    after = Cursor.from_text(request.args.get("after", ""))
    found = open_inbox(db(), view, person.keys, today, after)
    roster = services().roster_if_verified(asks=True)
    return render_template(
        "reviewer/inbox.html",
        view=view,
        tabs=_tabs(view, inbox_counts(db(), person.keys.holder, today)),
        items=found.items,
        next_url=_next_url(view, found),
        first_url=url_for("inbox.cases", view=view.value) if after else None,
        caption=_CAPTIONS[view],
        empty_text=_EMPTY[view],
        authority_name=authority_name,
        today=today,
        deadline=deadline,
        done=DONE.get(request.args.get("done", "")),
        reminders=_reminders(today) if after is None else None,
        roster_holds=roster is not None,
        roster_notice=roster_notice(roster, person),
        missing_reference=request.args.get("missing", ""),
        to_erase=_to_erase(today),
        pressure=pressure_notice(),
    )


@blueprint.get("/find")
@needs(Permission.SEE_CASES)
def find() -> ResponseReturnValue:
    """Go to the case with a reference; one that this person cannot open answers as absent."""
    reference = as_reference(request.args.get("reference", ""))
    try:
        found = opened_by_reference(reference)
    except NotFound:
        return redirect(url_for("inbox.cases", missing=reference[:LONGEST_REFERENCE]))
    return redirect(url_for("case.page", case_id=found.case_id.hex()))


def _reminders(today: date) -> ReminderPanel:
    return reminder_panel(reminders(db(), signed_in().keys.holder, today), today)


def _to_erase(today: date) -> int:
    """How many cases wait for a head to erase them; for nobody else."""
    erases = signed_in().member.may(Permission.ERASE_CASES)
    return count_due(db(), today) if erases else 0


def _view(name: str) -> InboxView:
    return InboxView(name) if name in set(InboxView) else InboxView.NEW


def _tabs(current: InboxView, counts: InboxCounts) -> list[Tab]:
    named = {
        InboxView.NEW: (lazy_pgettext("view of the inbox", "New"), counts.new),
        InboxView.MINE: (_("Mine"), counts.mine),
        InboxView.DUE: (_("Due"), counts.due),
        InboxView.ALL: (_("All"), counts.all),
    }
    return [
        (text, url_for("inbox.cases", view=view.value), view is current, _count(number))
        for view, (text, number) in named.items()
    ]


def _count(number: int) -> str:
    return f"{COUNT_LIMIT - 1}+" if number >= COUNT_LIMIT else str(number)


def _next_url(view: InboxView, found: InboxPage) -> str | None:
    if found.next is None:
        return None
    return url_for("inbox.cases", view=view.value, after=found.next.text)
