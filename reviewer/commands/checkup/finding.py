"""One thing that is not as it should be."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, and what it means and asks for, in the operator's language.

    Attributes:
        what: in one line, without a full stop.
        advice: why it matters, and what to do.
    """

    what: str
    advice: str
