"""What a question to a public service starts from: the case, the office's letters, an older one."""

from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _

from cases.actions.consultations import Question, question_of
from cases.actions.reading import OpenCase
from cases.domain.clocks import due_on
from cases.domain.details import ConsultationKind, ConsultationWay
from cases.domain.flows import ClockKind
from cases.domain.holidays import public_holidays
from cases.domain.letters import CONSULTATION, Audience, LetterFields
from cases.queries.letters import letters
from reviewer.consultation_forms import ChoicesForm
from reviewer.messages import first_draft
from reviewer.office_name import office_name
from reviewer.service_language import service_language
from web.database import db
from web.reference import reference
from web.services import services


def kinds_for(case: OpenCase) -> list[ConsultationKind]:
    """What can be asked in such a case: whatever the office has a letter for."""
    kept = letters(db())
    return [
        kind
        for kind in ConsultationKind
        if kept.letter(case.flow, CONSULTATION + kind.value, Audience.SERVICE)
    ]


def _usual_day(case: OpenCase) -> date:
    """The day by which an answer is usually expected."""
    today = services().today()
    period = reference().period(case.flow, ClockKind.CONSULTATION, today)
    return due_on(period, today, public_holidays(today.year))


def first_text(case: OpenCase, form: ChoicesForm) -> str:
    """The letter that valid choices start from, with a gap for what is asked."""
    language = form.language.data
    chosen = reference().authority(form.service.data)
    values = LetterFields(
        office=office_name(language),
        service=chosen.name(language) if chosen else form.service_other.data,
        today=services().today(),
        due_on=form.due_on.data,
        received_on=case.received_on,
        answer_way=_answer_way(ConsultationWay(form.way.data), language),
    )
    step = CONSULTATION + str(form.kind.data)
    later = frozenset({"reference"})
    return first_draft(case.flow, step, language, values, Audience.SERVICE, later)


def repeated(case: OpenCase, consultation_id: str) -> Question | None:
    """The question that is asked again, if the page names one of this case."""
    held = {one.id.hex(): one for one in case.dossier.consultations.values()}.get(consultation_id)
    return question_of(held.asked) if held else None


def choices(case: OpenCase, before: Question | None, again: str) -> dict[str, object]:
    """What the form starts from."""
    if before is None:
        return {
            "service": case.facts.authority,
            "service_other": case.facts.authority_other,
            "language": service_language(case),
            "due_on": _usual_day(case),
            "way": ConsultationWay.LINK.value,
        }
    return {
        "kind": before.kind.value,
        "service": before.service,
        "service_other": before.service_other,
        "language": before.language or service_language(case),
        "due_on": max(before.due_on, _usual_day(case)),
        "way": before.way.value,
        "again": again,
    }


def _answer_way(way: ConsultationWay, language: str) -> str:
    with force_locale(language):
        if way is ConsultationWay.LETTER:
            return str(_("Send us a letter."))
        return str(
            _(
                "Open the link that you receive from us and type the ten words that we give you in "
                "another way. You need no account. You can answer once."
            )
        )
