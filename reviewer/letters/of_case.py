"""The letters and the days of one case, from its history."""

from collections.abc import Callable
from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _

from cases.actions.reading import HistoryEntry, OpenCase
from cases.actions.threads import Thread
from cases.domain.facts import ComplaintFacts, Facts, ProtectionFacts
from cases.domain.flows import FINAL_STATE, Flow
from cases.domain.letters import Audience
from reviewer.letters.documents import (
    DatedStep,
    Letter,
    NoticeTo,
    RecordOfDates,
    paragraphs_of,
)
from reviewer.service_language import service_language
from reviewer.service_reference import reference_for_service
from web.labels import text_of


def letter_of(
    case: OpenCase,
    thread: Thread,
    position: int,
    audience: Audience,
    office: Callable[[str], str],
    office_lines: tuple[str, ...],
    service: str,
) -> Letter | None:
    """What a step told the person or the service, as a letter; None where it told them nothing,
    or where the service may not read it before a second person did.

    Args:
        case: as this person of the office reads it.
        thread: of the case; a message that cannot be believed makes no letter.
        position: of the step in the history.
        audience: whose copy.
        office: its name in a language.
        office_lines: its address.
        service: the name of the public service, in the language in which it is written to.
    """
    entry = next((each for each in case.history if each.position == position), None)
    text = _text(case, entry, thread, audience) if entry else ""
    if entry is None or not text:
        return None
    language = service_language(case) if audience is Audience.SERVICE else case.facts.language
    return Letter(
        language=language,
        office=office(language),
        office_lines=office_lines,
        addressee=(service,) if audience is Audience.SERVICE else _person(case.facts),
        reference=_reference(case, audience),
        day=entry.day,
        subject=_subject(case, audience, language),
        paragraphs=paragraphs_of(text),
        signature=entry.actor,
    )


def record_of_dates(case: OpenCase, office: Callable[[str], str], issued_on: date) -> RecordOfDates:
    """The days on which the case was lodged, went on, was told of and was closed."""
    with force_locale(case.facts.language):
        steps = [step for entry in case.history for step in _dated(case, entry)]
        kind = str(text_of(case.flow))
    closings = [each.day for each in case.history if each.to_state is FINAL_STATE]
    return RecordOfDates(
        language=case.facts.language,
        office=office(case.facts.language),
        reference=case.reference or case.case_id.hex(),
        kind=kind,
        lodged_on=case.received_on,
        # What waited for a second person was told on a later day than its step.
        steps=tuple(sorted(steps, key=lambda step: step.day)),
        closed_on=closings[-1] if case.state is FINAL_STATE and closings else None,
        issued_on=issued_on,
    )


def _text(case: OpenCase, entry: HistoryEntry, thread: Thread, audience: Audience) -> str:
    if audience is Audience.SERVICE:
        return "" if case.file.notice_waits(entry.position) else entry.notice
    return next(
        (each.text for each in thread.messages if each.position == entry.message_position), ""
    )


def _person(facts: Facts) -> tuple[str, ...]:
    # Whoever reports abuse has a mailbox, and no name that a letter could show.
    if not isinstance(facts, ComplaintFacts | ProtectionFacts):
        return ()
    lines = (facts.identity.name, *facts.identity.address.splitlines())
    return tuple(line.strip() for line in lines if line.strip())


def _reference(case: OpenCase, audience: Audience) -> str:
    return reference_for_service(case) if audience is Audience.SERVICE else case.reference or ""


def _subject(case: OpenCase, audience: Audience, language: str) -> str:
    with force_locale(language):
        if audience is Audience.SERVICE:
            reference = _reference(case, audience)
            return (
                _("Our case %(reference)s", reference=reference) if reference else _("Our letter")
            )
        return {
            Flow.COMPLAINT: _("Your complaint"),
            Flow.REPORT: _("Your report"),
            Flow.PROTECTION: _("Your request for protection against reprisals"),
        }[case.flow]


def _dated(case: OpenCase, entry: HistoryEntry) -> list[DatedStep]:
    """One row for each who was told; a closing also where nobody was."""
    told = []
    if entry.message_position is not None:
        told.append((entry.day, NoticeTo.PERSON))
    if entry.notice and not case.file.notice_waits(entry.position):
        told.append((_left_on(case, entry), NoticeTo.SERVICE))
    if not told and entry.to_state is FINAL_STATE:
        told.append((entry.day, NoticeTo.NOBODY))
    words = str(text_of(entry.action))
    return [DatedStep(day, entry.action.value, words, to) for day, to in told]


def _left_on(case: OpenCase, entry: HistoryEntry) -> date:
    """The day on which the service could be told: that of the step, or of its release."""
    notice = case.dossier.notices.get(entry.position)
    return notice.released_on if notice and notice.released_on else entry.day
