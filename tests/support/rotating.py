"""The steps of changing the intake key, and what can be seen of it."""

from sqlalchemy import select

from cases import roster_store
from cases.actions import intake_rotation, staff
from cases.actions.inbox import open_inbox
from cases.actions.intake_rotation import Regranted, propose_intake_key
from cases.actions.rosters import Changes
from cases.actions.signed_in import SignedIn
from cases.domain.trail import TrailEvent
from cases.models import CaseGrant, TrailEntry
from cases.queries.inbox import InboxView, inbox_counts
from crypto.roster import VerifiedRoster
from crypto.session import SessionToken
from tests.support.office import PASSPHRASE, WEAK, FixedClock, Office, one_time_code
from tests.support.rosters import accept, current, sign
from web.clock import office_day

NOTHING = Changes()


def chain_of(office: Office) -> tuple[VerifiedRoster, ...]:
    """Every roster of the office, the one in force last."""
    return roster_store.load_all(office.home / "roster", office_day(office.clock.now()))


def propose_key(office: Office, by: str = "ingrid", changes: Changes = NOTHING) -> bytes:
    """The file of a proposal with a new intake key."""
    person = office.signed_in(by)
    with office.database.writing() as session:
        now = office.clock.now()
        return propose_intake_key(session, current(office), changes, person, now, WEAK).file


def new_key_in_force(office: Office, changes: Changes = NOTHING) -> VerifiedRoster:
    """A new intake key, proposed by Ingrid and signed by both administrators."""
    file = sign(office, sign(office, propose_key(office, changes=changes), "ada"), "bo")
    return accept(office, file)


def signed_in_again(office: Office, login: str) -> SignedIn:
    """The person with the keys that she holds now."""
    secret, clock = office.enrol(login), office.clock
    assert isinstance(clock, FixedClock)
    clock.advance(seconds=60)
    later = clock.now()
    with office.database.writing() as session:
        code = one_time_code(secret, later)
        token = staff.sign_in(session, login, PASSPHRASE, code, later)
    assert isinstance(token, SessionToken)
    with office.database.reading() as session:
        person = staff.open_staff_session(session, token, later)
    office._signed_in[login] = person
    return person


def regrant(office: Office, by: SignedIn, at_most: int = 100, after: bytes = b"") -> Regranted:
    """One transaction of granting the pool to the new key."""
    with office.database.writing() as session:
        chain, now = chain_of(office), office.clock.now()
        return intake_rotation.regrant_some(session, chain, by, now, after, at_most)


def destroy(office: Office, by: SignedIn) -> None:
    """Delete what opens with earlier keys."""
    with office.database.writing() as session:
        intake_rotation.destroy_earlier(session, chain_of(office), by, office.clock.now())
    office.database.scrub()


def pool_keys(office: Office) -> list[bytes]:
    """To which intake key each case of the pool is granted."""
    with office.database.reading() as session:
        rows = select(CaseGrant.key_id).where(CaseGrant.holder_kind == "intake")
        return list(session.scalars(rows))


def on_the_trail(office: Office, event: TrailEvent) -> list[bytes]:
    """Of which cases the trail tells this; empty for what is about none."""
    with office.database.reading() as session:
        entries = select(TrailEntry.case_id).where(TrailEntry.event == event.value)
        return [case_id or b"" for case_id in session.scalars(entries)]


def opened_by(office: Office, by: SignedIn) -> int:
    """How many cases the inbox opens for a person."""
    with office.database.reading() as session:
        today = office_day(office.clock.now())
        items = open_inbox(session, InboxView.ALL, by.keys, today).items
        assert inbox_counts(session, by.keys.holder, today).all == len(items)
    assert len({item.case_id for item in items}) == len(items)
    return sum(item.sheet is not None for item in items)


def pool_cases(office: Office) -> list[bytes]:
    """The cases of the pool."""
    with office.database.reading() as session:
        rows = select(CaseGrant.case_id).where(CaseGrant.holder_kind == "intake")
        return list(session.scalars(rows))
