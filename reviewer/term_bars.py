"""The terms of a case as bars on one scale of days, with the steps and today on the same scale.

Only where things lie is counted here, in percent of the drawing's width. The words beside each bar
say the same, so that nobody needs the drawing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString, ngettext

from cases.domain.flows import ClockKind
from reviewer.deadlines import Deadline, deadline
from reviewer.timeline import Mark, Moment, Term
from web.labels import text_of


@dataclass(frozen=True, slots=True)
class Scale:
    """The days that a drawing spans; `today` only where something can still happen."""

    first: date
    last: date
    today: date | None

    def at(self, day: date) -> float:
        """How far along the drawing a day lies, in percent; at its edge what lies outside."""
        length = max(1, (self.last - self.first).days)
        return round(min(1.0, max(0.0, (day - self.first).days / length)) * 100, 2)

    @property
    def now(self) -> float | None:
        """Where today lies."""
        return None if self.today is None else self.at(self.today)


@dataclass(frozen=True, slots=True)
class Bar:
    """Places in percent: the whole term from `start` to `due`, what passed of it, up to `reached`,
    and what is not the term any more, up to `beyond`: days late, or days that do not count."""

    start: float
    due: float
    reached: float
    beyond: float
    extended: float | None


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term in words and as a bar; `passed` is empty where nothing counts any more."""

    name: LazyString
    term: Term
    bar: Bar
    deadline: Deadline | None
    passed: str


@dataclass(frozen=True, slots=True)
class TermBars:
    """All of the drawing. `steps`: (place, mark) of each day on which something happened."""

    scale: Scale
    steps: Sequence[tuple[float, Mark]]
    running: Sequence[TermRow]
    ended: Sequence[TermRow]


def term_bars(terms: Sequence[Term], moments: Iterable[Moment], today: date) -> TermBars:
    """The terms of a case and its steps on one scale.

    Args:
        terms: every clock of the case, in the order in which they are shown.
        moments: of its timeline, at least the day it came in.
        today: where the drawing's line stands.
    """
    happened = [each for each in moments if each.mark not in (Mark.TODAY, Mark.DUE)]
    scale = _scale(terms, [each.day for each in happened], today)
    rows = [_row(each, scale, today) for each in terms]
    return TermBars(
        scale,
        _weightiest(happened, scale),
        [each for each in rows if each.term.stopped_on is None],
        [each for each in rows if each.term.stopped_on is not None],
    )


def _scale(terms: Sequence[Term], happened: Sequence[date], today: date) -> Scale:
    running = [each.due_on for each in terms if each.stopped_on is None]
    ended = [each.stopped_on for each in terms if each.stopped_on is not None]
    # Where nothing runs, all that came after the last event would only press the rest together.
    last = max((*running, *happened, *ended, *([today] if running else ())))
    first = min((*happened, *(each.started_on for each in terms)))
    return Scale(first, last, today if running else None)


def _row(term: Term, scale: Scale, today: date) -> TermRow:
    still = term.suspended_on if term.stopped_on is None else None
    found = deadline(term.started_on, term.due_on, today, term.stopped_on)
    counts = term.stopped_on is None and still is None and today <= term.due_on
    return TermRow(
        name=text_of(ClockKind(term.kind)),
        term=term,
        bar=_bar(term, scale, today),
        deadline=None if still else found,
        passed=_passed(term, today) if counts else "",
    )


def _bar(term: Term, scale: Scale, today: date) -> Bar:
    ended = term.stopped_on or today
    counted = min(term.due_on, ended, term.suspended_on or ended)
    stands = term.suspended_on is not None or ended > term.due_on
    return Bar(
        start=scale.at(term.started_on),
        due=scale.at(term.due_on),
        reached=scale.at(counted),
        beyond=scale.at(ended if stands else counted),
        extended=scale.at(term.extended_on) if term.extended_on else None,
    )


def _passed(term: Term, today: date) -> str:
    length, passed = (term.due_on - term.started_on).days, (today - term.started_on).days
    return str(
        ngettext(
            "%(passed)s of %(num)d day has passed",
            "%(passed)s of %(num)d days have passed",
            length,
            passed=max(0, passed),
        )
    )


def _weightiest(happened: Iterable[Moment], scale: Scale) -> Sequence[tuple[float, Mark]]:
    """One mark for each day: of two on one day the one that says more."""
    found: dict[date, Mark] = {}
    for each in happened:
        found[each.day] = max(each.mark, found.get(each.day, each.mark))
    return [(scale.at(day), mark) for day, mark in sorted(found.items())]
