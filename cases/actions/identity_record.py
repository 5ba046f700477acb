"""Requests for an identity as those who work on the case read them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from cases.actions.identity_sealing import (
    answer_context,
    is_custodians,
    open_answer,
    open_request,
)
from cases.actions.reading import OpenCase
from cases.actions.signed_in import SignedIn
from cases.domain.identity_requests import AnswerStatement, Asking, RequestState
from cases.errors import CaseDamaged
from cases.models import IdentityAnswer, IdentityRequest
from cases.queries import identities as queries
from crypto.roster import Roster


@dataclass(frozen=True, repr=False)
class Answer:
    """What one custodian answered; `proven` where her signature is on the roster in force."""

    statement: AnswerStatement
    proven: bool


@dataclass(frozen=True, repr=False)
class Request:
    """A request as those who work on the case read it.

    `asking` is None where it does not open. `readable` says whether this person can read the
    identity by it now.
    """

    id: bytes
    state: RequestState
    asker_id: bytes
    asked_on: date
    expires_on: date
    needed: int
    read_on: date | None
    asking: Asking | None
    answers: tuple[Answer, ...]
    own: bool
    readable: bool


def requests(
    session: Session, opened: OpenCase, by: SignedIn, roster: Roster, today: date
) -> tuple[Request, ...]:
    """Every request for the identity of a case, the newest first."""
    return tuple(
        _shown(session, opened, row, by, roster, today)
        for row in queries.requests_of(session, opened.case_id)
    )


def _shown(
    session: Session,
    opened: OpenCase,
    row: IdentityRequest,
    by: SignedIn,
    roster: Roster,
    today: date,
) -> Request:
    own, state = row.asker_id == by.member.id, RequestState(row.state)
    return Request(
        id=row.id,
        state=state,
        asker_id=row.asker_id,
        asked_on=row.asked_on,
        expires_on=row.expires_on,
        needed=row.needed,
        read_on=row.read_on,
        asking=_asking(opened, row),
        answers=answers_of(session, opened, row, roster),
        own=own,
        readable=own and state is RequestState.GRANTED and row.expires_on >= today,
    )


def _asking(opened: OpenCase, row: IdentityRequest) -> Asking | None:
    try:
        statement, _ = open_request(row, row.case_key, opened.private)
    except CaseDamaged:
        return None
    return statement.asking


def answers_of(
    session: Session, opened: OpenCase, row: IdentityRequest, roster: Roster
) -> tuple[Answer, ...]:
    found = (_answer(opened, row, each, roster) for each in queries.answers(session, row.id))
    return tuple(each for each in found if each is not None)


def _answer(
    opened: OpenCase, row: IdentityRequest, answer: IdentityAnswer, roster: Roster
) -> Answer | None:
    context = answer_context(row.case_id, row.id, answer.custodian_id)
    try:
        statement, signed = open_answer(answer.body, answer.case_key, opened.private, context)
    except CaseDamaged:
        return None
    named = (statement.request_id, statement.custodian_id)
    if named != (row.id, answer.custodian_id):
        return None
    return Answer(statement, is_custodians(statement, signed, roster))
