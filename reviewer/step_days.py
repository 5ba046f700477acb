"""On which days the deadlines of a case end once a step is taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from cases.domain import clocks as counting
from cases.domain.flows import RESTARTED_BY_MESSAGE, WITH_A_SUBJECT, ClockKind, Flow, Transition
from cases.domain.holidays import public_holidays
from cases.domain.reference import ReferenceData


class RunningClock(Protocol):
    """A clock that nothing has stopped."""

    kind: str
    started_on: date
    due_on: date
    suspended_on: date | None


@dataclass(frozen=True)
class StepDays:
    """`running`: the clocks of the case now. `due`: the last day of those that start, run on, are
    extended or start anew, if the step is taken today."""

    running: frozenset[ClockKind]
    due: Mapping[ClockKind, date]
    kept: Mapping[ClockKind, date]

    def of_letter(self, row: Transition) -> date | None:
        """The day that a letter of the step speaks of: of what it starts or extends, or else of
        what was promised already."""
        for kind in (*row.starts, *row.extends, *row.resumes):
            if kind in self.due and kind not in WITH_A_SUBJECT:
                return self.due[kind]
        for kind in (ClockKind.FEEDBACK, ClockKind.ADMISSIBILITY, ClockKind.NEWS):
            if kind in self.kept and kind not in row.stops:
                return self.due.get(kind, self.kept[kind])
        return None


def step_days(
    flow: Flow,
    row: Transition,
    running: Mapping[ClockKind, RunningClock],
    rules: ReferenceData,
    today: date,
) -> StepDays:
    """What a step of this row, taken today, does to the days.

    Args:
        flow: of the case.
        row: of the flow's table.
        running: its clocks; one of each kind.
        rules: the periods.
        today: the first day of what starts.
    """
    due: dict[ClockKind, date] = {}
    for kind in (*row.starts, *(RESTARTED_BY_MESSAGE & set(running))):
        period = rules.period(flow, kind, today)
        due[kind] = counting.due_on(period, today, public_holidays(today.year))
    for kind in row.extends:
        if kind in running:
            started = running[kind].started_on
            period = rules.period(flow, kind, started)
            due[kind] = counting.extended_to(period, started, public_holidays(started.year))
    for kind in row.resumes:
        clock = running.get(kind)
        if clock is not None and clock.suspended_on is not None:
            due[kind] = counting.resumed_on(clock.due_on, clock.suspended_on, today)
    kept = {kind: clock.due_on for kind, clock in running.items()}
    return StepDays(frozenset(running), due, kept)
