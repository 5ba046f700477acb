"""Taking a case from one state to the next, by the flow's table and nothing else."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from cases.actions.changing import claim, note_step, refuse_stale, say
from cases.actions.clocks import move_clocks
from cases.actions.reading import OpenCase
from cases.actions.signed_in import SignedIn, require
from cases.actions.trail import record_staff
from cases.domain.contents import Author, Message, MessageKind
from cases.domain.flows import Action, State, Transition, transition, transitions_of
from cases.domain.policies import Verdict, can_act
from cases.domain.references import reference
from cases.domain.texts import read_message, read_reason
from cases.domain.trail import TrailEvent
from cases.errors import Refused
from cases.models import Case
from cases.queries.references import next_number
from cases.reasons import Reason


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
    message: str,
    reason: str,
    by: SignedIn,
    expected_version: int,
    now: datetime,
) -> Acted:
    """Take one action: the state, the clocks, the message and the trail in one transaction.

    Args:
        session: a writing session.
        opened: the case as this person sees it.
        action: a row of the flow's table.
        message: what the reporter will read; put in the thread unless it is empty.
        reason: for the file only.
        by: who acts.
        expected_version: the version on the page from which the person decided.
        now: aware, in the office's time zone.

    Raises:
        Refused, MessageRequired, ReasonRequired, TextTooLong, StaleCase.
    """
    row = transition(opened.flow, action)
    if row is None:
        raise Refused(Reason.NOT_IN_THIS_STATE)
    # First: "someone changed the case" explains more than "not in this state".
    refuse_stale(opened, expected_version)
    allowed = require(_verdict(row, opened, by))
    message = read_message(message, allowed.message_required)
    reason = read_reason(reason, allowed.reason_required)
    case = claim(session, opened, expected_version)
    _change_state(session, case, row, now)
    if message:
        say(session, case, opened, _decision(message, row, case, by), now)
    note_step(session, case, opened, by, now, action, reason=reason)
    record_staff(session, TrailEvent.CASE_ACTED_ON, now, by.member.id, case.id)
    session.flush()
    return Acted(case.state_value, case.reference, case.version)


def available(opened: OpenCase, by: SignedIn) -> list[tuple[Transition, Verdict]]:
    """Every action of the flow, with whether it is possible now and if not why."""
    return [(row, _verdict(row, opened, by)) for row in transitions_of(opened.flow)]


def _verdict(row: Transition, opened: OpenCase, by: SignedIn) -> Verdict:
    return can_act(row, opened.state, opened.facts, by.member.roles, opened.mailbox_open)


def _change_state(session: Session, case: Case, row: Transition, now: datetime) -> None:
    today = now.date()
    case.state = row.target
    if row.gives_reference and case.reference is None:
        number = next_number(session, row.flow, today.year)
        case.reference = reference(row.flow, today.year, number)
    move_clocks(session, case, today, starts=row.starts, stops=row.stops)


def _decision(text: str, row: Transition, case: Case, by: SignedIn) -> Message:
    return Message(
        author=Author.OFFICE,
        kind=MessageKind.DECISION,
        text=text,
        action=row.action,
        state=row.target,
        reference=case.reference,
        by=by.member.name,
    )
