"""Steps that nobody of the office takes: the person's word, a public service's answer, a day.

The person and the service seal their step to the case key that their own record names, so that the
office reads it in the history; of them only the day is known. Where a day passes no key is there:
the row holds the code of what happened and nothing else.
"""

from datetime import date

from sqlalchemy import update
from sqlalchemy.orm import Session

from cases.actions.clocks import Subject, move_clocks
from cases.actions.evidence import keep
from cases.actions.mailboxes import OpenMailbox, case_key
from cases.actions.sealing import append_step
from cases.actions.trail import record_day
from cases.domain.attachments import Attachment
from cases.domain.contents import Step
from cases.domain.details import ServiceAnswer
from cases.domain.flows import Action, Actor, Flow, State, Transition, transition
from cases.domain.reference import ReferenceData
from cases.domain.trail import TrailEvent
from cases.errors import Refused
from cases.models import Case, TransitionEntry
from cases.models.base import new_id
from cases.queries.cases import case_row, step_count
from cases.reasons import Reason
from crypto.keys import CasePublicKey

_EVENTS = {
    Actor.REPORTER: TrailEvent.REPORTER_ACTED,
    Actor.SERVICE: TrailEvent.SERVICE_ANSWERED,
    Actor.TIME: TrailEvent.DAY_PASSED,
}


def reporter_actions(flow: Flow, state: State) -> tuple[Action, ...]:
    """What the person can do to the case herself in this state."""
    return tuple(
        action
        for action in (Action.REPORTER_CAME_BACK, Action.REPORTER_CHOSE_EXTERNAL)
        if (row := transition(flow, action)) is not None and state in row.sources
    )


def act_by_reporter(
    session: Session, mailbox: OpenMailbox, action: Action, today: date, rules: ReferenceData
) -> None:
    """Take a step on the person's own word.

    Raises:
        Refused: not a step of hers, or the case no longer stands there.
        CaseKeyUnproven: as `mailboxes.case_key`.
    """
    case, row = _moved(session, mailbox.case_id, action, Actor.REPORTER)
    move_clocks(session, case, row, today, rules)
    public = case_key(session, mailbox)
    _seal(session, case, Step(None, "", b"", action), today, public)
    record_day(session, _EVENTS[row.actor], today, case.id)
    session.flush()


def act_by_service(
    session: Session,
    case_id: bytes,
    answer: ServiceAnswer,
    case_public: CasePublicKey,
    rules: ReferenceData,
    attachments: tuple[Attachment, ...] = (),
) -> None:
    """Note that a public service answered through its link, and keep the files of its answer.

    Raises:
        Refused: the case no longer waits for an answer.
        UploadLost: one of the files is no longer pending.
    """
    today = answer.received_on
    case, row = _moved(session, case_id, Action.SERVICE_ANSWERED, Actor.SERVICE)
    move_clocks(session, case, row, today, rules, Subject(answer.id))
    keep(session, case.id, attachments)
    step = Step(None, "", b"", row.action, details=answer, attachments=attachments)
    _seal(session, case, step, today, case_public)
    record_day(session, _EVENTS[row.actor], today, case.id)
    session.flush()


def act_by_time(
    session: Session, case_id: bytes, action: Action, today: date, rules: ReferenceData
) -> None:
    """Take a step because its day has passed.

    Raises:
        Refused: the case no longer stands there.
    """
    case, row = _moved(session, case_id, action, Actor.TIME)
    move_clocks(session, case, row, today, rules)
    session.add(
        TransitionEntry(
            id=new_id(),
            case_id=case.id,
            position=step_count(session, case.id) + 1,
            day=today,
            to_state=case.state,
            automatic=action,
        )
    )
    record_day(session, _EVENTS[row.actor], today, case.id)
    session.flush()


def _moved(
    session: Session, case_id: bytes, action: Action, actor: Actor
) -> tuple[Case, Transition]:
    """The case, locked and counted as changed, in the state where the step leads."""
    session.execute(
        update(Case)
        .where(Case.id == case_id)
        .values(version=Case.version + 1)
        .execution_options(synchronize_session=False)
    )
    case = case_row(session, case_id)
    row = transition(case.flow_value, action)
    if row is None or row.actor is not actor or case.state_value not in row.sources:
        raise Refused(Reason.NOT_IN_THIS_STATE)
    case.state = row.target_from(case.state_value)
    return case, row


def _seal(session: Session, case: Case, step: Step, today: date, public: CasePublicKey) -> None:
    append_step(session, case.id, step, today, case.state_value, public)
