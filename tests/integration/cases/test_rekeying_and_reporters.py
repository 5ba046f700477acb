"""What the reporter writes around a change of the key: nothing is lost, and nothing goes astray."""

from dataclasses import replace

import pytest

from cases.actions import mailboxes
from cases.actions.automatic import act_by_reporter
from cases.actions.sealing import append_message
from cases.actions.threads import ThreadFault
from cases.domain.case_keys import KeyAnnouncement
from cases.domain.contents import Author, Message, MessageKind
from cases.domain.flows import Action
from cases.domain.sheets import NOTHING_SEEN
from cases.errors import CaseKeyUnproven
from crypto.case_keys import KeyChange
from crypto.keys import CasePrivateKey, Seed
from crypto.roster import RosterSigningKey
from tests.support.new_keys import (
    change_key,
    mailbox_of,
    offices_thread,
    reporter_writes,
    reporters_thread,
    today,
)
from tests.support.office import Office
from tests.support.scenes import Scene, scene


@pytest.fixture
def backend() -> str:
    """SQLite, unless a test says otherwise: what the rows are replaced by is proved on both."""
    return "sqlite"


@pytest.fixture
def ours(office: Office) -> Scene:
    return scene(office)


def test_a_message_that_was_being_written_meanwhile_is_sealed_to_the_new_key(ours: Scene) -> None:
    """Her page was made before the change; what she sends is sealed within its own transaction."""
    with ours.office.database.writing() as session:
        before = mailbox_of(ours, session)
    change_key(ours)

    with ours.office.database.writing() as session:
        mailboxes.write(session, before, "meanwhile", MessageKind.REPLY, today(ours))

    thread = offices_thread(ours)
    assert thread.warnings == ()
    assert thread.messages[-1].text == "meanwhile"


@pytest.mark.parametrize("backend", ["postgresql"])
def test_a_transaction_that_began_before_the_change_seals_to_the_new_key(ours: Scene) -> None:
    with ours.office.database.writing() as session:
        before = mailbox_of(ours, session)
        assert mailboxes.mailbox_thread(session, before).warnings == ()
        change_key(ours)
        mailboxes.write(session, before, "meanwhile", MessageKind.REPLY, today(ours))

    assert offices_thread(ours).warnings == reporters_thread(ours).warnings == ()


def test_a_step_that_the_person_takes_meanwhile_is_sealed_to_the_new_key(ours: Scene) -> None:
    ours.go(
        Action.ACKNOWLEDGE,
        Action.CHECK_SCOPE,
        Action.CHECK_INTERNAL_CHANNEL,
        Action.ADVISE_INTERNAL,
    )
    with ours.office.database.writing() as session:
        before = mailbox_of(ours, session)
    change_key(ours)

    with ours.office.database.writing() as session:
        chosen, rules = Action.REPORTER_CHOSE_EXTERNAL, ours.office.rules()
        act_by_reporter(session, before, chosen, today(ours), rules)

    assert ours.office.steps()[-1] is Action.REPORTER_CHOSE_EXTERNAL


def _forge(ours: Scene) -> None:
    """Somebody who had the case open writes to the database, and has no key on the roster."""
    own, stranger = CasePrivateKey(Seed.generate()), RosterSigningKey.from_seed(Seed.generate())
    person = ours.office.signed_in("ingrid").member.id
    with ours.office.database.writing() as session:
        case = ours.open(session)
        old = case.private.public
        change = KeyChange(case.case_id, 2, old.key_id, own.public, person, 1)
        announcement = KeyAnnouncement(own.public.to_bytes(), person, 1, change.sign(stranger))
        message = Message(Author.OFFICE, MessageKind.CASE_KEY, new_key=announcement)
        append_message(
            session, case.case_id, message, today(ours), NOTHING_SEEN, old, case.mailbox_public
        )


def test_a_key_that_nobody_of_the_office_signed_stops_the_reporter(ours: Scene) -> None:
    _forge(ours)

    (warning,) = reporters_thread(ours).warnings
    assert (warning.position, warning.fault) == (2, ThreadFault.UNPROVEN_KEY)
    with pytest.raises(CaseKeyUnproven):
        reporter_writes(ours, "to whom?")


def test_where_no_roster_verifies_nothing_is_sealed_to_a_key_in_doubt(ours: Scene) -> None:
    change_key(ours)

    with ours.office.database.writing() as session:
        mailbox = replace(mailbox_of(ours, session), rosters=())
        with pytest.raises(CaseKeyUnproven):
            mailboxes.write(session, mailbox, "to whom?", MessageKind.REPLY, today(ours))
