"""Where a consultation of a public service stands."""

from enum import StrEnum


class ConsultationState(StrEnum):
    """Prepared is no row yet: only what was released exists outside the case's own file."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
