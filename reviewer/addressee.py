"""Whom a letter to a public service goes to.

A step that is told only where a service was contacted is told to one that was: another, even the
one that the case is about, would learn from the letter that there is a case.
"""

from cases.actions.reading import OpenCase
from cases.domain.consultation_names import service_name
from cases.domain.details import Consultation
from cases.domain.facts import Facts
from cases.domain.flows import Action, Notice, transition
from reviewer.case_texts import service_name_in
from web.reference import reference


def addressee(case: OpenCase, notice: Notice, language: str) -> str:
    """The service that reads what a step tells, in a language; empty where nobody knows it.

    Args:
        case: the case.
        notice: whether the step's row tells a service always, or one that was contacted.
        language: of the name.
    """
    asked = [each.asked for each in case.dossier.consultations.values() if each.released_on]
    if notice is not Notice.IF_CONTACTED or not asked or _was_asked(case.facts, asked):
        return service_name_in(case.facts, language)
    return service_name(asked[-1], reference(), language)


def addressee_at(case: OpenCase, position: int, language: str) -> str:
    """The same for a step of the history."""
    action = next((each.action for each in case.history if each.position == position), None)
    row = transition(case.flow, action) if isinstance(action, Action) else None
    return addressee(case, row.notice if row else Notice.NEVER, language)


def _was_asked(facts: Facts, asked: list[Consultation]) -> bool:
    about = (facts.authority, facts.authority_other)
    return any((each.service, each.service_other) == about for each in asked)
