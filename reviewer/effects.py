"""What a step does, in words, read from its row of the flow's table: who is told, which deadlines
move and to which day."""

from collections.abc import Iterator

from flask_babel import format_date
from flask_babel import gettext as _

from cases.domain.flows import (
    RESTARTED_BY_MESSAGE,
    STOPPED_BY_CLOSING,
    WITH_A_SUBJECT,
    ClockKind,
    Notice,
    Transition,
)
from cases.domain.policies import Allowed
from reviewer.step_days import StepDays
from web.labels import text_of


def effects(
    row: Transition,
    allowed: Allowed,
    days: StepDays,
    mailbox_open: bool,
    second_person: bool = False,
) -> list[str]:
    """One sentence for each thing that the step changes, and for whoever is told of it."""
    return [
        *_state(row),
        *_told(row, allowed, mailbox_open, second_person),
        *_clocks(row, days),
    ]


def _state(row: Transition) -> Iterator[str]:
    if row.target is None:
        yield _("The case stays where it is; the step is kept in its file.")
    else:
        yield _("The case is then: %(state)s.", state=text_of(row.target))
    if row.gives_reference:
        yield _("The case gets its reference, and the person reads it.")


def _told(
    row: Transition, allowed: Allowed, mailbox_open: bool, second_person: bool
) -> Iterator[str]:
    if not mailbox_open:
        yield _("The person is not told: the mailbox was deleted.")
    elif allowed.message_required:
        yield _("The person reads a message.")
    else:
        yield _("The person reads a message only if you write one.")
    if allowed.notice_required and second_person:
        yield _("The public service is told once a second person has released the letter.")
    elif allowed.notice_required:
        yield _("The public service is told.")
    elif row.target is not None or row.notice is not Notice.NEVER:
        yield _("The public service is NOT told.")


def _clocks(row: Transition, days: StepDays) -> Iterator[str]:
    if row.stops == STOPPED_BY_CLOSING:
        yield _("Every deadline of the case stops.")
    else:
        for kind in row.stops:
            if kind in days.running:
                yield _("This deadline stops: %(clock)s.", clock=text_of(kind))
    for kind in row.suspends:
        if kind in days.running:
            yield _("This deadline stands still: %(clock)s.", clock=text_of(kind))
    for kind in row.resumes:
        yield _until(_("This deadline runs on: %(clock)s."), kind, days)
    for kind in row.extends:
        yield _until(_("This deadline is extended: %(clock)s."), kind, days)
    for kind in row.starts:
        yield _until(_("A new deadline starts: %(clock)s."), kind, days)
    if row.message_required:
        for kind in sorted((RESTARTED_BY_MESSAGE & days.running) - {*row.stops, *row.starts}):
            yield _until(_("This deadline starts anew: %(clock)s."), kind, days)


def _until(sentence: str, kind: ClockKind, days: StepDays) -> str:
    text = sentence % {"clock": text_of(kind)}
    day = days.due.get(kind)
    if day is None or kind in WITH_A_SUBJECT:
        return text
    return _("%(sentence)s It ends on %(day)s.", sentence=text, day=format_date(day))
