"""Signing in to the console, and what each request asks about the person: both on one core."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.figures import BenchFailed, Beside, Figure, Kind
from bench.scale import Scale
from bench.timing import Work, rates
from cases.actions import enrolment, passkeys, staff
from cases.actions.passkeys import Ceremony, PasskeySignature
from cases.actions.second_factors import SecondFactor, TypedCode
from cases.database import Database
from cases.domain.roles import Permission
from crypto.kdf import PASSPHRASE_COST, argon2id
from crypto.passkeys import Place
from crypto.session import SessionToken
from reviewer.application import create_console
from tests.support.office import HOST, PASSPHRASE, FixedClock, Office, found, one_time_code
from tests.support.passkeys import SecurityKey
from web.settings import Audience

GROUP = "Signing in to the console (in process, one core)"
PERSON = "ingrid"
PLACE = Place(HOST, f"https://{HOST}")


def measure(scale: Scale, folder: Path) -> Iterator[Figure]:
    """Milliseconds of a sign-in with either factor, and of the question who asks."""
    database, clock = Database(f"sqlite:///{folder / 'zegel.sqlite'}"), FixedClock()
    try:
        with _one_core():
            door = _Door(found(folder, database, clock), clock)
            yield from _sign_ins(door, scale)
            yield from _asking(door, scale)
    finally:
        database.close()


class _Door:
    """One person with an authenticator and a passkey, at production's cost."""

    def __init__(self, office: Office, clock: FixedClock) -> None:
        self.office, self.clock = office, clock
        self._key = SecurityKey(PLACE.name, PLACE.origin)
        self._here = Ceremony(PLACE, b"k" * 32, SessionToken.generate())
        now, code = clock.now(), office.invitations[PERSON].text
        with office.database.writing() as session:
            token = enrolment.accept_invitation(session, PERSON, code, PASSPHRASE, now)
            self._secret = enrolment.enrolment(session, token, now).secret
            first = one_time_code(self._secret, now)
            token = enrolment.enrol_totp(session, token, first, now)
            by = staff.open_staff_session(session, token, now)
            options = passkeys.creation_options(session, self._here, by, "Office", now)
            answer = self._key.create(options)
            passkeys.add_passkey(session, self._here, by, answer, "Key", now)

    def by_code(self) -> SessionToken:
        """With the next one-time code."""
        self.clock.advance(seconds=30)
        return self._enter(TypedCode(one_time_code(self._secret, self.clock.now())))

    def by_passkey(self) -> SessionToken:
        """With a signature over a new challenge, the making of both included."""
        self.clock.advance(seconds=1)
        options = passkeys.request_options(self._here, self.clock.now())
        return self._enter(PasskeySignature(self._here, self._key.sign(options)))

    def _enter(self, factor: SecondFactor) -> SessionToken:
        now = self.clock.now()
        with self.office.database.writing() as session:
            token = staff.sign_in_with(session, PERSON, PASSPHRASE, factor, now)
        if not isinstance(token, SessionToken):
            raise BenchFailed("a sign-in was refused")
        return token


def _sign_ins(door: _Door, scale: Scale) -> Iterator[Figure]:
    secret, salt = os.urandom(64), os.urandom(16)
    alone = "Argon2id alone"
    works = {
        alone: lambda: argon2id(secret, salt, PASSPHRASE_COST),
        "one-time code": door.by_code,
        "passkey": door.by_passkey,
    }
    taken = _milliseconds(works, scale)
    beside = Beside(Kind.SAME_RUN, alone, taken.pop(alone))
    for factor, each in taken.items():
        name = f"passphrase and {factor}, session and trail written"
        yield Figure(GROUP, name, each, "ms", (beside,))


def _asking(door: _Door, scale: Scale) -> Iterator[Figure]:
    """What a request pays before its view runs: session unsealed, keys opened, permission."""
    token, database, now = door.by_code(), door.office.database, door.clock.now()

    def ask() -> None:
        with database.reading() as session:
            member = staff.open_staff_session(session, token, now).member
        with database.writing() as session:
            staff.touch(session, token, now)
        if not member.may(Permission.SEE_CASES):
            raise BenchFailed("somebody of intake may see no cases")

    services = door.office.services(Audience.CONSOLE)
    browser = create_console(services).test_client()
    browser.set_cookie(services.settings.cookie_name, token.text, domain=HOST)

    def page() -> None:
        if browser.get("/en/account", base_url=f"https://{HOST}").status_code != 200:
            raise BenchFailed("the account page did not answer")

    name, whole = "who asks and what she may, for each request", "the account page as a whole"
    taken = _milliseconds({name: ask, whole: page}, scale)
    yield Figure(GROUP, name, taken[name], "ms", (Beside(Kind.SAME_RUN, whole, taken[whole]),))


def _milliseconds(works: Mapping[str, Work], scale: Scale) -> dict[str, float]:
    measured = rates(works, rounds=scale.rounds, seconds=scale.turn_seconds)
    return {name: 1000 / rate for name, rate in measured.items()}


@contextmanager
def _one_core() -> Iterator[None]:
    """Argon2id has four lanes; on one core they take turns."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
