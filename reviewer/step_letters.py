"""The letters of a step: where they start from, and what its own answers put into them.

What the case says already stands in the draft. What only the step knows (the reference that it
gives, the body that is chosen on the same page) stays between braces until it is known: the answers
are put in for the preview and again when the step is taken, the reference by the step itself.
"""

from dataclasses import dataclass
from datetime import date

from cases.domain.details import NormVerdict
from cases.domain.flows import Transition
from cases.domain.letters import Audience, LetterFields, fill_later
from cases.domain.reference import in_language
from reviewer.case_texts import service_name_in
from reviewer.desk import Desk
from reviewer.forms.details import DetailForm
from reviewer.messages import first_draft
from reviewer.office_name import office_name
from reviewer.service_language import service_language
from reviewer.service_reference import reference_for_service

REFERENCE = "reference"


@dataclass(frozen=True, repr=False)
class Signature:
    """Who writes: the person who handles the case; and the day that is promised."""

    handler: str
    due_on: date | None


def draft(
    desk: Desk,
    row: Transition,
    form: DetailForm | None,
    signature: Signature,
    audience: Audience,
) -> str:
    """The text that a step starts from for a reader; empty where there is none."""
    case = desk.case
    later = set(form.letter_names) if form is not None else set()
    if case.reference is None and row.gives_reference:
        later.add(REFERENCE)
    language = service_language(case) if audience is Audience.SERVICE else case.facts.language
    return first_draft(
        case.flow,
        row.action.value,
        language,
        _values(desk, signature, audience, language),
        audience,
        frozenset(later),
    )


def filled(text: str, form: DetailForm | None, language: str) -> str:
    """A text as it is read, with the answers of a valid form; line ends as they are stored."""
    text = text.replace("\r\n", "\n").strip()
    return fill_later(text, **form.fills(language)) if form is not None else text


def _values(desk: Desk, signature: Signature, audience: Audience, language: str) -> LetterFields:
    case = desk.case
    given = [each.given.text for each in case.dossier.recommendations.values() if each.open]
    findings = case.dossier.findings
    return LetterFields(
        reference=_reference(desk, audience),
        handler=signature.handler,
        office=office_name(language),
        service=service_name_in(case.facts, language),
        received_on=case.received_on,
        today=desk.today,
        due_on=signature.due_on,
        norms=_breached(desk, language),
        recommendation="\n\n".join(given),
        referral=desk.rules.competence(
            case.facts.authority, case.flow, case.received_on
        ).own_ombuds(language),
        reason=_grounds(desk, language),
        findings=findings.text if findings else None,
    )


def _reference(desk: Desk, audience: Audience) -> str | None:
    case = desk.case
    return reference_for_service(case) or None if audience is Audience.SERVICE else case.reference


def _breached(desk: Desk, language: str) -> str:
    """Each norm that was breached, with the reason, one on a line."""
    names = {norm.code: in_language(norm.names, language) for norm in desk.rules.norms}
    return "\n".join(
        f"- {names.get(each.norm, each.norm)}: {each.why}"
        for each in desk.case.dossier.norms.values()
        if each.verdict is NormVerdict.BREACHED
    )


def _grounds(desk: Desk, language: str) -> str:
    """What the grounds of refusal found mean, for the person."""
    check = desk.case.dossier.admissibility
    codes = check.grounds if check else ()
    return "\n".join(
        ground.explanation(language) or ground.name(language)
        for ground in desk.rules.grounds
        if ground.code in codes
    )
