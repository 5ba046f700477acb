"""A case in an office, with both sides at hand: what most tests of actions start from."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from cases.actions import mailboxes, transitions
from cases.actions.mailboxes import OpenMailbox
from cases.actions.reading import OpenCase, open_case
from cases.actions.threads import Thread
from cases.actions.transitions import Acted, Written
from cases.domain.details import Details
from cases.domain.facts import Facts
from cases.domain.flows import Action, Flow, transition
from cases.errors import NotFound
from crypto.receipt import ReceiptKeys
from crypto.roster import RosterMember
from crypto.session import SessionToken
from tests.support.office import Office
from tests.support.submissions import REPORT, submit
from tests.support.usual_details import USUAL


@dataclass(frozen=True)
class Scene:
    """One case, its reporter's keys, and the office."""

    office: Office
    case_id: bytes
    keys: ReceiptKeys
    flow: Flow = Flow.REPORT

    def open(self, session: Session, login: str = "ingrid") -> OpenCase:
        """The case as a person of the office sees it now."""
        return open_case(session, self.case_id, self.office.signed_in(login).keys)

    def opens(self, login: str) -> bool:
        """Whether a person of the office opens the case now; it looks absent where not."""
        with self.office.database.reading() as session:
            try:
                self.open(session, login)
            except NotFound:
                return False
            return True

    def act(
        self,
        action: Action,
        login: str = "ingrid",
        message: str = "a message",
        reason: str = "a reason",
        details: Details | None = None,
        *,
        notice: str = "a notice",
    ) -> Acted:
        """Take an action in a transaction of its own, with its usual details unless some are given.

        A message is written where the step has one for the person.
        """
        row = transition(self.flow, action)
        if row is not None and not row.message_required and message == "a message":
            message = ""
        written = Written(message, reason, notice, details or USUAL.get(action))
        by, now = self.office.signed_in(login), self.office.clock.now()
        with self.office.database.writing() as session:
            case = self.open(session, login)
            rules = self.office.rules()
            return transitions.act(session, case, action, written, by, case.version, now, rules)

    def go(self, *actions: Action, login: str = "ingrid") -> Acted:
        """Take several actions in turn."""
        return [self.act(action, login) for action in actions][-1]

    def come_back(self) -> SessionToken:
        """Sign in with the receipt code."""
        with self.office.database.writing() as session:
            answer = mailboxes.sign_in(session, self.keys, self.office.clock.now())
        assert answer.ok
        return answer.token

    def mailbox(self, session: Session, token: SessionToken) -> OpenMailbox:
        """The mailbox of a session."""
        return mailboxes.open_mailbox(session, token, self.office.clock.now())

    def reporters_thread(self) -> Thread:
        """What the reporter reads."""
        token = self.come_back()
        with self.office.database.reading() as session:
            return mailboxes.mailbox_thread(session, self.mailbox(session, token))

    def colleague(self, login: str) -> RosterMember:
        """A person as the roster names them."""
        person = self.office.signed_in(login).member.id
        members = self.office.roster().roster.members
        return next(member for member in members if member.person == person)


def scene(office: Office, facts: Facts = REPORT, *, without: Sequence[str] = ()) -> Scene:
    """A case just received, which the people with these logins must not read."""
    today = office.clock.now().date()
    excluded = frozenset(office.signed_in(login).member.id for login in without)
    with office.database.writing() as session:
        received, keys = submit(session, office.roster(), today, facts, excluded=excluded)
    return Scene(office, received.case_id, keys, facts.flow)
