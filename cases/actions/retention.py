"""How long the file of a case is kept: the readable day that follows from its sealed steps."""

from datetime import date

from cases.actions.reading import OpenCase
from cases.domain.details import Details, Retention
from cases.domain.dossier import Dossier
from cases.domain.flows import Action
from cases.domain.reference import ReferenceData, RetentionRow
from cases.domain.retention import erase_on, outcome_of
from cases.models import Case


def rule_for(opened: OpenCase, today: date, rules: ReferenceData) -> RetentionRow:
    """The rule for this case: of its outcome, by the policy in force when it was closed."""
    outcome = outcome_of([*(each.to_state for each in opened.history), opened.state])
    return rules.retention(opened.flow, outcome, opened.dossier.closed_on or today)


def note_retention(
    case: Case, action: Action, details: Details | None, dossier: Dossier, today: date
) -> None:
    """Write the day on which the case is to be erased, or that it is on hold, into its row.

    Args:
        case: its row.
        action: the step being taken.
        details: of the step.
        dossier: the file before the step.
        today: the day of closing, where the step closes the case.
    """
    if isinstance(details, Retention):
        closed_on = today if action is Action.CLOSE else dossier.closed_on or today
        case.erase_on = erase_on(closed_on, details)
    elif action is Action.REOPEN:
        case.erase_on = None
    elif action is Action.HOLD_ERASURE:
        case.on_hold = True
    elif action is Action.LIFT_HOLD:
        case.on_hold = False
