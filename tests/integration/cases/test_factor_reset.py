"""A lost second factor: two signatures of the roster, the passphrase, once, for two days."""

import os
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, update

from cases.actions import enrolment, factor_reset, passkeys, staff, suspending
from cases.actions.passkeys import Ceremony, PasskeySignature
from cases.actions.recovery_codes import make_recovery_codes
from cases.actions.signed_in import SignedIn
from cases.actions.staff import SignInFailed, Throttled
from cases.domain.trail import TrailEvent
from cases.errors import NotFound, SessionEnded
from cases.models import FactorReset, FactorResetApproval, TrailEntry
from cases.queries.second_factors import recovery_codes_left
from crypto.session import SessionToken
from tests.support.databases import on_both_databases
from tests.support.office import PASSPHRASE, FixedClock, Office, one_time_code
from tests.support.second_factors import PLACE, SECRET, at_the_console, new_key, type_code

NEW_KEY = new_key()


def vouch(office: Office, *logins: str, whom: str = "ingrid") -> None:
    for login in logins:
        by, now = office.signed_in(login), office.clock.now()
        with office.database.writing() as session:
            factor_reset.vouch(session, whom, by, office.roster(), now)


def come(
    office: Office, login: str = "ingrid", passphrase: str = PASSPHRASE
) -> SessionToken | SignInFailed | Throttled:
    """Sign in with login and passphrase alone."""
    now = office.clock.now()
    with office.database.writing() as session:
        return factor_reset.sign_in_after_loss(session, login, passphrase, office.roster(), now)


def set_up(office: Office, token: SessionToken) -> tuple[SessionToken, str]:
    """Confirm a new authenticator; the session, and the secret."""
    now = office.clock.now()
    with office.database.writing() as session:
        secret = enrolment.enrolment(session, token, now).secret
        return enrolment.enrol_totp(session, token, one_time_code(secret, now), now), secret


def approvals(office: Office) -> list[FactorResetApproval]:
    with office.database.reading() as session:
        return list(session.scalars(select(FactorResetApproval)))


@pytest.fixture
def backend() -> str:
    """SQLite, unless a test says `on_both_databases`: where rows are used up once."""
    return "sqlite"


@pytest.fixture
def ingrid(office: Office, clock: FixedClock) -> SignedIn:
    found = office.signed_in("ingrid")
    clock.advance(minutes=2)
    return found


@on_both_databases
def test_two_people_and_the_passphrase_give_a_new_factor(
    office: Office, ingrid: SignedIn, clock: FixedClock
) -> None:
    vouch(office, "hilde", "ada")

    token = come(office)
    assert isinstance(token, SessionToken)
    signed_in, secret = set_up(office, token)

    with office.database.reading() as session:
        found = staff.open_staff_session(session, signed_in, clock.now())
    assert found.keys.personal == ingrid.keys.personal
    clock.advance(minutes=1)
    assert isinstance(type_code(office, one_time_code(secret, clock.now())), SessionToken)


@on_both_databases
def test_everything_that_was_lost_is_worth_nothing_afterwards(
    office: Office, ingrid: SignedIn, clock: FixedClock
) -> None:
    lost, now = new_key(), clock.now()
    here = at_the_console()
    with office.database.writing() as session:
        options = passkeys.creation_options(session, here, ingrid, "Office", now)
        passkeys.add_passkey(session, here, ingrid, lost.create(options), "Lost", now)
        code, *_ = make_recovery_codes(session, ingrid, now)
    old_secret = office.enrol("ingrid")
    open_elsewhere = type_code(office, one_time_code(old_secret, now))
    assert isinstance(open_elsewhere, SessionToken)
    vouch(office, "hilde", "ada")
    token = come(office)
    assert isinstance(token, SessionToken)

    set_up(office, token)

    clock.advance(minutes=1)
    assert type_code(office, one_time_code(old_secret, clock.now())) == SignInFailed()
    assert type_code(office, code) == SignInFailed()
    answer = lost.sign(passkeys.request_options(here, clock.now()))
    with office.database.writing() as session:
        proof = PasskeySignature(here, answer)
        failed = staff.sign_in_with(session, "ingrid", PASSPHRASE, proof, clock.now())
        assert failed == SignInFailed()
    with office.database.reading() as session:
        assert recovery_codes_left(session, ingrid.member.id) == 0
        with pytest.raises(SessionEnded):
            staff.open_staff_session(session, open_elsewhere, clock.now())


def test_a_passkey_can_be_the_new_factor(
    office: Office, ingrid: SignedIn, clock: FixedClock
) -> None:
    vouch(office, "hilde", "ada")
    token, now = come(office), clock.now()
    assert isinstance(token, SessionToken)
    here = Ceremony(PLACE, SECRET, token)
    with office.database.writing() as session:
        found = enrolment.enrolling(session, token, now)
        answer = NEW_KEY.create(passkeys.first_options(found, here, "Office", now))
        passkeys.enrol_passkey(session, here, answer, "New", now)

    assert type_code(office, one_time_code(office.enrol("ingrid"), now)) == SignInFailed()
    at_the_door = at_the_console()
    signed = NEW_KEY.sign(passkeys.request_options(at_the_door, now))
    with office.database.writing() as session:
        proof = PasskeySignature(at_the_door, signed)
        entered = staff.sign_in_with(session, "ingrid", PASSPHRASE, proof, now)
    assert isinstance(entered, SessionToken)


@pytest.mark.parametrize(
    "who",
    [(), ("ada",), ("hilde", "carla"), ("ada", "ada")],
    ids=["nobody", "one", "two who sign no roster", "one who does it twice"],
)
def test_fewer_than_two_or_nobody_who_signs_rosters_is_not_enough(
    office: Office, ingrid: SignedIn, who: tuple[str, ...]
) -> None:
    vouch(office, *who)

    assert come(office) == SignInFailed()


def test_nobody_vouches_for_themself_or_for_a_stranger(office: Office, ingrid: SignedIn) -> None:
    for whom in ("ingrid", "nobody", "igor"):  # igor was invited and has never signed in
        with pytest.raises(NotFound):
            vouch(office, "ingrid", whom=whom)


def test_the_passphrase_is_still_needed_and_failures_look_alike_and_count(
    office: Office, ingrid: SignedIn
) -> None:
    vouch(office, "hilde", "ada")

    answers = [come(office, passphrase="not the passphrase") for _ in range(3)]
    answers += [come(office, "nobody"), come(office, "igor")]

    assert answers == [SignInFailed()] * 5
    for _ in range(3):
        last = come(office, passphrase="not the passphrase")
    assert isinstance(last, Throttled)


def test_it_ends_after_two_days(office: Office, ingrid: SignedIn, clock: FixedClock) -> None:
    vouch(office, "hilde", "ada")
    clock.advance(days=2)
    assert isinstance(come(office), SessionToken)

    clock.advance(days=1)

    assert come(office) == SignInFailed()
    vouch(office, "hilde")
    assert come(office) == SignInFailed(), "one signature of before must not count"


def test_what_was_not_used_in_time_is_forgotten(
    office: Office, ingrid: SignedIn, clock: FixedClock
) -> None:
    vouch(office, "hilde", "ada")
    clock.advance(days=3)

    with office.database.writing() as session:
        staff.purge_sessions(session, clock.now())

    assert approvals(office) == []


@on_both_databases
def test_two_who_vouch_at_once_are_two(office: Office, ingrid: SignedIn) -> None:
    for login in ("hilde", "ada"):
        office.signed_in(login)
    barrier = Barrier(2)

    def sign(login: str) -> None:
        barrier.wait()
        vouch(office, login)

    threads = [Thread(target=sign, args=(login,)) for login in ("hilde", "ada")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(approvals(office)) == 2
    assert isinstance(come(office), SessionToken)


@on_both_databases
def test_it_works_once(office: Office, ingrid: SignedIn, clock: FixedClock) -> None:
    vouch(office, "hilde", "ada")
    first, second = come(office), come(office)
    assert isinstance(first, SessionToken)
    assert isinstance(second, SessionToken)

    set_up(office, first)

    with pytest.raises(SessionEnded):
        set_up(office, second)
    assert come(office) == SignInFailed()


def test_a_session_for_a_new_factor_opens_nothing_else(office: Office, ingrid: SignedIn) -> None:
    vouch(office, "hilde", "ada")
    token = come(office)
    assert isinstance(token, SessionToken)

    with office.database.reading() as session, pytest.raises(SessionEnded):
        staff.open_staff_session(session, token, office.clock.now())


def test_a_session_for_a_new_factor_ends_when_the_person_is_suspended(
    office: Office, ingrid: SignedIn, clock: FixedClock
) -> None:
    vouch(office, "hilde", "ada")
    token = come(office)
    assert isinstance(token, SessionToken)
    with office.database.writing() as session:
        hilde = office.signed_in("hilde")
        suspending.suspend(session, ingrid.member.id, hilde, clock.now())

    with pytest.raises(SessionEnded):
        set_up(office, token)
    assert come(office) == SignInFailed()


def forged(office: Office) -> None:
    with office.database.writing() as session:
        session.execute(update(FactorResetApproval).values(signature=os.urandom(64)))


def moved(office: Office) -> None:
    """Make of the approvals for one person approvals for another."""
    hilde = office.signed_in("hilde").member.id
    with office.database.writing() as session:
        session.execute(update(FactorReset).values(staff_id=hilde))


def prolonged(office: Office) -> None:
    with office.database.writing() as session:
        later = office.clock.now().date().replace(year=2027)
        session.execute(update(FactorReset).values(expires_on=later))


def under_another_name(office: Office) -> None:
    carla = office.signed_in("carla").member.id
    ada = office.signed_in("ada").member.id
    with office.database.writing() as session:
        change = update(FactorResetApproval).where(FactorResetApproval.approver_id == ada)
        session.execute(change.values(approver_id=carla))


@pytest.mark.parametrize("tamper", [forged, moved, prolonged, under_another_name])
def test_what_somebody_writes_into_the_tables_approves_nothing(
    office: Office, ingrid: SignedIn, tamper: object
) -> None:
    vouch(office, "igor", "ada")
    assert callable(tamper)

    tamper(office)

    assert [come(office, login) for login in ("ingrid", "hilde")] == [SignInFailed()] * 2


def test_it_stands_on_the_trail_who_vouched_for_whom(office: Office, ingrid: SignedIn) -> None:
    vouch(office, "hilde", "ada")
    token = come(office)
    assert isinstance(token, SessionToken)
    set_up(office, token)

    with office.database.reading() as session:
        told = session.execute(
            select(TrailEntry.event, TrailEntry.actor_id, TrailEntry.subject_id).where(
                TrailEntry.event.startswith("factor_reset")
            )
        ).all()
    hilde, ada = (office.signed_in(login).member.id for login in ("hilde", "ada"))
    me = ingrid.member.id
    assert {tuple(row) for row in told} == {
        (TrailEvent.FACTOR_RESET_ASKED, hilde, me),
        (TrailEvent.FACTOR_RESET_APPROVED, hilde, me),
        (TrailEvent.FACTOR_RESET_APPROVED, ada, me),
        (TrailEvent.FACTOR_RESET_USED, me, None),
    }
    assert approvals(office) == []


def test_nobody_signs_for_longer_than_two_days_because_a_row_says_so(
    office: Office, ingrid: SignedIn, clock: FixedClock
) -> None:
    later = clock.now().date() + timedelta(days=300)
    with office.database.writing() as session:
        session.add(FactorReset(id=os.urandom(16), staff_id=ingrid.member.id, expires_on=later))

    vouch(office, "hilde", "ada")
    clock.advance(days=100)

    assert isinstance(come(office), SignInFailed)
