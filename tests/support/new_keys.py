"""A case that gets a new key, and both sides reading and writing around it."""

from datetime import date

from sqlalchemy.orm import Session

from cases.actions import mailboxes, rekeying
from cases.actions.changing import claim
from cases.actions.mailboxes import OpenMailbox
from cases.actions.reading import office_thread
from cases.actions.threads import Thread
from cases.domain.contents import MessageKind
from tests.support.scenes import Scene
from web.roster import RosterSource


def change_key(ours: Scene, login: str = "ingrid", **how: object) -> None:
    """Change the key, as a step does that calls for it."""
    with ours.office.database.writing() as session:
        case = ours.open(session, login)
        by, now = ours.office.signed_in(login), ours.office.clock.now()
        claim(session, case, case.version)
        rekeying.change_key(session, case, by, ours.office.roster(), now, **how)  # type: ignore[arg-type]  # its own arguments


def mailbox_of(ours: Scene, session: Session) -> OpenMailbox:
    """Her mailbox, with every roster of the office to judge announcements by."""
    now = ours.office.clock.now()
    token = mailboxes.sign_in(session, ours.keys, now).token
    rosters = RosterSource(ours.office.home / "roster").chain(now.date())
    return mailboxes.open_mailbox(session, token, now, rosters)


def reporter_writes(ours: Scene, text: str) -> None:
    """She sends a message."""
    with ours.office.database.writing() as session:
        mailbox = mailbox_of(ours, session)
        mailboxes.write(session, mailbox, text, MessageKind.REPLY, today(ours))


def today(ours: Scene) -> date:
    """The office's day."""
    return ours.office.clock.now().date()


def reporters_thread(ours: Scene) -> Thread:
    """What she reads."""
    with ours.office.database.writing() as session:
        return mailboxes.mailbox_thread(session, mailbox_of(ours, session))


def offices_thread(ours: Scene, login: str = "ingrid") -> Thread:
    """What the office reads."""
    with ours.office.database.reading() as session:
        return office_thread(session, ours.open(session, login))
