"""What the file already says that a decision rests on, to be read beside its form."""

from cases.domain.details import Details
from cases.domain.flows import Action
from reviewer.case_texts import Rows
from reviewer.desk import Desk
from reviewer.detail_texts import detail_rows

_ON_THE_CHECK = frozenset(
    {
        Action.ACCEPT,
        Action.ASK_SERVICE_FIRST,
        Action.DECLARE_INADMISSIBLE,
        Action.REFER,
        Action.TRANSMIT,
        Action.DISMISS_MINOR,
        Action.DISMISS_REPETITIVE,
    }
)
_ON_THE_LINK = frozenset({Action.ASK_JUSTIFICATION, Action.CONCLUDE_NOT_LINKED})
_ON_THE_JUSTIFICATION = frozenset({Action.CONCLUDE_JUSTIFIED, Action.CONCLUDE_REPRISAL})
_ON_THE_NORMS = frozenset(
    {
        Action.CONCLUDE_FOUNDED,
        Action.CONCLUDE_PARTLY_FOUNDED,
        Action.CONCLUDE_UNFOUNDED,
        Action.CONCLUDE_RECONCILED,
    }
)


def basis(desk: Desk, action: Action) -> list[Rows]:
    """The newest check, or each norm that was examined; nothing for a step that decides nothing."""
    return [rows for found in _found(desk, action) if (rows := detail_rows(found))]


def _found(desk: Desk, action: Action) -> list[Details | None]:
    file = desk.case.dossier
    if action in _ON_THE_CHECK:
        return [file.admissibility or file.scope]
    if action in _ON_THE_LINK:
        return [file.link]
    if action in _ON_THE_JUSTIFICATION:
        return [file.justification]
    if action in _ON_THE_NORMS:
        return list(file.norms.values())
    return [file.findings] if action is Action.CONCLUDE else []
