"""Suspending a person, restoring them, and ending sessions; also when two do it at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select, update

from cases.actions import session_ending, staff, suspending
from cases.actions.staff import SignInFailed
from cases.domain.roles import StaffState
from cases.domain.trail import TrailEvent
from cases.errors import NotFound, Refused, SessionEnded
from cases.models import Staff, StaffSession, TrailEntry
from cases.reasons import Reason
from crypto.session import SessionToken
from tests.support.office import PASSPHRASE, FixedClock, Office, one_time_code


@pytest.fixture
def two_heads(office: Office) -> Office:
    with office.database.writing() as session:
        session.execute(update(Staff).where(Staff.login == "ingrid").values(roles="head"))
    return office


def _sign_in(office: Office, login: str) -> SessionToken | object:
    assert isinstance(office.clock, FixedClock)
    secret = office.enrol(login)
    office.clock.advance(seconds=60)
    now = office.clock.now()
    with office.database.writing() as session:
        code = one_time_code(secret, now)
        return staff.sign_in(session, login, PASSPHRASE, code, now)


def _token(office: Office, login: str) -> SessionToken:
    token = _sign_in(office, login)
    assert isinstance(token, SessionToken), token
    return token


def _is_open(office: Office, token: SessionToken) -> bool:
    with office.database.reading() as session:
        try:
            staff.open_staff_session(session, token, office.clock.now())
        except SessionEnded:
            return False
        return True


def _id(office: Office, login: str) -> bytes:
    with office.database.reading() as session:
        found = session.scalar(select(Staff.id).where(Staff.login == login))
    assert found is not None
    return found


def _suspend(office: Office, whom: str, by: str = "hilde") -> None:
    person, signed_in = _id(office, whom), office.signed_in(by)
    with office.database.writing() as session:
        suspending.suspend(session, person, signed_in, office.clock.now())


def _restore(office: Office, whom: str, by: str = "hilde") -> None:
    person, signed_in = _id(office, whom), office.signed_in(by)
    with office.database.writing() as session:
        suspending.restore(session, person, signed_in, office.clock.now())


def _told(office: Office, event: TrailEvent) -> list[tuple[bytes | None, bytes | None]]:
    rows = select(TrailEntry.actor_id, TrailEntry.subject_id).where(TrailEntry.event == event.value)
    with office.database.reading() as session:
        return [(actor, subject) for actor, subject in session.execute(rows)]


def test_a_suspended_person_is_out_at_once_and_gets_the_usual_answer(office: Office) -> None:
    token = _token(office, "igor")

    _suspend(office, "igor")

    assert not _is_open(office, token)
    assert isinstance(_sign_in(office, "igor"), SignInFailed)
    told = [(_id(office, "hilde"), _id(office, "igor"))]
    assert _told(office, TrailEvent.PERSON_SUSPENDED) == told


def test_a_restored_person_signs_in_again_and_no_old_session_comes_back(office: Office) -> None:
    before = _token(office, "igor")
    with office.database.reading() as session:
        row = session.scalars(select(StaffSession)).all()[-1]
    _suspend(office, "igor")
    # A sign-in that was under way meanwhile.
    with office.database.writing() as session:
        session.merge(row)

    _restore(office, "igor")

    assert not _is_open(office, before)
    assert _is_open(office, _token(office, "igor"))
    assert len(_told(office, TrailEvent.PERSON_RESTORED)) == 1


def test_doing_it_twice_is_told_once(office: Office) -> None:
    office.enrol("igor")
    for _ in range(2):
        _suspend(office, "igor")
    for _ in range(2):
        _restore(office, "igor")

    assert len(_told(office, TrailEvent.PERSON_SUSPENDED)) == 1
    assert len(_told(office, TrailEvent.PERSON_RESTORED)) == 1


@pytest.mark.parametrize(
    ("whom", "by", "reason"),
    [
        ("hilde", "hilde", Reason.NOT_ONESELF),
        ("ada", "hilde", Reason.LAST_ADMINISTRATOR),
        ("cem", "hilde", Reason.NO_FIRST_SIGN_IN),
        ("igor", "ingrid", Reason.NO_PERMISSION),
        ("igor", "ada", Reason.NO_PERMISSION),
    ],
)
def test_who_cannot_be_suspended_or_may_not_suspend(
    office: Office, whom: str, by: str, reason: Reason
) -> None:
    for login in ("igor", "ada"):
        office.enrol(login)

    with pytest.raises(Refused) as refused:
        _suspend(office, whom, by)

    assert refused.value.reason is reason


def test_whoever_manages_the_staff_suspends_who_leaves_but_not_the_last_head(
    office: Office,
) -> None:
    ada, now = office.signed_in("ada"), office.clock.now()
    for login in ("igor", "hilde"):
        office.enrol(login)

    with office.database.writing() as session:
        suspending.suspend_leaver(session, _id(office, "igor"), ada, now)
    with office.database.writing() as session, pytest.raises(Refused) as refused:
        suspending.suspend_leaver(session, _id(office, "hilde"), ada, now)

    assert refused.value.reason is Reason.LAST_HEAD


def test_nobody_is_suspended_who_is_not_there(office: Office) -> None:
    with office.database.writing() as session, pytest.raises(NotFound):
        suspending.suspend(session, b"\0" * 16, office.signed_in("hilde"), office.clock.now())


def test_of_two_heads_who_suspend_each_other_at_once_one_stays(two_heads: Office) -> None:
    office, barrier = two_heads, Barrier(2)
    for login in ("hilde", "ingrid"):
        office.signed_in(login)

    def suspend(pair: tuple[str, str]) -> str:
        by, whom = pair
        barrier.wait()
        try:
            _suspend(office, whom, by)
        except SessionEnded:
            return "was suspended meanwhile"
        return "done"

    with ThreadPoolExecutor(2) as pool:
        answers = set(pool.map(suspend, [("hilde", "ingrid"), ("ingrid", "hilde")]))

    assert answers == {"done", "was suspended meanwhile"}
    with office.database.reading() as session:
        left = select(func.count()).where(Staff.roles == "head", Staff.state == StaffState.ACTIVE)
        assert session.scalar(left) == 1


def test_a_person_sees_and_ends_her_own_sessions_and_no_others(office: Office) -> None:
    first, second, third = (_token(office, "igor") for _ in range(3))
    # The last one is of her first sign-in.
    others = _token(office, "hilde")
    now = office.clock.now()
    with office.database.reading() as session:
        igor = staff.open_staff_session(session, third, now)
        listed = session_ending.own_sessions(session, third, igor, now)

    with office.database.writing() as session:
        session_ending.end_own(session, first.id, igor, now)
        session_ending.end_own(session, others.id, igor, now)

    assert [each.id for each in listed[:-1]] == [third.id, second.id, first.id]
    assert [each.is_this_one for each in listed] == [True, False, False, False]
    states = [_is_open(office, token) for token in (first, second, third, others)]
    assert states == [False, True, True, True]
    with office.database.writing() as session:
        assert session_ending.end_others(session, third, igor, now) == 2
        assert session_ending.end_others(session, third, igor, now) == 0
    assert [_is_open(office, token) for token in (second, third, others)] == [False, True, True]
    assert len(_told(office, TrailEvent.SESSIONS_ENDED)) == 2


def test_a_session_that_has_ended_is_not_listed(office: Office) -> None:
    token = _token(office, "igor")
    now = office.clock.now()
    with office.database.reading() as session:
        igor = staff.open_staff_session(session, token, now)
    assert isinstance(office.clock, FixedClock)
    office.clock.advance(minutes=16)

    with office.database.reading() as session:
        later = office.clock.now()
        assert session_ending.own_sessions(session, token, igor, later) == []
        assert session_ending.session_counts(session, later) == {}


def test_the_head_ends_the_sessions_of_anybody_and_nobody_else_does(office: Office) -> None:
    tokens = [_token(office, "igor") for _ in range(2)]
    hilde, ingrid = office.signed_in("hilde"), office.signed_in("ingrid")
    now, igor = office.clock.now(), _id(office, "igor")
    with office.database.reading() as session:
        assert session_ending.session_counts(session, now)[igor] == 3

    with office.database.writing() as session, pytest.raises(Refused):
        session_ending.end_all_of(session, igor, ingrid, now)
    with office.database.writing() as session:
        assert session_ending.end_all_of(session, igor, hilde, now) == 3

    assert not any(_is_open(office, token) for token in tokens)
    assert _told(office, TrailEvent.SESSIONS_ENDED) == [(hilde.member.id, igor)]
