"""Recovery codes, a new authenticator, a new passphrase: what each opens, and once."""

import pytest
from sqlalchemy import select

from cases.actions import authenticators, passkeys, passphrases, staff
from cases.actions.signed_in import SignedIn
from cases.actions.staff import SignInFailed, Throttled
from cases.domain.trail import TrailEvent
from cases.errors import SessionEnded, WeakPassphrase, WrongOneTimeCode
from cases.models import RecoveryCode, TrailEntry
from cases.queries.second_factors import recovery_codes_left
from crypto.keys import Seed
from crypto.recovery_codes import draw_recovery_code, recovery_digest
from crypto.session import SessionToken
from tests.support.databases import on_both_databases
from tests.support.office import PASSPHRASE, WEAK, FixedClock, Office, one_time_code
from tests.support.second_factors import (
    add,
    codes_of,
    new_key,
    type_code,
)

STRONG = "nine quiet turbines above frozen harbours"


def events_of(office: Office, by: SignedIn) -> list[str]:
    with office.database.reading() as session:
        rows = session.scalars(select(TrailEntry).where(TrailEntry.actor_id == by.member.id))
        return [row.event for row in rows]


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
def test_a_recovery_code_takes_the_place_of_the_phone_once(
    office: Office, ingrid: SignedIn
) -> None:
    codes = codes_of(office, ingrid)
    typed = codes[3].lower().replace("-", " ")

    assert isinstance(type_code(office, typed), SessionToken)

    assert type_code(office, typed) == SignInFailed()
    with office.database.reading() as session:
        assert recovery_codes_left(session, ingrid.member.id) == 9
    assert len(set(codes)) == 10


def test_a_recovery_code_is_worth_nothing_without_its_owners_passphrase(
    office: Office, ingrid: SignedIn
) -> None:
    office.signed_in("hilde")
    code = codes_of(office, ingrid)[0]

    assert type_code(office, code, passphrase="not the passphrase") == SignInFailed()
    assert type_code(office, code, "hilde") == SignInFailed()
    assert isinstance(type_code(office, code), SessionToken)


def test_new_recovery_codes_make_the_old_ones_worthless(office: Office, ingrid: SignedIn) -> None:
    old = codes_of(office, ingrid)[0]
    new = codes_of(office, ingrid)[0]

    assert type_code(office, old) == SignInFailed()
    assert isinstance(type_code(office, new), SessionToken)


def test_a_recovery_code_that_somebody_else_writes_into_the_database_opens_nothing(
    office: Office, ingrid: SignedIn
) -> None:
    code = draw_recovery_code()
    with office.database.writing() as session:
        digest = recovery_digest(code, Seed.generate())
        session.add(RecoveryCode(staff_id=ingrid.member.id, digest=digest))

    assert type_code(office, code) == SignInFailed()


def test_an_authenticator_that_is_set_up_anew_makes_the_old_one_worthless(
    office: Office, ingrid: SignedIn, clock: FixedClock
) -> None:
    old, offered = office.enrol("ingrid"), authenticators.offer(ingrid)
    carried = authenticators.offer(ingrid, offered.sealed(ingrid))
    code = one_time_code(offered.secret, clock.now())
    with office.database.writing() as session:
        authenticators.set_up(session, ingrid, carried, code, clock.now())
    assert type_code(office, code) == SignInFailed(), "the code that confirmed it was used"
    clock.advance(minutes=1)

    assert type_code(office, one_time_code(old, clock.now())) == SignInFailed()
    assert isinstance(type_code(office, one_time_code(offered.secret, clock.now())), SessionToken)


def test_an_offered_secret_is_for_one_person_and_needs_its_own_code(
    office: Office, ingrid: SignedIn
) -> None:
    offered = authenticators.offer(ingrid)
    hilde = office.signed_in("hilde")

    assert authenticators.offer(hilde, offered.sealed(ingrid)).secret != offered.secret
    assert authenticators.offer(ingrid, "rubbish é").secret != offered.secret
    with office.database.writing() as session, pytest.raises(WrongOneTimeCode):
        authenticators.set_up(session, ingrid, offered, "000000", office.clock.now())


def change(office: Office, by: SignedIn, present: str, new: str) -> object:
    now = office.clock.now()
    token = SessionToken.generate()
    with office.database.writing() as session:
        return passphrases.change_passphrase(session, token, by, present, new, now, WEAK)


@on_both_databases
def test_a_new_passphrase_opens_the_same_key_and_the_old_one_nothing(
    office: Office, ingrid: SignedIn
) -> None:
    token = type_code(office, codes_of(office, ingrid)[0])
    assert isinstance(token, SessionToken)

    assert change(office, ingrid, PASSPHRASE, STRONG) is None

    first, second, *_ = codes_of(office, ingrid)
    assert type_code(office, first) == SignInFailed()
    again = type_code(office, second, passphrase=STRONG)
    assert isinstance(again, SessionToken)
    with office.database.reading() as session:
        opened = staff.open_staff_session(session, again, office.clock.now())
        assert opened.keys.personal == ingrid.keys.personal
        with pytest.raises(SessionEnded):
            staff.open_staff_session(session, token, office.clock.now())


def test_a_passphrase_changes_only_for_who_knows_it_and_only_to_a_strong_one(
    office: Office, ingrid: SignedIn
) -> None:
    assert change(office, ingrid, "not the passphrase", STRONG) == SignInFailed()
    with pytest.raises(WeakPassphrase):
        change(office, ingrid, PASSPHRASE, "ingridintake")

    assert isinstance(type_code(office, codes_of(office, ingrid)[0]), SessionToken)


def test_guessing_the_passphrase_at_an_open_screen_must_wait_and_shuts_nobody_out(
    office: Office, ingrid: SignedIn
) -> None:
    answers = [change(office, ingrid, "a guess", STRONG) for _ in range(6)]

    assert isinstance(answers[-1], Throttled)
    assert isinstance(type_code(office, codes_of(office, ingrid)[0]), SessionToken)


def test_what_somebody_changes_stands_on_the_trail(office: Office, ingrid: SignedIn) -> None:
    key = new_key()
    add(office, ingrid, key)
    code, *_ = codes_of(office, ingrid)
    type_code(office, code)
    change(office, ingrid, PASSPHRASE, STRONG)
    with office.database.writing() as session:
        (own,) = passkeys.own_passkeys(session, ingrid)
        passkeys.remove_passkey(session, ingrid, own.id, office.clock.now())

    told = events_of(office, ingrid)
    for event in (
        TrailEvent.PASSKEY_ADDED,
        TrailEvent.RECOVERY_CODES_MADE,
        TrailEvent.RECOVERY_CODE_USED,
        TrailEvent.PASSPHRASE_CHANGED,
        TrailEvent.PASSKEY_REMOVED,
    ):
        assert told.count(event) == 1, event
