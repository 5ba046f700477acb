"""Where a consultation of a public service stands, and until when its link opens anything."""

from datetime import date, timedelta
from enum import StrEnum

# An answer that comes late is still wanted, after both reminders; a link does not open for ever.
LATE_DAYS = 60


class ConsultationState(StrEnum):
    """Prepared is no row yet: only what was released exists outside the case's own file."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


def still_opens(state: str, due_on: date, today: date) -> bool:
    """Whether the words of a consultation open it: released, not finished, not long overdue."""
    return state == ConsultationState.OPEN and today <= last_day(due_on)


def last_day(due_on: date) -> date:
    """The last day on which the link opens."""
    return due_on + timedelta(days=LATE_DAYS)


def service_reference(consultation_id: bytes) -> str:
    """The reference that the service reads and quotes, such as C-3F2A-91C0.

    It comes from the consultation's id, which stands in the link anyway, and from nothing of the
    case: a report's own reference never leaves the office with a question.
    """
    shown = consultation_id.hex().upper()
    return f"C-{shown[:4]}-{shown[4:8]}"
