"""Taking one step of a case, by the flow's table and nothing else."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from cases.actions.changing import claim, note_step, refuse_stale, say
from cases.actions.clocks import Subject, move_clocks, restart_after_message
from cases.actions.evidence import keep
from cases.actions.reading import OpenCase
from cases.actions.retention import note_retention, rule_for
from cases.actions.sealing import put_sheet
from cases.actions.signed_in import SignedIn, require
from cases.actions.trail import record_staff
from cases.domain.attachments import Attachment
from cases.domain.contents import Author, Message, MessageKind, Step
from cases.domain.detail_rules import check_details
from cases.domain.details import (
    ConsultationRelease,
    ConsultationWithdrawal,
    Details,
    Recommendation,
    RecommendationAnswer,
    RecommendationResponse,
    ServiceAnswer,
)
from cases.domain.dossier import Dossier, Recorded, after
from cases.domain.flows import Action, State, Transition, transition, transitions_of
from cases.domain.letters import fill_later
from cases.domain.policies import Verdict, can_act
from cases.domain.reference import ReferenceData
from cases.domain.references import reference
from cases.domain.retention import by_the_rule
from cases.domain.texts import read_message, read_notice, read_reason
from cases.domain.trail import TrailEvent
from cases.errors import Refused
from cases.models import Case
from cases.queries.references import next_number
from cases.reasons import Reason


@dataclass(frozen=True, repr=False)
class Written:
    """What a person of the office writes with a step.

    `message` is what the person reads, `notice` what the public service reads, `reason` is for the
    file only; `details` are of the class that the row of the table names.
    """

    message: str = ""
    reason: str = ""
    notice: str = ""
    details: Details | None = None
    # Files that have arrived and are pending; the step keeps them.
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Acted:
    """How the case stands after an action."""

    state: State
    reference: str | None
    version: int


def act(
    session: Session,
    opened: OpenCase,
    action: Action,
    written: Written,
    by: SignedIn,
    expected_version: int,
    now: datetime,
    rules: ReferenceData,
) -> Acted:
    """Take one action: state, clocks, message, notice, details and trail in one transaction.

    Args:
        session: a writing session.
        opened: the case as this person sees it.
        action: a row of the flow's table.
        written: what goes with it.
        by: who acts.
        expected_version: the version on the page from which the person decided.
        now: aware, in the office's time zone.
        rules: the reference data of the day: periods and reference patterns.

    Raises:
        Refused, MessageRequired, ReasonRequired, NoticeRequired, TextTooLong, StaleCase,
        UploadLost.
    """
    row = transition(opened.flow, action)
    if row is None:
        raise Refused(Reason.NOT_IN_THIS_STATE)
    # First: "someone changed the case" explains more than "not in this state".
    refuse_stale(opened, expected_version)
    if row.action is Action.CLOSE and written.details is None:
        written = replace(written, details=by_the_rule(rule_for(opened, now.date(), rules)))
    written = _checked(row, opened, written, by)
    case = claim(session, opened, expected_version)
    _change_state(session, case, row, written.details, opened.dossier, now.date(), rules)
    written = _with_reference(written, case)
    opened = _noted_on_the_sheet(case, opened, row, written, by, now.date())
    position = None
    if written.message:
        position = say(session, case, opened, _decision(written.message, row, case, by), now)
        restart_after_message(session, case, now.date(), rules)
    keep(session, case.id, written.attachments)
    note_step(session, case, opened, _step(row, written, position, by, now), now)
    record_staff(session, TrailEvent.CASE_ACTED_ON, now, by.member.id, case.id)
    session.flush()
    return Acted(case.state_value, case.reference, case.version)


def available(opened: OpenCase, by: SignedIn) -> list[tuple[Transition, Verdict]]:
    """Every action of the flow, with whether it is possible now and if not why."""
    return [
        (row, can_act(row, opened.file, by.member.roles)) for row in transitions_of(opened.flow)
    ]


def _checked(row: Transition, opened: OpenCase, written: Written, by: SignedIn) -> Written:
    """The texts as they are stored; raises where the rules want more or refuse."""
    allowed = require(can_act(row, opened.file, by.member.roles))
    require(check_details(row, written.details, opened.file, by.member.id))
    return Written(
        message=read_message(written.message, allowed.message_required),
        reason=read_reason(written.reason, allowed.reason_required),
        # A service that this step does not tell is not told, whatever was written.
        notice=read_notice(written.notice, required=True) if allowed.notice_required else "",
        details=written.details,
        attachments=written.attachments,
    )


def _change_state(
    session: Session,
    case: Case,
    row: Transition,
    details: Details | None,
    dossier: Dossier,
    today: date,
    rules: ReferenceData,
) -> None:
    case.state = row.target_from(case.state_value)
    if row.gives_reference and case.reference is None:
        pattern = rules.setting(f"reference.{row.flow}")
        number = next_number(session, row.flow, today.year)
        case.reference = reference(pattern, today.year, number)
    note_retention(case, row.action, details, dossier, today)
    if not _goes_on(details):
        move_clocks(session, case, row, today, rules, _subject(details, dossier))


def _subject(details: Details | None, dossier: Dossier) -> Subject:
    """Which consultation or recommendation the step's clocks belong to."""
    match details:
        case ConsultationRelease(id=found):
            return Subject(found, dossier.consultations[found].asked.due_on)
        case ServiceAnswer(id=found) | ConsultationWithdrawal(id=found):
            return Subject(found)
        case Recommendation() as given:
            return Subject(given.id, given.due_on)
        case RecommendationAnswer(recommendation_id=found):
            return Subject(found)
        case _:
            return Subject()


def _noted_on_the_sheet(
    case: Case, opened: OpenCase, row: Transition, written: Written, by: SignedIn, today: date
) -> OpenCase:
    """The inbox reads sheets and no histories: the sheet repeats what must be seen there."""
    position = opened.history[-1].position + 1 if opened.history else 1
    told = bool(written.notice)
    step = Recorded(today, row.action, by.member.id, written.details, position, told)
    file = replace(opened.file, dossier=after(opened.dossier, step))
    priority = file.dossier.priority.level if file.dossier.priority else None
    sheet = replace(
        opened.sheet, priority=priority, awaits_release=file.awaits_release, steps=position
    )
    put_sheet(case, sheet, opened.private.public)
    return replace(opened, sheet=sheet)


def _with_reference(written: Written, case: Case) -> Written:
    """The message with the reference that only this step could give."""
    return replace(written, message=fill_later(written.message, reference=case.reference or ""))


def _goes_on(details: Details | None) -> bool:
    """An accepted recommendation is followed up until it is carried out: its clock runs on."""
    return (
        isinstance(details, RecommendationAnswer)
        and details.answer is RecommendationResponse.ACCEPTED
    )


def _decision(text: str, row: Transition, case: Case, by: SignedIn) -> Message:
    return Message(
        author=Author.OFFICE,
        kind=MessageKind.DECISION,
        text=text,
        action=row.action,
        state=case.state_value,
        reference=case.reference,
        by=by.member.name,
    )


def _step(
    row: Transition, written: Written, position: int | None, by: SignedIn, now: datetime
) -> Step:
    return Step(
        at=now,
        actor=by.member.name,
        actor_id=by.member.id,
        action=row.action,
        reason=written.reason,
        notice=written.notice,
        message_position=position,
        details=written.details,
        attachments=written.attachments,
    )
