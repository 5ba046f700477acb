"""What happened in a case and what is due, day by day, with today's place among it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Protocol

from flask_babel import LazyString, pgettext
from flask_babel import gettext as _

from cases.actions.reading import OpenCase
from cases.actions.threads import Author, MessageKind, ThreadMessage
from cases.domain.flows import ClockKind
from reviewer.case_file import HistoryRow, history_rows
from reviewer.deadlines import Deadline, deadline
from web.labels import text_of

# Decisions and new keys are steps as well, and the first message is what came in.
_MESSAGES = frozenset({MessageKind.REPLY, MessageKind.QUESTION, MessageKind.ANSWER})


class Term(Protocol):
    """A clock of a case, running or not."""

    kind: str
    started_on: date
    due_on: date
    stopped_on: date | None
    suspended_on: date | None
    extended_on: date | None


class Mark(IntEnum):
    """The kind of a moment, each with a shape of its own; the higher says more."""

    MESSAGE = 1
    STEP = 2
    MOVED = 3
    RECEIVED = 4
    TODAY = 5
    DUE = 6

    @property
    def shape(self) -> str:
        """The name of its shape in the stylesheet."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, repr=False)
class Moment:
    """One line of the timeline: `row` where it is a step, `due` where it is the end of a term."""

    day: date
    mark: Mark
    title: LazyString | str
    by: str = ""
    row: HistoryRow | None = None
    due: Deadline | None = None


def timeline(
    case: OpenCase,
    typed_by: str | None,
    messages: Iterable[ThreadMessage],
    terms: Iterable[Term],
    today: date,
) -> Sequence[Moment]:
    """Every moment of a case, the oldest first; of one day what happened before what is due.

    Today's place and what is due are there while a term runs.

    Args:
        case: what happened in it.
        typed_by: who of the office typed it in, if anybody.
        messages: of its thread.
        terms: of the case; those that stand still or ended have no day ahead.
        today: which of them are late.
    """
    happened = [
        _received(case, typed_by),
        *(_step(each) for each in history_rows(case)),
        *(_message(each) for each in messages if each.kind in _MESSAGES),
    ]
    running = [each for each in terms if each.stopped_on is None]
    ahead = [_due(each, today) for each in running if each.suspended_on is None]
    now = [Moment(today, Mark.TODAY, _("Today"))] if running else []
    return sorted([*happened, *now, *ahead], key=_place)


def _place(moment: Moment) -> tuple[date, bool, bool]:
    return moment.day, moment.mark is Mark.DUE, moment.mark is Mark.TODAY


def _received(case: OpenCase, typed_by: str | None) -> Moment:
    by = _("typed in by %(name)s", name=typed_by) if typed_by else ""
    return Moment(case.received_on, Mark.RECEIVED, pgettext("history", "Received"), by)


def _step(row: HistoryRow) -> Moment:
    mark = Mark.MOVED if row.moved else Mark.STEP
    return Moment(row.entry.day, mark, text_of(row.entry.action), row.entry.actor, row)


def _message(message: ThreadMessage) -> Moment:
    office = message.author is Author.OFFICE
    who = (message.by or _("The office")) if office else _("The person")
    return Moment(message.day, Mark.MESSAGE, text_of(message.kind), who)


def _due(term: Term, today: date) -> Moment:
    found = deadline(term.started_on, term.due_on, today)
    title = _("Deadline: %(name)s", name=text_of(ClockKind(term.kind)))
    return Moment(term.due_on, Mark.DUE, title, due=found)
