"""Passkeys: what opens with one, once, and whose they are."""

from collections.abc import Callable
from dataclasses import replace
from threading import Barrier, Thread

import pytest
from sqlalchemy import update

import crypto.passkeys
from cases.actions import passkeys, staff
from cases.actions.passkeys import PasskeySignature, Use
from cases.actions.signed_in import SignedIn
from cases.actions.staff import SignInFailed, Throttled
from cases.errors import NotFound, Refused
from cases.models import Passkey, Staff
from cases.queries.second_factors import passkeys_of
from cases.reasons import Reason
from crypto.errors import PasskeyRejected
from crypto.passkeys import Credential, Place
from crypto.session import SessionToken
from tests.support.databases import on_both_databases
from tests.support.office import PASSPHRASE, FixedClock, Office
from tests.support.second_factors import (
    PLACE,
    add,
    at_the_console,
    codes_of,
    enter,
    names_of,
    new_key,
    signature,
    type_code,
)


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
def test_a_passkey_and_the_passphrase_open_a_session(office: Office, ingrid: SignedIn) -> None:
    key = new_key()
    add(office, ingrid, key)

    token = enter(office, signature(office, key))

    assert isinstance(token, SessionToken)
    with office.database.reading() as session:
        opened = staff.open_staff_session(session, token, office.clock.now())
    assert opened.member.login == "ingrid"


@on_both_databases
def test_what_a_passkey_signed_works_once_and_nothing_older_after_it(
    office: Office, ingrid: SignedIn, clock: FixedClock
) -> None:
    key = new_key()
    add(office, ingrid, key)
    older = signature(office, key)
    clock.advance(seconds=1)
    newer = signature(office, key)

    assert isinstance(enter(office, newer), SessionToken)

    assert enter(office, newer) == SignInFailed()
    assert enter(office, older) == SignInFailed()


def test_every_wrong_use_of_a_passkey_gets_the_same_answer(
    office: Office, ingrid: SignedIn, clock: FixedClock
) -> None:
    key, stranger = new_key(), new_key()
    add(office, ingrid, key)
    add(office, office.signed_in("hilde"), stranger)
    here, old = at_the_console(), signature(office, key)
    clock.advance(minutes=5, seconds=1)
    later = office.clock.now()
    elsewhere = replace(signature(office, key), ceremony=at_the_console())
    to_add = key.sign(crypto.passkeys.request_options(PLACE, here.challenge(Use.ADD, later)))

    answers = [
        enter(office, old),
        enter(office, elsewhere),
        enter(office, PasskeySignature(here, to_add)),
        enter(office, signature(office, stranger)),
        enter(office, signature(office, key), "hilde"),
        enter(office, signature(office, key), "nobody"),
        enter(office, signature(office, key), passphrase="not the passphrase"),
        enter(office, PasskeySignature(here, "")),
    ]

    assert set(answers) - {SignInFailed()} <= {a for a in answers if isinstance(a, Throttled)}
    assert not any(isinstance(answer, SessionToken) for answer in answers)


def test_every_sign_in_with_a_passkey_verifies_one_signature(
    office: Office, ingrid: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_key()
    add(office, ingrid, key)
    verified: list[bytes] = []
    real = crypto.passkeys.signed

    def counted(answer: str, credential: Credential, challenge: bytes, place: Place) -> bool:
        verified.append(challenge)
        return real(answer, credential, challenge, place)

    monkeypatch.setattr(crypto.passkeys, "signed", counted)
    counts = []
    for login, passphrase, used in (
        ("ingrid", PASSPHRASE, key),
        ("ingrid", "not the passphrase", key),
        ("ingrid", PASSPHRASE, new_key()),
        ("nobody", PASSPHRASE, key),
        ("igor", PASSPHRASE, key),
    ):
        verified.clear()
        enter(office, signature(office, used), login, passphrase)
        counts.append(len(verified))

    assert counts == [1] * 5


def test_a_passkey_that_somebody_else_writes_into_the_database_opens_nothing(
    office: Office, ingrid: SignedIn
) -> None:
    key = new_key()
    add(office, office.signed_in("hilde"), key)
    with office.database.writing() as session:
        # Whoever writes to the tables knows no seed: the rows of another are all there is.
        session.execute(update(Passkey).values(staff_id=ingrid.member.id))

    assert enter(office, signature(office, key)) == SignInFailed()
    assert names_of(office, ingrid) == []


def test_nothing_of_a_passkey_is_readable_in_the_database(office: Office, ingrid: SignedIn) -> None:
    key = new_key()
    add(office, ingrid, key, "Ingrid's blue key")

    with office.database.reading() as session:
        (row,) = passkeys_of(session, ingrid.member.id)
    assert b"blue" not in row.sealed
    assert key.id not in row.sealed


def test_the_same_passkey_is_added_once(office: Office, ingrid: SignedIn) -> None:
    key = new_key()
    add(office, ingrid, key)
    add(office, ingrid, key, "The same")

    assert names_of(office, ingrid) == ["Blue key"]


def test_an_eleventh_passkey_is_refused(office: Office, ingrid: SignedIn) -> None:
    for _ in range(passkeys.MOST):
        add(office, ingrid, new_key())

    with pytest.raises(Refused) as refused:
        add(office, ingrid, new_key())

    assert refused.value.reason is Reason.TOO_MANY_PASSKEYS


def test_a_passkey_made_for_the_sign_in_or_in_another_browser_is_not_added(
    office: Office, ingrid: SignedIn
) -> None:
    here, now = at_the_console(), office.clock.now()
    for_sign_in = new_key().create(passkeys.request_options(here, now))
    with office.database.writing() as session:
        options = passkeys.creation_options(session, at_the_console(), ingrid, "Office", now)
        elsewhere = new_key().create(options)

    for answer in (for_sign_in, elsewhere, "", "{}"):
        with office.database.writing() as session, pytest.raises(PasskeyRejected):
            passkeys.add_passkey(session, here, ingrid, answer, "Key", now)


def test_the_last_second_factor_stays(office: Office, ingrid: SignedIn) -> None:
    add(office, ingrid, new_key())
    add(office, ingrid, new_key(), "Red key")
    with office.database.writing() as session:
        session.execute(update(Staff).values(totp_sealed=None))
    with office.database.reading() as session:
        first, second = [each.id for each in passkeys.own_passkeys(session, ingrid)]

    with office.database.writing() as session:
        passkeys.remove_passkey(session, ingrid, first, office.clock.now())
    with office.database.writing() as session, pytest.raises(Refused) as refused:
        passkeys.remove_passkey(session, ingrid, second, office.clock.now())

    assert refused.value.reason is Reason.LAST_FACTOR


def test_nobody_removes_the_passkey_of_a_colleague(office: Office, ingrid: SignedIn) -> None:
    hilde = office.signed_in("hilde")
    add(office, hilde, new_key())
    with office.database.reading() as session:
        (theirs,) = passkeys.own_passkeys(session, hilde)

    with office.database.writing() as session, pytest.raises(NotFound):
        passkeys.remove_passkey(session, ingrid, theirs.id, office.clock.now())


def at_once(*works: Callable[[], object]) -> list[object]:
    """What several threads get that begin at the same moment."""
    barrier, answers = Barrier(len(works)), list[object]()

    def run(work: Callable[[], object]) -> None:
        barrier.wait()
        try:
            answers.append(work())
        except Refused as refused:
            answers.append(refused.reason)

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@on_both_databases
def test_of_two_sign_ins_at_once_with_one_answer_or_one_code_one_gets_in(
    office: Office, ingrid: SignedIn
) -> None:
    key = new_key()
    add(office, ingrid, key)
    code, proof = codes_of(office, ingrid)[0], signature(office, key)

    for attempt in (lambda: enter(office, proof), lambda: type_code(office, code)):
        answers = at_once(attempt, attempt)
        assert answers.count(SignInFailed()) == 1
        assert sum(isinstance(answer, SessionToken) for answer in answers) == 1


@on_both_databases
def test_two_that_remove_the_last_two_passkeys_at_once_leave_one(
    office: Office, ingrid: SignedIn
) -> None:
    add(office, ingrid, new_key())
    add(office, ingrid, new_key(), "Red key")
    with office.database.writing() as session:
        session.execute(update(Staff).values(totp_sealed=None))
    with office.database.reading() as session:
        first, second = [each.id for each in passkeys.own_passkeys(session, ingrid)]

    def remove(passkey_id: bytes) -> None:
        with office.database.writing() as session:
            passkeys.remove_passkey(session, ingrid, passkey_id, office.clock.now())

    answers = at_once(lambda: remove(first), lambda: remove(second))

    assert set(answers) == {None, Reason.LAST_FACTOR}
    assert len(names_of(office, ingrid)) == 1
