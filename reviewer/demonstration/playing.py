"""Playing the invented cases through the same actions as the pages use."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import singledispatch

from cases.actions import assignment, correspondence, mailboxes
from cases.actions.intake import Submission, receive
from cases.actions.reading import OpenCase, open_case
from cases.actions.signed_in import SignedIn
from cases.actions.transitions import Written, act
from cases.domain.contents import MessageKind
from cases.domain.details import ConsultationRelease
from cases.domain.flows import Action
from cases.evidence_store import EvidenceStore
from cases.queries.reference_data import current
from crypto.receipt import DRAFT_SIZE, ReceiptCode, ReceiptKeys, derive, draw_code
from crypto.roster import VerifiedRoster
from crypto.session import SessionToken
from reviewer.demonstration.files import arrived
from reviewer.demonstration.stories import (
    Acts,
    Answers,
    Event,
    Notes,
    Releases,
    Shares,
    Story,
    Takes,
    Writes,
)
from web.database import Session


@dataclass(frozen=True, slots=True)
class Stage:
    """Who plays: the people of the office by login, the roster, and where files lie."""

    people: Mapping[str, SignedIn]
    roster: VerifiedRoster
    evidence: EvidenceStore


@dataclass(frozen=True, slots=True)
class _Scene:
    """One case while it is played."""

    session: Session
    stage: Stage
    case_id: bytes
    keys: ReceiptKeys
    now: datetime

    def person(self, login: str) -> SignedIn:
        return self.stage.people[login]

    def case(self, login: str) -> OpenCase:
        return open_case(self.session, self.case_id, self.person(login).keys)

    def at(self, days_ago: int) -> datetime:
        return self.now - timedelta(days=days_ago)


def play(session: Session, stage: Stage, stories: Sequence[Story], now: datetime) -> str:
    """Make every case; the receipt code of the one that is shown, or nothing where none is.

    The oldest first, so that references follow the calendar.
    """
    shown = ""
    scenes: list[tuple[Event, _Scene]] = []
    for story in stories:
        code = _new_code(story.facts.language)
        scene = _received(session, stage, story, code, now)
        scenes += [(event, scene) for event in story.events]
        shown = code.text if story.shown else shown
    for event, scene in sorted(scenes, key=lambda pair: -pair[0].days_ago):
        _happen(event, scene)
        session.flush()
    return shown


def _new_code(language: str) -> ReceiptCode:
    draft, binding = secrets.token_bytes(DRAFT_SIZE), SessionToken.generate().binding
    return draw_code(draft, binding, language)


def _received(
    session: Session, stage: Stage, story: Story, code: ReceiptCode, now: datetime
) -> _Scene:
    keys = derive(code)
    day = (now - timedelta(days=story.days_ago)).date()
    files = arrived(session, stage.evidence, story.files, day)
    submission = Submission(story.facts, story.identity, files)
    rules = current(session)
    received = receive(session, submission, keys.address, stage.roster, day, rules)
    return _Scene(session, stage, received.case_id, keys, now)


@singledispatch
def _happen(event: Event, scene: _Scene) -> None:
    raise TypeError(type(event).__name__)


@_happen.register
def _acts(event: Acts, scene: _Scene) -> None:
    case, by = scene.case(event.who), scene.person(event.who)
    at = scene.at(event.days_ago)
    written = Written(event.message, event.reason, event.notice, event.details)
    act(scene.session, case, event.action, written, by, case.version, at, current(scene.session))


@_happen.register
def _releases(event: Releases, scene: _Scene) -> None:
    details = ConsultationRelease(event.consultation_id)
    _acts(Acts(event.days_ago, event.who, Action.RELEASE_CONSULTATION, details=details), scene)


@_happen.register
def _answers(event: Answers, scene: _Scene) -> None:
    case, by = scene.case(event.who), scene.person(event.who)
    at = scene.at(event.days_ago)
    rules = current(scene.session)
    correspondence.reply(scene.session, case, event.text, by, case.version, at, rules)


@_happen.register
def _notes(event: Notes, scene: _Scene) -> None:
    case, by = scene.case(event.who), scene.person(event.who)
    correspondence.add_note(scene.session, case, event.text, by, scene.at(event.days_ago))


@_happen.register
def _takes(event: Takes, scene: _Scene) -> None:
    case, by = scene.case(event.who), scene.person(event.who)
    assignment.take(scene.session, case, by, case.version, scene.at(event.days_ago))


@_happen.register
def _shares(event: Shares, scene: _Scene) -> None:
    case, by = scene.case(event.who), scene.person(event.who)
    colleague = scene.person(event.with_whom).member.id
    members = scene.stage.roster.roster.members
    chosen = next(one for one in members if one.person == colleague)
    assignment.share(scene.session, case, chosen, by, case.version, scene.at(event.days_ago))


@_happen.register
def _writes(event: Writes, scene: _Scene) -> None:
    at = scene.at(event.days_ago)
    token = mailboxes.sign_in(scene.session, scene.keys, at).token
    mailbox = mailboxes.open_mailbox(scene.session, token, at)
    day = at.date()
    files = arrived(scene.session, scene.stage.evidence, event.files, day)
    mailboxes.write(scene.session, mailbox, event.text, MessageKind.REPLY, day, files)
    mailboxes.sign_out(scene.session, token)
