"""A deadline in words, with the share of the period that has passed."""

from dataclasses import dataclass
from datetime import date

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

SOON_DAYS = 3


@dataclass(frozen=True, slots=True)
class Deadline:
    """As a page shows it: `tone` is calm, soon, late or done; `fraction` 0 to 1."""

    text: str
    tone: str
    fraction: float


def deadline(
    started_on: date, due_on: date | None, today: date, stopped_on: date | None = None
) -> Deadline | None:
    """What a page says of a period; None where no clock runs."""
    if stopped_on is not None:
        return Deadline(_("Done on %(day)s", day=format_date(stopped_on, "medium")), "done", 1)
    if due_on is None:
        return None
    left = (due_on - today).days
    return Deadline(_in_words(left), _tone(left), _fraction(started_on, due_on, today))


def _in_words(left: int) -> str:
    if left < 0:
        text = ngettext("%(num)d day late", "%(num)d days late", -left)
    elif left == 0:
        text = _("Due today")
    else:
        text = ngettext("%(num)d day left", "%(num)d days left", left)
    return str(text)


def _tone(left: int) -> str:
    if left < 0:
        return "late"
    return "soon" if left <= SOON_DAYS else "calm"


def _fraction(started_on: date, due_on: date, today: date) -> float:
    length = max(1, (due_on - started_on).days)
    return min(1.0, max(0.0, (today - started_on).days / length))
