"""The reminders as the inbox shows them: few at once, the most urgent first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.domain.flows import ClockKind, Flow
from cases.queries.reminders import REMINDER_LIMIT, ReminderRow
from reviewer.deadlines import Deadline, deadline

SHOWN = 5


@dataclass(frozen=True, slots=True)
class ShownReminder:
    """One line of the panel."""

    case_id: bytes
    reference: str | None
    flow: Flow
    received_on: date
    kind: ClockKind
    deadline: Deadline | None


@dataclass(frozen=True, slots=True)
class ReminderPanel:
    """How many reminders wait (counted to `REMINDER_LIMIT`), and those that are shown."""

    count: int
    shown: tuple[ShownReminder, ...]

    @property
    def capped(self) -> bool:
        """Whether there may be more than were counted."""
        return self.count >= REMINDER_LIMIT

    @property
    def shortened(self) -> bool:
        """Whether some are not shown."""
        return self.count > len(self.shown)


def reminder_panel(rows: Sequence[ReminderRow], today: date) -> ReminderPanel:
    """The panel over these reminders, which are in order."""
    return ReminderPanel(len(rows), tuple(_shown(row, today) for row in rows[:SHOWN]))


def _shown(row: ReminderRow, today: date) -> ShownReminder:
    due = deadline(row.started_on, row.due_on, today)
    return ShownReminder(row.case_id, row.reference, row.flow, row.received_on, row.kind, due)
