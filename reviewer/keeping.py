"""How long the file of a case is kept, in words."""

from dataclasses import dataclass
from datetime import date

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from cases.actions.reading import OpenCase
from cases.domain.details import Retention
from cases.domain.flows import FINAL_STATE
from cases.domain.retention import erase_on
from reviewer.case_texts import Rows

_MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Keeping:
    """What the page of a case says of the end of its file.

    Attributes:
        on_hold: whether a legal hold keeps it, whatever the day.
        rows: the period, its day and its reason; none while the case is open.
        undecided: it is closed, and nobody has chosen a period.
        over: the day has come, so that a head can erase it.
    """

    on_hold: bool
    rows: Rows
    undecided: bool
    over: bool


def keeping(case: OpenCase, today: date) -> Keeping:
    """How long this case is kept."""
    file = case.dossier
    closed, kept, since = case.state is FINAL_STATE, file.retention, file.closed_on
    if not closed or kept is None or since is None:
        return Keeping(file.on_hold, [], closed, over=False)
    last = erase_on(since, kept)
    day = (_("Can be erased from"), format_date(last))
    return Keeping(file.on_hold, [day, *retention_rows(kept)], undecided=False, over=last <= today)


def retention_rows(kept: Retention) -> Rows:
    """What was chosen, by which rule, and why where somebody chose otherwise."""
    rows = [(_("Kept for"), period(kept.months)), (_("By this rule"), kept.source)]
    if kept.months != kept.proposed:
        rows += [(_("The rule says"), period(kept.proposed)), (_("Why another period"), kept.why)]
    return rows


def period(months: int) -> str:
    """Years where they are whole, else months."""
    years, rest = divmod(months, _MONTHS_OF_A_YEAR)
    if rest or not years:
        return ngettext("%(num)s month after closing", "%(num)s months after closing", months)
    return ngettext("%(num)s year after closing", "%(num)s years after closing", years)
