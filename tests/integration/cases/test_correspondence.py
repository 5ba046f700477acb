"""Answers reach the reporter, notes do not, and an answer to an old page is stopped."""

from datetime import date

import pytest
from sqlalchemy import text

from cases.actions import correspondence, mailboxes
from cases.actions.reading import notes, office_thread
from cases.domain.contents import Author, MessageKind
from cases.domain.facts import LONG_TEXT
from cases.domain.flows import Action
from cases.errors import CaseDamaged, MessageRequired, Refused, StaleCase, TextTooLong
from cases.reasons import Reason
from tests.support.office import FixedClock, Office
from tests.support.scenes import Scene, scene
from tests.support.submissions import COMPLAINT


@pytest.fixture
def ours(office: Office) -> Scene:
    return scene(office)


def _reply(ours: Scene, text: str, version: int | None = None) -> None:
    with ours.office.database.writing() as session:
        case = ours.open(session)
        by, now = ours.office.signed_in("ingrid"), ours.office.clock.now()
        correspondence.reply(
            session, case, text, by, version or case.version, now, ours.office.rules()
        )


def _write(ours: Scene, text: str) -> None:
    token = ours.come_back()
    with ours.office.database.writing() as session:
        mailbox = ours.mailbox(session, token)
        mailboxes.write(session, mailbox, text, MessageKind.REPLY, ours.office.clock.now().date())


def test_a_conversation_reads_the_same_on_both_sides(ours: Scene) -> None:
    for number in (1, 2):
        _reply(ours, f"answer {number}")
        _write(ours, f"reply {number}")

    with ours.office.database.reading() as session:
        office_side = office_thread(session, ours.open(session))
    reporters_side = ours.reporters_thread()
    assert office_side == reporters_side
    assert office_side.warnings == ()
    assert [(message.author, message.text) for message in office_side.messages[1:]] == [
        (Author.OFFICE, "answer 1"),
        (Author.REPORTER, "reply 1"),
        (Author.OFFICE, "answer 2"),
        (Author.REPORTER, "reply 2"),
    ]
    assert [message.by for message in office_side.messages[1:3]] == ["Ingrid Intake", None]


def test_an_answer_from_a_page_without_the_newest_message_is_stopped(ours: Scene) -> None:
    with ours.office.database.reading() as session:
        page = ours.open(session).version
    _write(ours, "one thing more")

    with pytest.raises(StaleCase):
        _reply(ours, "we have all we need", page)

    assert len(ours.reporters_thread().messages) == 2


@pytest.mark.parametrize(
    ("text", "error"), [(" \n", MessageRequired), ("x" * (LONG_TEXT + 1), TextTooLong)]
)
def test_an_answer_must_be_neither_empty_nor_endless(
    ours: Scene, text: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        _reply(ours, text)


def test_nobody_answers_into_a_deleted_mailbox(ours: Scene) -> None:
    token, today = ours.come_back(), ours.office.clock.now().date()
    with ours.office.database.writing() as session:
        mailboxes.delete_mailbox(session, ours.mailbox(session, token), token, today)

    with pytest.raises(Refused) as refused:
        _reply(ours, "hello?")

    assert refused.value.reason is Reason.MAILBOX_DELETED


def test_an_answer_during_the_examination_promises_news_anew(
    office: Office, clock: FixedClock
) -> None:
    ours = scene(office, COMPLAINT)
    ours.go(Action.ACKNOWLEDGE, Action.CHECK_ADMISSIBILITY, Action.ACCEPT)
    clock.advance(days=20)

    _reply(ours, "we are still waiting for the service")

    with office.database.reading() as session:
        assert ours.open(session).due_on == date(2027, 1, 12)


def test_an_answer_to_a_new_report_stops_no_clock(ours: Scene) -> None:
    with ours.office.database.reading() as session:
        before = ours.open(session).due_on
    _reply(ours, "we will look at it")

    with ours.office.database.reading() as session:
        assert ours.open(session).due_on == before


def test_notes_are_for_the_office_and_in_order_of_time(ours: Scene, clock: FixedClock) -> None:
    ingrid = ours.office.signed_in("ingrid")
    for number in range(5):
        clock.advance(minutes=1)
        with ours.office.database.writing() as session:
            case = ours.open(session)
            correspondence.add_note(session, case, f"note {number}", ingrid, clock.now())

    with ours.office.database.reading() as session:
        case = ours.open(session)
        written = notes(session, case)
    assert [note.text for note in written] == [f"note {number}" for number in range(5)]
    assert {note.author for note in written} == {"Ingrid Intake"}
    assert case.version == 1
    assert len(ours.reporters_thread().messages) == 1


def test_a_note_that_was_tampered_with_is_damage_and_not_a_crash(ours: Scene) -> None:
    ingrid = ours.office.signed_in("ingrid")
    with ours.office.database.writing() as session:
        correspondence.add_note(
            session, ours.open(session), "note", ingrid, ours.office.clock.now()
        )
        session.execute(text("UPDATE note SET case_key = body"))

    with ours.office.database.reading() as session:
        case = ours.open(session)
        with pytest.raises(CaseDamaged):
            notes(session, case)


def test_a_case_whose_submission_was_tampered_with_is_damaged(ours: Scene) -> None:
    with ours.office.database.writing() as session:
        session.execute(text("UPDATE message SET body = case_key"))

    with ours.office.database.reading() as session, pytest.raises(CaseDamaged):
        ours.open(session)


def test_a_grant_moved_from_another_case_does_not_open_this_one(ours: Scene) -> None:
    other = scene(ours.office)
    with ours.office.database.writing() as session:
        moved = (
            "UPDATE case_grant SET box = (SELECT o.box FROM case_grant o WHERE"
            " o.case_id = :other AND o.holder_kind = 'intake')"
            " WHERE case_id = :ours AND holder_kind = 'intake'"
        )
        session.execute(text(moved), {"other": other.case_id, "ours": ours.case_id})

    with ours.office.database.reading() as session, pytest.raises(CaseDamaged):
        ours.open(session)
