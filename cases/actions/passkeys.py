"""Passkeys of people of the office: adding, using and removing them.

A passkey is sealed under its owner's own seed. Whoever can write to the database cannot put one of
their own there, and learns neither its name nor which device it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import update
from sqlalchemy.orm import Session

from cases.actions import enrolment
from cases.actions.second_factors import one_time_secret
from cases.actions.signed_in import SignedIn
from cases.actions.trail import record_staff
from cases.domain.json_fields import JsonFields, to_json
from cases.domain.trail import TrailEvent
from cases.errors import FactsMalformed, NotFound, Refused
from cases.models import Passkey
from cases.queries import second_factors as queries
from cases.reasons import Reason
from crypto import passkeys
from crypto.errors import CryptoError, PasskeyRejected
from crypto.keys import Seed
from crypto.labels import Purpose
from crypto.passkey_challenges import make_challenge, read_challenge
from crypto.passkeys import STAND_IN, Credential, Place
from crypto.personal import open_personal, seal_personal
from crypto.session import SessionToken

VALID = timedelta(minutes=5)
MOST = 10
NAME_SIZE = 60  # characters


class Use(StrEnum):
    """What a challenge is for; one for the other is refused."""

    SIGN_IN = "sign-in"
    ADD = "add"


@dataclass(frozen=True, repr=False)
class Ceremony:
    """Where a passkey is used, and by which browser.

    Attributes:
        place: the console, as the browser names it.
        secret: the console's secret key.
        browser: the token of its cookie.
    """

    place: Place
    secret: bytes
    browser: SessionToken

    def challenge(self, use: Use, now: datetime) -> bytes:
        """A new one, good for this use, in this browser, for five minutes."""
        return make_challenge(_milliseconds(now), self.secret, use.encode(), self.browser.id)

    def issued(self, challenge: bytes, use: Use, now: datetime) -> int:
        """When it was made, in milliseconds. Raises PasskeyRejected where it is not one of ours."""
        try:
            made = read_challenge(challenge, self.secret, use.encode(), self.browser.id)
        except CryptoError:
            raise PasskeyRejected from None
        if not 0 <= _milliseconds(now) - made <= VALID.total_seconds() * 1000:
            raise PasskeyRejected
        return made


@dataclass(frozen=True, repr=False)
class OwnPasskey:
    """A passkey as its owner sees it."""

    id: bytes
    name: str
    added_on: date
    credential: Credential


@dataclass(frozen=True, repr=False)
class PasskeySignature:
    """What a browser signed with a passkey: a second factor (`SecondFactor`)."""

    ceremony: Ceremony
    answer: str

    def proves(self, session: Session, staff_id: bytes, seed: Seed | None, now: datetime) -> bool:
        """As `SecondFactor`: one signature is verified, whoever it is."""
        try:
            challenge = passkeys.challenge_of(self.answer, created=False)
            issued = self.ceremony.issued(challenge, Use.SIGN_IN, now)
            credential_id = passkeys.credential_id_of(self.answer)
        except PasskeyRejected:
            return False
        own = _opened(session, staff_id, seed)
        found = next((each for each in own if each.credential.id == credential_id), None)
        credential = found.credential if found else STAND_IN
        right = passkeys.signed(self.answer, credential, challenge, self.ceremony.place)
        return right and found is not None and _use_challenge(session, found.id, issued)


def request_options(ceremony: Ceremony, now: datetime) -> str:
    """What the page of the sign-in asks a browser for: it is the same for everybody."""
    return passkeys.request_options(ceremony.place, ceremony.challenge(Use.SIGN_IN, now))


def own_passkeys(session: Session, by: SignedIn) -> list[OwnPasskey]:
    """The person's passkeys, the oldest first; what others put there is none."""
    return list(_opened(session, by.member.id, by.keys.personal.seed))


def creation_options(
    session: Session, ceremony: Ceremony, by: SignedIn, office: str, now: datetime
) -> str:
    """What a browser is asked to make one more passkey with."""
    known = [each.credential for each in own_passkeys(session, by)]
    person, challenge = (by.member.id, by.member.login), ceremony.challenge(Use.ADD, now)
    return passkeys.creation_options(ceremony.place, office, person, challenge, known)


def first_options(
    found: enrolment.Enrolling, ceremony: Ceremony, office: str, now: datetime
) -> str:
    """The same for somebody who is enrolling."""
    person, challenge = (found.staff_id, found.member.login), ceremony.challenge(Use.ADD, now)
    return passkeys.creation_options(ceremony.place, office, person, challenge, ())


def enrol_passkey(
    session: Session, ceremony: Ceremony, answer: str, name: str, now: datetime
) -> SessionToken:
    """Finish an enrolment with a passkey instead of one-time codes, and sign in.

    Args:
        session: a writing session.
        ceremony: its browser is that of the enrolling session.
        answer: what the browser made.
        name: how the person calls it.
        now: aware.

    Raises:
        SessionEnded: as `enrolment.enrol_totp`.
        PasskeyRejected: it is not one that was asked for here and now; the enrolment goes on.
    """
    found = enrolment.enrolling(session, ceremony.browser, now)
    credential = _created(ceremony, answer, now)
    token = enrolment.finish(session, ceremony.browser, found, None, now)
    _store(session, found.staff_id, found.secret.seed, credential, name, now)
    return token


def add_passkey(
    session: Session, ceremony: Ceremony, by: SignedIn, answer: str, name: str, now: datetime
) -> None:
    """Add one to those that the person has; adding the same again changes nothing.

    Raises:
        PasskeyRejected: as `enrol_passkey`.
        Refused: there are ten already.
    """
    credential = _created(ceremony, answer, now)
    queries.locked_person(session, by.member.id)
    known = own_passkeys(session, by)
    if any(each.credential.id == credential.id for each in known):
        return
    if len(known) >= MOST:
        raise Refused(Reason.TOO_MANY_PASSKEYS)
    _store(session, by.member.id, by.keys.personal.seed, credential, name, now)
    record_staff(session, TrailEvent.PASSKEY_ADDED, now, by.member.id)


def remove_passkey(session: Session, by: SignedIn, passkey_id: bytes, now: datetime) -> None:
    """Take one away, unless nothing would be left to sign in with.

    Raises:
        NotFound: the person has no such passkey.
        Refused: it is the last second factor.
    """
    row = queries.locked_person(session, by.member.id)
    own = own_passkeys(session, by)
    if all(each.id != passkey_id for each in own):
        raise NotFound
    if len(own) == 1 and one_time_secret(row, by.keys.personal.seed) is None:
        raise Refused(Reason.LAST_FACTOR)
    session.delete(session.get_one(Passkey, passkey_id))
    record_staff(session, TrailEvent.PASSKEY_REMOVED, now, by.member.id)
    session.flush()


def _created(ceremony: Ceremony, answer: str, now: datetime) -> Credential:
    challenge = passkeys.challenge_of(answer, created=True)
    ceremony.issued(challenge, Use.ADD, now)
    return passkeys.created(answer, challenge, ceremony.place)


def _store(
    session: Session, staff_id: bytes, seed: Seed, credential: Credential, name: str, now: datetime
) -> None:
    fields: dict[str, object] = {
        "id": credential.id,
        "key": credential.public_key,
        "uses": credential.uses,
        "name": name.strip()[:NAME_SIZE],
    }
    sealed = seal_personal(to_json(fields), seed, Purpose.PASSKEY)
    session.add(Passkey(staff_id=staff_id, sealed=sealed, added_on=now.date()))
    session.flush()


def _opened(session: Session, staff_id: bytes, seed: Seed | None) -> Iterator[OwnPasskey]:
    for row in queries.passkeys_of(session, staff_id):
        found = _unsealed(row, seed) if seed else None
        if found is not None:
            yield found


def _unsealed(row: Passkey, seed: Seed) -> OwnPasskey | None:
    try:
        fields = JsonFields.parse(open_personal(row.sealed, seed, Purpose.PASSKEY))
        credential = Credential(
            fields.hex("id") or b"", fields.hex("key") or b"", fields.number("uses")
        )
        return OwnPasskey(row.id, fields.text("name"), row.added_on, credential)
    except (CryptoError, FactsMalformed):
        return None


def _use_challenge(session: Session, passkey_id: bytes, issued: int) -> bool:
    """Mark the challenge as answered; of two sign-ins with one answer at once, one gets True."""
    used = session.execute(
        update(Passkey)
        .where(Passkey.id == passkey_id, Passkey.last_challenge < issued)
        .values(last_challenge=issued)
        .returning(Passkey.id)
        .execution_options(synchronize_session=False)
    )
    return used.one_or_none() is not None


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
