"""A case with a new key: the old one opens nothing, both sides go on, and nobody forges it."""

import pytest
from sqlalchemy import event

from cases.actions import assignment, correspondence, mailboxes, recovery, rekeying
from cases.actions.case_rows import sealed_rows
from cases.actions.reading import holders, notes
from cases.actions.sealing import sheet_context
from cases.domain.contents import Assignment, MessageKind
from cases.domain.grants import HolderKind
from cases.domain.trail import TrailEvent
from cases.errors import NobodyLeft, NotFound, Refused, StaleCase
from cases.models import Base, Case, TrailEntry
from cases.queries.cases import grants
from cases.reasons import Reason
from crypto.envelope import reseal
from crypto.errors import CryptoError
from crypto.grants import open_case_grant
from crypto.keys import CasePrivateKey
from tests.support.consulting import consulting
from tests.support.databases import on_both_databases
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
from tests.support.toy_suite import add_suite

TEXTS = ["", "before", "still before", "", "after", "me too"]


@pytest.fixture
def backend() -> str:
    """SQLite, unless a test says otherwise: what the rows are replaced by is proved on both."""
    return "sqlite"


@pytest.fixture
def ours(office: Office) -> Scene:
    return scene(office)


def _renew(ours: Scene, version: int | None = None, reason: str = "a phone was lost") -> None:
    with ours.office.database.writing() as session:
        case = ours.open(session)
        by, now = ours.office.signed_in("ingrid"), ours.office.clock.now()
        roster = ours.office.roster()
        rekeying.renew_key(session, case, reason, by, roster, version or case.version, now)


def _take(ours: Scene) -> None:
    with ours.office.database.writing() as session:
        case, by = ours.open(session), ours.office.signed_in("ingrid")
        assignment.take(session, case, by, case.version, ours.office.clock.now())


def _share(ours: Scene, login: str) -> None:
    member = ours.colleague(login)
    with ours.office.database.writing() as session:
        case, by = ours.open(session), ours.office.signed_in("ingrid")
        now = ours.office.clock.now()
        assignment.share(session, case, member, by, case.version, now)


def _key(ours: Scene, login: str = "ingrid") -> CasePrivateKey:
    with ours.office.database.reading() as session:
        return ours.open(session, login).private


def _opens(ours: Scene, login: str) -> bool:
    try:
        _key(ours, login)
    except NotFound:
        return False
    return True


def _opened_by(ours: Scene, old: CasePrivateKey) -> list[str]:
    """What a key still opens of the case: content keys and seeds, wherever they lie."""
    shares = ours.office.recovery_shares[:2]
    key = recovery.recovery_key(shares, ours.office.roster())
    found = []
    with ours.office.database.reading() as session:
        case = session.get_one(Case, ours.case_id)
        sealed = [(row.case_key, context) for row, context in sealed_rows(session, case.id)]
        for sealed_key, context in (*sealed, (case.sheet_key, sheet_context(case.id))):
            try:
                reseal(sealed_key or b"", old, old.public, context)
            except CryptoError:
                continue
            found.append(context.purpose.name)
        (box,) = [each.box for each in grants(session, case.id) if each.holder_kind == "recovery"]
        if open_case_grant(box, case.id, key) == old:
            found.append("GRANT")
    return found


def _faults_found_by_recovery(ours: Scene) -> list[tuple[recovery.Fault, ...]]:
    shares = ours.office.recovery_shares[:2]
    key = recovery.recovery_key(shares, ours.office.roster())
    with ours.office.database.reading() as session:
        every = recovery.chosen_cases(session, ())
        return [proof.faults for proof in recovery.prove(session, key, every)]


def _kinds(ours: Scene, login: str = "ingrid") -> list[HolderKind]:
    with ours.office.database.reading() as session:
        return sorted(each.kind for each in holders(session, ours.open(session, login)))


@on_both_databases
def test_both_sides_read_on_and_write_after_the_change(ours: Scene) -> None:
    ours.office.answer("before")
    reporter_writes(ours, "still before")

    change_key(ours)
    ours.office.answer("after")
    reporter_writes(ours, "me too")

    for thread in (reporters_thread(ours), offices_thread(ours)):
        assert thread.warnings == ()
        assert [message.text for message in thread.messages] == TEXTS
        assert thread.messages[3].kind is MessageKind.CASE_KEY


@on_both_databases
def test_the_old_key_opens_nothing_and_the_new_one_everything(office: Office) -> None:
    """With each kind of row that a case has: messages, notes, steps and a service's answer."""
    asked = consulting(office)
    ours = asked.scene
    consultation_id, words = asked.asked()
    token = asked.come(consultation_id, words)
    assert token is not None
    asked.reply(token, consultation_id)
    with office.database.writing() as session:
        by, now = office.signed_in("ingrid"), office.clock.now()
        correspondence.add_note(session, ours.open(session), "a note", by, now)
    old = _key(ours)
    assert set(_opened_by(ours, old)) == {
        "MESSAGE", "NOTE", "TRANSITION", "CONSULTATION_MESSAGE", "SHEET", "GRANT",
    }  # fmt: skip

    change_key(ours)

    assert _opened_by(ours, old) == []
    assert _faults_found_by_recovery(ours) == [()]
    with office.database.reading() as session:
        assert [note.text for note in notes(session, ours.open(session))] == ["a note"]


def test_no_kind_of_row_is_forgotten() -> None:
    tables = {table.name for table in Base.metadata.tables.values() if "case_key" in table.columns}

    assert tables == {
        "message", "note", "transition", "consultation_message",
        "identity_request", "identity_answer",
    }  # fmt: skip


def test_a_case_changes_its_key_as_often_as_needed(ours: Scene) -> None:
    keys = [_key(ours)]
    for text in ("one", "two", "three"):
        change_key(ours)
        keys.append(_key(ours))
        reporter_writes(ours, text)

    assert [_opened_by(ours, key) for key in keys[:-1]] == [[], [], []]
    assert offices_thread(ours).warnings == reporters_thread(ours).warnings == ()


def test_who_held_the_case_holds_it_still(ours: Scene) -> None:
    _take(ours)
    _share(ours, "igor")

    change_key(ours)

    assert _kinds(ours) == [HolderKind.PERSON, HolderKind.PERSON, HolderKind.RECOVERY]
    assert [login for login in ("ingrid", "igor", "hilde") if _opens(ours, login)] == [
        "ingrid",
        "igor",
    ]


def test_an_excluded_colleague_loses_the_case_and_its_old_grant_opens_nothing(ours: Scene) -> None:
    _take(ours)
    _share(ours, "igor")
    igor = ours.office.signed_in("igor")
    with ours.office.database.reading() as session:
        copied = {each.key_id: each.box for each in grants(session, ours.case_id)}
    old = open_case_grant(
        copied[igor.keys.personal.public.key_id], ours.case_id, igor.keys.personal
    )

    change_key(ours, excluded=frozenset({igor.member.id}))

    assert not _opens(ours, "igor")
    assert _opened_by(ours, old) == []


def test_a_case_in_the_pool_leaves_out_intake_staff_who_are_excluded(ours: Scene) -> None:
    hilde = ours.office.signed_in("hilde")

    change_key(ours, excluded=frozenset({hilde.member.id}))

    assert _kinds(ours) == [HolderKind.POOL_MEMBER, HolderKind.RECOVERY]
    assert not _opens(ours, "hilde")


def test_a_case_is_never_left_to_the_custodians_alone(ours: Scene) -> None:
    _take(ours)

    with pytest.raises(NobodyLeft):
        change_key(ours, excluded=frozenset({ours.office.signed_in("ingrid").member.id}))
    assert _opens(ours, "ingrid")


def test_the_history_and_the_trail_tell_who_did_it_and_why(ours: Scene) -> None:
    _renew(ours)

    with ours.office.database.reading() as session:
        step = ours.open(session).history[-1]
        (entry,) = session.query(TrailEntry).filter_by(event=TrailEvent.CASE_KEY_CHANGED).all()
    assert (step.action, step.reason) == (Assignment.NEW_KEY, "a phone was lost")
    assert (entry.case_id, entry.actor_id) == (ours.case_id, step.actor_id)


def test_of_two_who_change_it_at_once_one_is_told_so(ours: Scene) -> None:
    with ours.office.database.reading() as session:
        seen_by_both = ours.open(session).version
    _renew(ours, seen_by_both)

    with pytest.raises(StaleCase):
        _renew(ours, seen_by_both)


@pytest.mark.parametrize("backend", ["postgresql"])
def test_a_case_whose_key_changes_while_it_is_being_opened_has_changed_and_is_not_damaged(
    ours: Scene,
) -> None:
    engine, waiting = ours.office.database.engine, [ours.office.signed_in("ingrid")]

    def change_once(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if waiting and "case_grant" in statement:
            waiting.pop()
            change_key(ours)

    with ours.office.database.writing() as session:
        event.listen(engine, "after_cursor_execute", change_once)
        with pytest.raises(StaleCase):
            ours.open(session)
    event.remove(engine, "after_cursor_execute", change_once)
    assert _opens(ours, "ingrid")


def test_a_case_whose_mailbox_was_deleted_gets_a_new_key_too(ours: Scene) -> None:
    with ours.office.database.writing() as session:
        token = mailboxes.sign_in(session, ours.keys, ours.office.clock.now()).token
        mailboxes.delete_mailbox(session, mailbox_of(ours, session), token, today(ours))
    old = _key(ours)

    change_key(ours)

    assert _opened_by(ours, old) == []
    assert offices_thread(ours).warnings == ()


def test_while_a_service_can_answer_through_its_link_the_key_stays(office: Office) -> None:
    asked = consulting(office)
    consultation_id, words = asked.asked()

    with pytest.raises(Refused) as refused:
        change_key(asked.scene)

    assert refused.value.reason is Reason.A_QUESTION_IS_OUT
    assert asked.come(consultation_id, words) is not None


def test_a_case_moves_to_another_suite(ours: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    toy = add_suite(monkeypatch)
    ours.office.answer("before")
    reporter_writes(ours, "still before")
    old = _key(ours)

    change_key(ours, suite=toy)
    ours.office.answer("after")
    reporter_writes(ours, "me too")

    assert (old.seed.suite, _key(ours).seed.suite) == (1, toy)
    assert _opened_by(ours, old) == []
    for thread in (reporters_thread(ours), offices_thread(ours)):
        assert thread.warnings == ()
        assert [message.text for message in thread.messages] == TEXTS
    assert _faults_found_by_recovery(ours) == [()]
