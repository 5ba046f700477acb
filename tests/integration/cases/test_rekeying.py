"""A case with a new key: the old one opens nothing, both sides go on, and nobody forges it."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from cases.actions import assignment, correspondence, mailboxes, recovery, rekeying
from cases.actions.automatic import act_by_reporter
from cases.actions.case_rows import sealed_rows
from cases.actions.changing import claim
from cases.actions.mailboxes import OpenMailbox
from cases.actions.reading import holders, notes, office_thread
from cases.actions.sealing import append_message, sheet_context
from cases.actions.threads import Thread, ThreadFault
from cases.domain.case_keys import KeyAnnouncement
from cases.domain.contents import Assignment, Author, Message, MessageKind
from cases.domain.flows import Action
from cases.domain.grants import HolderKind
from cases.domain.sheets import NOTHING_SEEN
from cases.domain.trail import TrailEvent
from cases.errors import CaseKeyUnproven, NobodyLeft, NotFound, Refused, StaleCase
from cases.models import Base, Case, TrailEntry
from cases.queries.cases import grants
from cases.reasons import Reason
from crypto.case_keys import KeyChange
from crypto.envelope import reseal
from crypto.errors import CryptoError
from crypto.grants import open_case_grant
from crypto.keys import CasePrivateKey, Seed
from crypto.roster import RosterSigningKey
from tests.support.consulting import consulting
from tests.support.office import Office
from tests.support.scenes import Scene, scene
from tests.support.toy_suite import add_suite
from web.roster import RosterSource

TEXTS = ["", "before", "still before", "", "after", "me too"]


@pytest.fixture
def ours(office: Office) -> Scene:
    return scene(office)


def _change(ours: Scene, login: str = "ingrid", **how: object) -> None:
    with ours.office.database.writing() as session:
        case = ours.open(session, login)
        by, now = ours.office.signed_in(login), ours.office.clock.now()
        claim(session, case, case.version)
        rekeying.change_key(session, case, by, ours.office.roster(), now, **how)  # type: ignore[arg-type]  # its own arguments


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


def _mailbox(ours: Scene, session: Session) -> OpenMailbox:
    now = ours.office.clock.now()
    token = mailboxes.sign_in(session, ours.keys, now).token
    rosters = RosterSource(ours.office.home / "roster").chain(now.date())
    return mailboxes.open_mailbox(session, token, now, rosters)


def _write(ours: Scene, text: str) -> None:
    with ours.office.database.writing() as session:
        mailbox = _mailbox(ours, session)
        mailboxes.write(session, mailbox, text, MessageKind.REPLY, _today(ours))


def _today(ours: Scene) -> date:
    return ours.office.clock.now().date()


def _reporters_thread(ours: Scene) -> Thread:
    with ours.office.database.writing() as session:
        return mailboxes.mailbox_thread(session, _mailbox(ours, session))


def _office_thread(ours: Scene, login: str = "ingrid") -> Thread:
    with ours.office.database.reading() as session:
        return office_thread(session, ours.open(session, login))


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


def test_both_sides_read_on_and_write_after_the_change(ours: Scene) -> None:
    ours.office.answer("before")
    _write(ours, "still before")

    _change(ours)
    ours.office.answer("after")
    _write(ours, "me too")

    for thread in (_reporters_thread(ours), _office_thread(ours)):
        assert thread.warnings == ()
        assert [message.text for message in thread.messages] == TEXTS
        assert thread.messages[3].kind is MessageKind.CASE_KEY


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

    _change(ours)

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
        _change(ours)
        keys.append(_key(ours))
        _write(ours, text)

    assert [_opened_by(ours, key) for key in keys[:-1]] == [[], [], []]
    assert _office_thread(ours).warnings == _reporters_thread(ours).warnings == ()


def test_who_held_the_case_holds_it_still(ours: Scene) -> None:
    _take(ours)
    _share(ours, "igor")

    _change(ours)

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

    _change(ours, excluded=frozenset({igor.member.id}))

    assert not _opens(ours, "igor")
    assert _opened_by(ours, old) == []


def test_a_case_in_the_pool_leaves_out_intake_staff_who_are_excluded(ours: Scene) -> None:
    hilde = ours.office.signed_in("hilde")

    _change(ours, excluded=frozenset({hilde.member.id}))

    assert _kinds(ours) == [HolderKind.POOL_MEMBER, HolderKind.RECOVERY]
    assert not _opens(ours, "hilde")


def test_a_case_is_never_left_to_the_custodians_alone(ours: Scene) -> None:
    _take(ours)

    with pytest.raises(NobodyLeft):
        _change(ours, excluded=frozenset({ours.office.signed_in("ingrid").member.id}))
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


def test_a_message_that_was_being_written_meanwhile_is_sealed_to_the_new_key(ours: Scene) -> None:
    """Her page was made before the change; what she sends is sealed within its own transaction."""
    with ours.office.database.writing() as session:
        before = _mailbox(ours, session)
    _change(ours)

    with ours.office.database.writing() as session:
        mailboxes.write(session, before, "meanwhile", MessageKind.REPLY, _today(ours))

    thread = _office_thread(ours)
    assert thread.warnings == ()
    assert thread.messages[-1].text == "meanwhile"


def test_a_step_that_the_person_takes_meanwhile_is_sealed_to_the_new_key(ours: Scene) -> None:
    ours.go(
        Action.ACKNOWLEDGE,
        Action.CHECK_SCOPE,
        Action.CHECK_INTERNAL_CHANNEL,
        Action.ADVISE_INTERNAL,
    )
    with ours.office.database.writing() as session:
        before = _mailbox(ours, session)
    _change(ours)

    with ours.office.database.writing() as session:
        chosen, rules = Action.REPORTER_CHOSE_EXTERNAL, ours.office.rules()
        act_by_reporter(session, before, chosen, _today(ours), rules)

    assert ours.office.steps()[-1] is Action.REPORTER_CHOSE_EXTERNAL


def test_a_case_whose_mailbox_was_deleted_gets_a_new_key_too(ours: Scene) -> None:
    with ours.office.database.writing() as session:
        token = mailboxes.sign_in(session, ours.keys, ours.office.clock.now()).token
        mailboxes.delete_mailbox(session, _mailbox(ours, session), token, _today(ours))
    old = _key(ours)

    _change(ours)

    assert _opened_by(ours, old) == []
    assert _office_thread(ours).warnings == ()


def test_while_a_service_can_answer_through_its_link_the_key_stays(office: Office) -> None:
    asked = consulting(office)
    consultation_id, words = asked.asked()

    with pytest.raises(Refused) as refused:
        _change(asked.scene)

    assert refused.value.reason is Reason.A_QUESTION_IS_OUT
    assert asked.come(consultation_id, words) is not None


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
            session, case.case_id, message, _today(ours), NOTHING_SEEN, old, case.mailbox_public
        )


def test_a_key_that_nobody_of_the_office_signed_stops_the_reporter(ours: Scene) -> None:
    _forge(ours)

    (warning,) = _reporters_thread(ours).warnings
    assert (warning.position, warning.fault) == (2, ThreadFault.UNPROVEN_KEY)
    with pytest.raises(CaseKeyUnproven):
        _write(ours, "to whom?")


def test_where_no_roster_verifies_nothing_is_sealed_to_a_key_in_doubt(ours: Scene) -> None:
    _change(ours)

    with ours.office.database.writing() as session:
        mailbox = replace(_mailbox(ours, session), rosters=())
        with pytest.raises(CaseKeyUnproven):
            mailboxes.write(session, mailbox, "to whom?", MessageKind.REPLY, _today(ours))


def test_a_case_moves_to_another_suite(ours: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    toy = add_suite(monkeypatch)
    ours.office.answer("before")
    _write(ours, "still before")
    old = _key(ours)

    _change(ours, suite=toy)
    ours.office.answer("after")
    _write(ours, "me too")

    assert (old.seed.suite, _key(ours).seed.suite) == (1, toy)
    assert _opened_by(ours, old) == []
    for thread in (_reporters_thread(ours), _office_thread(ours)):
        assert thread.warnings == ()
        assert [message.text for message in thread.messages] == TEXTS
    assert _faults_found_by_recovery(ours) == [()]
