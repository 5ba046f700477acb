"""Signing in: both secrets, once each; failures look alike and slow down; sessions end."""

import sys
from datetime import datetime, timedelta
from types import FrameType

import pytest
from sqlalchemy import text, update

from cases.actions import staff
from cases.actions.staff import SignInFailed, Throttled
from cases.domain.roles import Role
from cases.errors import SessionEnded
from cases.models import Staff
from cases.queries.staff import colleagues, everyone
from crypto.kdf import KdfCost, argon2id
from crypto.keys import Seed
from crypto.passphrase import wrap_seed
from crypto.session import SessionToken
from tests.support.office import PASSPHRASE, WEAK, FixedClock, Office, one_time_code

Answer = SessionToken | SignInFailed | Throttled


def _sign_in(office: Office, login: str, passphrase: str = PASSPHRASE, code: str = "") -> Answer:
    with office.database.writing() as session:
        return staff.sign_in(session, login, passphrase, code, office.clock.now())


def _code(office: Office, login: str = "ingrid") -> str:
    return one_time_code(office.enrol(login), office.clock.now())


def _open(office: Office, token: SessionToken) -> staff.SignedIn:
    with office.database.reading() as session:
        return staff.open_staff_session(session, token, office.clock.now())


@pytest.fixture
def enrolled(office: Office, clock: FixedClock) -> Office:
    """Ingrid has enrolled, and her next code is a fresh one."""
    office.enrol("ingrid")
    clock.advance(minutes=2)
    return office


def _token(office: Office) -> SessionToken:
    answer = _sign_in(office, "ingrid", code=_code(office))
    assert isinstance(answer, SessionToken)
    return answer


@pytest.mark.parametrize("login", ["ingrid", " Ingrid ", "INGRID"])
def test_passphrase_and_code_open_a_session(enrolled: Office, login: str) -> None:
    answer = _sign_in(enrolled, login, code=_code(enrolled))

    assert isinstance(answer, SessionToken)
    signed_in = _open(enrolled, answer)
    assert signed_in.member.name == "Ingrid Intake"
    assert signed_in.member.roles == {Role.INTAKE}
    assert signed_in.keys.intake is not None
    assert signed_in.keys.intake.public == enrolled.roster().roster.intake


def test_a_person_without_intake_gets_no_intake_key(office: Office) -> None:
    assert office.signed_in("igor").keys.intake is None
    assert office.signed_in("hilde").keys.intake is not None


def test_a_code_works_once(enrolled: Office) -> None:
    code = _code(enrolled)

    assert isinstance(_sign_in(enrolled, "ingrid", code=code), SessionToken)
    assert _sign_in(enrolled, "ingrid", code=code) == SignInFailed()


def test_whatever_is_wrong_the_answer_is_the_same(enrolled: Office) -> None:
    right = _code(enrolled)

    answers = [
        _sign_in(enrolled, "ingrid", "wrong passphrase", right),
        _sign_in(enrolled, "ingrid", PASSPHRASE, "000000"),
        _sign_in(enrolled, "nobody", PASSPHRASE, right),
        _sign_in(enrolled, "igor", PASSPHRASE, right),
        _sign_in(enrolled, "", "", ""),
    ]

    assert answers == [SignInFailed()] * 5


def test_whatever_is_wrong_one_derivation_is_paid(enrolled: Office) -> None:
    attempts = (("ingrid", "wrong"), ("ingrid", PASSPHRASE), ("igor", "wrong"), ("nobody", "wrong"))

    paid = [_derivations(enrolled, login, passphrase) for login, passphrase in attempts]

    assert paid == [[WEAK]] * 4


def _derivations(office: Office, login: str, passphrase: str) -> list[KdfCost]:
    """At which cost Argon2id runs in one attempt to sign in, seen by Python's profiler."""
    calls: list[KdfCost] = []

    def note(frame: FrameType, what: str, _: object) -> None:
        if what == "call" and frame.f_code is argon2id.__code__:
            calls.append(frame.f_locals["cost"])

    sys.setprofile(note)
    try:
        _sign_in(office, login, passphrase, "000000")
    finally:
        sys.setprofile(None)
    return calls


def test_a_name_that_cannot_sign_in_costs_what_a_colleague_s_does(enrolled: Office) -> None:
    """Also where the first of the list was only invited, with a seed that is wrapped otherwise."""
    cheap = wrap_seed(Seed.generate(), "any words", b"o" * 16, KdfCost(16, 1, 1))
    with enrolled.database.writing() as session:
        session.execute(update(Staff).where(Staff.login == "ada").values(wrapped_seed=cheap))

    for login in ("ingrid", "nobody", "ada"):
        assert _derivations(enrolled, login, "wrong") == [WEAK]


def test_failures_are_in_the_trail_without_a_name(enrolled: Office) -> None:
    _sign_in(enrolled, "ingrid", "wrong")
    _sign_in(enrolled, "nobody", "wrong")

    with enrolled.database.reading() as session:
        rows = session.execute(
            text("SELECT actor_id FROM trail WHERE event = 'sign_in_failed'")
        ).all()
    assert [row.actor_id for row in rows] == [None, None]


@pytest.mark.parametrize("login", ["ingrid", "nobody"])
def test_the_sixth_attempt_must_wait_whether_or_not_the_name_exists(
    enrolled: Office, login: str
) -> None:
    answers = [_sign_in(enrolled, login, "wrong") for _ in range(6)]

    assert answers[:5] == [SignInFailed()] * 5
    assert answers[5] == Throttled(enrolled.clock.now() + timedelta(seconds=5))


def test_a_stranger_keeps_a_colleague_out_for_five_minutes_at_most(
    enrolled: Office, clock: FixedClock
) -> None:
    longest = timedelta(0)
    for _ in range(20):
        answer = _sign_in(enrolled, "ingrid", "wrong")
        if isinstance(answer, Throttled):
            longest = max(longest, answer.until - clock.now())
            clock.moment = answer.until

    assert timedelta(minutes=4) < longest <= timedelta(minutes=5)
    clock.advance(minutes=5)
    assert isinstance(_token(enrolled), SessionToken)


def test_while_one_name_waits_the_others_do_not(enrolled: Office) -> None:
    for _ in range(6):
        _sign_in(enrolled, "nobody", "wrong")

    assert isinstance(_token(enrolled), SessionToken)


def test_a_success_clears_the_failures(enrolled: Office, clock: FixedClock) -> None:
    for _ in range(4):
        _sign_in(enrolled, "ingrid", "wrong")
    _token(enrolled)
    clock.advance(minutes=2)

    assert _sign_in(enrolled, "ingrid", "wrong") == SignInFailed()
    assert isinstance(_token(enrolled), SessionToken)


def _in_use(office: Office, clock: FixedClock, token: SessionToken, until: datetime) -> None:
    while clock.now() < until:
        clock.advance(minutes=10)
        with office.database.writing() as session:
            staff.touch(session, token, clock.now())


def test_a_session_locks_after_fifteen_idle_minutes(enrolled: Office, clock: FixedClock) -> None:
    token = _token(enrolled)

    clock.advance(minutes=15)
    _open(enrolled, token)
    clock.advance(seconds=1)
    with pytest.raises(SessionEnded):
        _open(enrolled, token)


def test_using_a_locked_session_does_not_wake_it(enrolled: Office, clock: FixedClock) -> None:
    token = _token(enrolled)
    clock.advance(minutes=16)
    with enrolled.database.writing() as session:
        staff.touch(session, token, clock.now())

    with pytest.raises(SessionEnded):
        _open(enrolled, token)


def test_a_session_in_use_ends_after_eight_hours(enrolled: Office, clock: FixedClock) -> None:
    token = _token(enrolled)
    _in_use(enrolled, clock, token, clock.now() + timedelta(hours=8))

    _open(enrolled, token)
    clock.advance(seconds=1)
    with pytest.raises(SessionEnded):
        _open(enrolled, token)


def test_signing_out_destroys_the_session(enrolled: Office) -> None:
    token = _token(enrolled)
    with enrolled.database.writing() as session:
        staff.sign_out(session, token)

    with pytest.raises(SessionEnded):
        _open(enrolled, token)


def test_a_session_copied_under_another_token_stays_shut(enrolled: Office) -> None:
    """Someone who writes to the table puts a colleague's session under a token of their own."""
    _token(enrolled)
    stranger = SessionToken.generate()
    with enrolled.database.writing() as session:
        newest = "(SELECT max(seen_at) FROM staff_session)"
        session.execute(text(f"DELETE FROM staff_session WHERE seen_at < {newest}"))  # noqa: S608
        session.execute(text("UPDATE staff_session SET id = :id"), {"id": stranger.id})

    with pytest.raises(SessionEnded):
        _open(enrolled, stranger)
    with pytest.raises(SessionEnded):
        _open(enrolled, SessionToken.generate())


def test_ended_sessions_and_old_failures_are_purged(enrolled: Office, clock: FixedClock) -> None:
    _token(enrolled)
    _sign_in(enrolled, "nobody", "wrong")
    clock.advance(days=2)
    with enrolled.database.writing() as session:
        assert staff.purge_sessions(session, clock.now()) >= 1

    with enrolled.database.reading() as session:
        for table in ("staff_session", "sign_in_throttle"):
            assert session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0  # noqa: S608


def test_colleagues_are_those_who_have_enrolled(enrolled: Office) -> None:
    with enrolled.database.reading() as session:
        assert [each.login for each in colleagues(session)] == ["ingrid"]
        assert len(everyone(session)) == 7


def test_an_office_without_people_lets_nobody_in(office: Office) -> None:
    with office.database.writing() as session:
        session.execute(text("DELETE FROM intake_grant"))
        session.execute(text("DELETE FROM staff"))

    assert _sign_in(office, "ingrid", code="123456") == SignInFailed()
