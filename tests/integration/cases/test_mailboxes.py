"""The reporter comes back with her code alone, and leaves nothing behind when she deletes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from cases.actions import correspondence, mailboxes
from cases.actions.reading import office_thread
from cases.actions.threads import ThreadFault
from cases.domain.contents import Author, MessageKind
from cases.domain.flows import Action, State
from cases.errors import CaseDamaged, MessageRequired, NotFound, SessionEnded
from crypto.receipt import ReceiptKeys
from crypto.session import SessionToken
from tests.support.office import FixedClock, Office
from tests.support.scenes import Scene, scene
from tests.support.statements import statements
from tests.support.submissions import COMPLAINT, receipt_keys


@pytest.fixture
def ours(office: Office) -> Scene:
    return scene(office)


def _write(ours: Scene, text: str, kind: MessageKind = MessageKind.REPLY) -> None:
    token = ours.come_back()
    with ours.office.database.writing() as session:
        today = ours.office.clock.now().date()
        mailboxes.write(session, ours.mailbox(session, token), text, kind, today)


def _delete(ours: Scene) -> SessionToken:
    token, today = ours.come_back(), ours.office.clock.now().date()
    with ours.office.database.writing() as session:
        mailboxes.delete_mailbox(session, ours.mailbox(session, token), token, today)
    return token


def _ended(ours: Scene, token: SessionToken) -> bool:
    with ours.office.database.reading() as session:
        try:
            ours.mailbox(session, token)
        except SessionEnded:
            return True
        return False


def test_the_reporter_sees_where_her_case_stands(office: Office) -> None:
    ours = scene(office, COMPLAINT)
    ours.act(Action.ACKNOWLEDGE)
    token = ours.come_back()

    with office.database.reading() as session:
        mailbox = ours.mailbox(session, token)

    assert mailbox.state is State.ADMISSIBILITY
    assert mailbox.reference == "OM.2026.0001"
    assert mailbox.language == "fr"
    assert mailbox.promised_on is not None
    assert "receipt" not in repr(mailbox)


def _forged(keys: ReceiptKeys) -> ReceiptKeys:
    """The right locator without the right code: what someone who reads the table could try."""
    return replace(keys, token=b"x" * 32)


def test_a_wrong_code_runs_the_same_statements_and_opens_nothing(ours: Scene) -> None:
    now = ours.office.clock.now()
    ran: list[list[str]] = []
    answers = []
    for keys in (ours.keys, receipt_keys(), _forged(ours.keys)):
        with statements(ours.office.database) as seen, ours.office.database.writing() as session:
            answers.append(mailboxes.sign_in(session, keys, now))
        ran.append(seen)

    assert [answer.ok for answer in answers] == [True, False, False]
    assert ran[0] == ran[1] == ran[2]
    with ours.office.database.reading() as session:
        sizes = session.execute(text("SELECT length(sealed) FROM mailbox_session")).scalars().all()
    assert len(sizes) == 3
    assert len(set(sizes)) == 1
    assert _ended(ours, answers[1].token)


def test_a_forged_token_for_a_known_locator_reads_nothing(ours: Scene) -> None:
    """Its session opens nothing, and holds no key."""
    forged = replace(_forged(ours.keys), seed=receipt_keys().seed)
    with ours.office.database.writing() as session:
        answer = mailboxes.sign_in(session, forged, ours.office.clock.now())

    assert not answer.ok
    with ours.office.database.reading() as session, pytest.raises(SessionEnded):
        ours.mailbox(session, answer.token)


def test_a_session_ends_after_thirty_idle_minutes(ours: Scene, clock: FixedClock) -> None:
    token = ours.come_back()

    clock.advance(minutes=30)
    assert not _ended(ours, token)
    clock.advance(seconds=1)
    assert _ended(ours, token)


def test_a_session_in_use_ends_after_two_hours(ours: Scene, clock: FixedClock) -> None:
    token = ours.come_back()
    for _ in range(6):
        clock.advance(minutes=20)
        with ours.office.database.writing() as session:
            mailboxes.touch(session, token, clock.now())
    assert not _ended(ours, token)

    clock.advance(seconds=1)
    assert _ended(ours, token)
    with ours.office.database.writing() as session, pytest.raises(SessionEnded):
        mailboxes.touch(session, token, clock.now())


def test_what_began_in_a_session_counts_as_use_when_it_ends(ours: Scene, clock: FixedClock) -> None:
    token, began = ours.come_back(), clock.now()
    clock.advance(minutes=50)

    with ours.office.database.writing() as session:
        mailboxes.touch(session, token, clock.now(), began)

    clock.advance(minutes=30)
    assert not _ended(ours, token)
    too_late = clock.now() + timedelta(seconds=1)
    with ours.office.database.writing() as session, pytest.raises(SessionEnded):
        mailboxes.touch(session, token, too_late, too_late)


def test_signing_out_destroys_the_session(ours: Scene) -> None:
    token = ours.come_back()
    with ours.office.database.writing() as session:
        mailboxes.sign_out(session, token)

    assert _ended(ours, token)
    with ours.office.database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM mailbox_session")).scalar_one() == 0


def test_an_unknown_or_altered_session_is_none(ours: Scene) -> None:
    token = ours.come_back()
    with ours.office.database.writing() as session:
        session.execute(text("UPDATE mailbox_session SET sealed = id"))

    assert _ended(ours, SessionToken.generate())
    assert _ended(ours, token)


def test_old_sessions_are_purged_and_todays_stay(ours: Scene, clock: FixedClock) -> None:
    ours.come_back()
    today = clock.now().date()
    with ours.office.database.writing() as session:
        assert mailboxes.purge_sessions(session, today) == 0
        assert mailboxes.purge_sessions(session, today + timedelta(days=1)) == 0
        assert mailboxes.purge_sessions(session, today + timedelta(days=2)) == 1


def test_a_session_row_tells_no_mailbox_and_no_time(ours: Scene) -> None:
    ours.come_back()

    with ours.office.database.reading() as session:
        row = session.execute(text("SELECT * FROM mailbox_session")).mappings().one()
    assert set(row) == {"id", "sealed", "purge_on"}
    assert ours.keys.locator not in bytes(row["sealed"])
    assert ours.keys.seed.raw not in bytes(row["sealed"])


@pytest.mark.parametrize("kind", [MessageKind.REPLY, MessageKind.QUESTION])
def test_what_she_writes_reaches_the_office(ours: Scene, kind: MessageKind) -> None:
    _write(ours, " how long will it take? ", kind)

    with ours.office.database.reading() as session:
        case = ours.open(session)
        thread = office_thread(session, case)
    last = thread.messages[-1]
    assert (last.author, last.kind, last.text) == (
        Author.REPORTER,
        kind,
        "how long will it take?",
    )
    assert case.version == 2
    assert thread.warnings == ()


def test_she_cannot_write_as_the_office_nor_nothing(ours: Scene) -> None:
    token = ours.come_back()
    today = ours.office.clock.now().date()
    with ours.office.database.writing() as session:
        mailbox = ours.mailbox(session, token)
        with pytest.raises(ValueError, match="replies or asks"):
            mailboxes.write(session, mailbox, "x", MessageKind.DECISION, today)
        with pytest.raises(MessageRequired):
            mailboxes.write(session, mailbox, " ", MessageKind.REPLY, today)


def test_she_misses_a_message_that_someone_cut_from_the_end(ours: Scene) -> None:
    ours.act(Action.ACKNOWLEDGE)
    _write(ours, "thank you")
    with ours.office.database.writing() as session:
        session.execute(text("DELETE FROM message WHERE position > 1"))

    faults = {each.position: each.fault for each in ours.reporters_thread().warnings}

    assert faults == {2: ThreadFault.MISSING, 3: ThreadFault.MISSING}


def test_the_office_misses_a_message_that_someone_cut_from_the_end(ours: Scene) -> None:
    ours.act(Action.ACKNOWLEDGE)
    with ours.office.database.writing() as session:
        session.execute(text("DELETE FROM message WHERE position > 1"))

    with ours.office.database.reading() as session:
        thread = office_thread(session, ours.open(session))
    assert [(each.position, each.fault) for each in thread.warnings] == [(2, ThreadFault.MISSING)]


def _office_faults(ours: Scene) -> dict[int, ThreadFault]:
    with ours.office.database.reading() as session:
        thread = office_thread(session, ours.open(session))
    return {each.position: each.fault for each in thread.warnings}


def _reporters_faults(ours: Scene) -> dict[int, ThreadFault]:
    return {each.position: each.fault for each in ours.reporters_thread().warnings}


def test_writing_again_does_not_close_the_gap_of_what_was_cut(ours: Scene) -> None:
    _write(ours, "the one that someone cuts")
    with ours.office.database.writing() as session:
        session.execute(text("DELETE FROM message WHERE position = 2"))
    _write(ours, "the next one")

    assert _reporters_faults(ours) == {2: ThreadFault.MISSING}
    assert _office_faults(ours) == {2: ThreadFault.MISSING}


def test_answering_again_does_not_close_the_gap_of_what_was_cut(ours: Scene) -> None:
    ours.act(Action.ACKNOWLEDGE)
    with ours.office.database.writing() as session:
        session.execute(text("DELETE FROM message WHERE position = 2"))
    with ours.office.database.writing() as session:
        case, by = ours.open(session), ours.office.signed_in("ingrid")
        now = ours.office.clock.now()
        correspondence.reply(
            session, case, "the next one", by, case.version, now, ours.office.rules()
        )

    assert _reporters_faults(ours) == {2: ThreadFault.MISSING}
    assert _office_faults(ours) == {2: ThreadFault.MISSING}


def test_a_message_in_the_place_of_one_that_was_cut_shows_on_both_sides(ours: Scene) -> None:
    _write(ours, "the one that someone cuts")
    with ours.office.database.writing() as session:
        session.execute(text("DELETE FROM message WHERE position = 2"))
    # The office has never seen it, and answers in its place.
    ours.act(Action.ACKNOWLEDGE)
    assert _reporters_faults(ours) == {2: ThreadFault.ALTERED}

    _write(ours, "the next one")

    assert _reporters_faults(ours) == {2: ThreadFault.ALTERED}
    assert _office_faults(ours) == {2: ThreadFault.ALTERED}


def test_a_mailbox_led_to_another_case_is_refused(ours: Scene) -> None:
    other, token = scene(ours.office), ours.come_back()
    with ours.office.database.writing() as session:
        session.execute(
            text("DELETE FROM mailbox WHERE case_id = :other"), {"other": other.case_id}
        )
        session.execute(
            text("UPDATE mailbox SET case_id = :other WHERE case_id = :ours"),
            {"other": other.case_id, "ours": ours.case_id},
        )

    with ours.office.database.reading() as session, pytest.raises(CaseDamaged):
        ours.mailbox(session, token)


def test_deleting_the_mailbox_leaves_no_key_of_hers_and_the_case_goes_on(ours: Scene) -> None:
    ours.act(Action.ACKNOWLEDGE)
    token = _delete(ours)

    assert _ended(ours, token)
    with ours.office.database.writing() as session:
        assert not mailboxes.sign_in(session, ours.keys, ours.office.clock.now()).ok
        assert session.execute(text("SELECT count(*) FROM mailbox")).scalar_one() == 0
        kept = session.execute(
            text("SELECT count(*) FROM message WHERE mailbox_key IS NOT NULL")
        ).scalar_one()
        assert kept == 0
        case = ours.open(session)
        assert not case.mailbox_open
        assert case.version == 3
        assert len(office_thread(session, case).messages) == 2
    ours.go(Action.CHECK_SCOPE, Action.CHECK_INTERNAL_CHANNEL)
    assert ours.act(Action.ACCEPT_EXTERNAL).state is State.INVESTIGATION


def test_another_open_session_of_hers_ends_with_the_mailbox(ours: Scene) -> None:
    other = ours.come_back()
    with ours.office.database.reading() as session:
        opened = ours.mailbox(session, other)
    _delete(ours)

    assert _ended(ours, other)
    with ours.office.database.writing() as session, pytest.raises(SessionEnded):
        mailboxes.write(
            session, opened, "too late", MessageKind.REPLY, ours.office.clock.now().date()
        )


def test_what_the_portal_does_is_in_the_trail_by_day_only(ours: Scene) -> None:
    _write(ours, "reply")
    _delete(ours)

    with ours.office.database.reading() as session:
        rows = session.execute(
            text("SELECT event, at, actor_id FROM trail WHERE case_id = :id"),
            {"id": ours.case_id},
        ).all()
    assert {row.event for row in rows} == {"case_received", "reporter_wrote", "mailbox_deleted"}
    assert {(row.at, row.actor_id) for row in rows} == {(None, None)}


def test_a_mailbox_of_one_case_does_not_open_another(ours: Scene) -> None:
    other = scene(ours.office)
    token = other.come_back()

    with ours.office.database.reading() as session:
        assert other.mailbox(session, token).case_id == other.case_id
        with pytest.raises(NotFound):
            Scene(ours.office, b"?" * 16, ours.keys).open(session)
