"""What the register of public services says of the service of a case, in words."""

from flask_babel import gettext as _

from cases.domain.facts import AUTHORITY_OTHER, AUTHORITY_UNKNOWN
from cases.domain.reference import Certainty, Competence
from reviewer.desk import Desk


def competence_of(desk: Desk) -> Competence | None:
    """Whether the office may take the case, on the day it came in; None where no service of the
    register is named."""
    case = desk.case
    if case.facts.authority in ("", AUTHORITY_UNKNOWN, AUTHORITY_OTHER):
        return None
    return desk.rules.competence(case.facts.authority, case.flow, case.received_on)


def unsure(found: Competence | None) -> bool:
    """Whether somebody has to confirm what the register says."""
    return found is not None and found.certainty is not Certainty.CONFIRMED


def register_says(desk: Desk) -> str:
    """Competent or not, who is instead, and whether that is to be confirmed."""
    found = competence_of(desk)
    if found is None:
        return _("Nothing: the service is not in the register.")
    said = _said(found, desk.language)
    return _("%(said)s (to be confirmed)", said=said) if unsure(found) else said


def _said(found: Competence, language: str) -> str:
    if not found.on_record:
        return _("Nothing about this service on that day")
    if found.competent:
        return _("The office is competent")
    instead = found.own_ombuds(language)
    if instead:
        return _("Not competent. Competent instead: %(body)s", body=instead)
    return _("Not competent")
