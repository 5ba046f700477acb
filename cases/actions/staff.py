"""Signing in to the console, and opening the session that holds an unlocked personal key.

A wrong passphrase, a wrong second factor and an unknown name cost the same and get the same
answer. Each name is slowed down after five failures, known or not, for five minutes at most; a
browser in which the person signed in before is counted apart (OWASP's device cookie), so a stranger
who keeps failing on purpose cannot shut a colleague out of her own browser at all.
"""

import os
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from cases.actions import staff_sessions, throttle
from cases.actions.second_factors import SecondFactor, TypedCode, purge_resets
from cases.actions.signed_in import SignedIn, StaffKeys
from cases.actions.staff_sessions import SessionSecret, Stage
from cases.actions.trail import record_staff
from cases.domain.logins import folded_login
from cases.domain.roles import StaffState
from cases.domain.trail import TrailEvent
from cases.errors import CaseDamaged, SessionEnded
from cases.models.base import ID_SIZE
from cases.queries import staff as queries
from crypto.errors import CryptoError
from crypto.grants import open_intake_grant
from crypto.keys import IntakePrivateKey, PersonalPrivateKey, Seed
from crypto.passphrase import unwrap_seed
from crypto.session import SessionToken


@dataclass(frozen=True)
class SignInFailed:
    """Name, passphrase and code do not fit together; never which. Commit it: it is counted."""


@dataclass(frozen=True)
class Throttled:
    """Too many failures under this name; try again at `until`."""

    until: datetime


@dataclass(frozen=True)
class Proven:
    """Who proved to know the passphrase and to have the second factor.

    Attributes:
        staff_id: the person.
        seed: the personal seed.
    """

    staff_id: bytes
    seed: Seed = field(repr=False)


@dataclass(frozen=True)
class _Candidate:
    """A person who may be signing in, or someone standing in for a name that nobody has."""

    staff_id: bytes
    owner: bytes
    wrapped_seed: bytes = field(repr=False)

    def seed(self, passphrase: str) -> Seed | None:
        """The personal seed, if the passphrase is right."""
        try:
            return unwrap_seed(self.wrapped_seed, passphrase, self.owner)
        except CryptoError:
            return None


def sign_in(
    session: Session,
    login: str,
    passphrase: str,
    code: str,
    now: datetime,
    device: str = "",
) -> SessionToken | SignInFailed | Throttled:
    """Open a session for whoever knows the passphrase and types a code.

    Args:
        code: one-time code or recovery code, as typed; works once.
        others: as `sign_in_with`.
    """
    return sign_in_with(session, login, passphrase, TypedCode(code), now, device)


def sign_in_with(
    session: Session,
    login: str,
    passphrase: str,
    factor: SecondFactor,
    now: datetime,
    device: str = "",
) -> SessionToken | SignInFailed | Throttled:
    """Open a session for whoever knows the passphrase and has the second factor.

    Args and answers: as `prove`.
    """
    proven = prove(session, login, passphrase, factor, now, device)
    if not isinstance(proven, Proven):
        return proven
    record_staff(session, TrailEvent.SIGNED_IN, now, proven.staff_id)
    secret = SessionSecret(Stage.SIGNED_IN, proven.seed)
    return staff_sessions.start(session, proven.staff_id, secret, now)


def prove(
    session: Session,
    login: str,
    passphrase: str,
    factor: SecondFactor,
    now: datetime,
    device: str = "",
) -> Proven | SignInFailed | Throttled:
    """Whose passphrase and second factor these are; a failure is counted, and tells of neither.

    Args:
        session: a writing session with nothing written yet; commit whatever the answer is.
        login: as typed.
        passphrase: as typed; 64 MiB of derivation, so bound how many run at once.
        factor: what was given beside it; works once.
        now: aware.
        device: names a browser in which this login signed in before; empty for any other. Its
            failures are counted apart, so that a stranger's cannot shut the person out of it.
    """
    login = folded_login(login)
    name = throttle.counted_name(login, device)
    until = throttle.waits_until(session, name, now)
    if until is not None:
        return Throttled(until)
    candidate = _candidate(session, login)
    # Nothing is written yet. The derivation must not keep SQLite's only write lock meanwhile.
    session.rollback()
    seed = candidate.seed(passphrase) if candidate else None
    has_factor = candidate is not None and factor.proves(session, candidate.staff_id, seed, now)
    if candidate is None or seed is None or not has_factor:
        return _failed(session, name, now)
    throttle.forget_failures(session, name)
    purge_sessions(session, now)
    return Proven(candidate.staff_id, seed)


def _candidate(session: Session, login: str) -> _Candidate | None:
    row = queries.person_or_stand_in(session, login, StaffState.ACTIVE)
    if row is None:
        return None
    known = row.login == login and row.state == StaffState.ACTIVE
    return _Candidate(
        staff_id=row.id,
        # Nothing opens for an owner who does not exist, after the same derivation.
        owner=row.id if known else os.urandom(ID_SIZE),
        wrapped_seed=row.wrapped_seed,
    )


def _failed(session: Session, name: str, now: datetime) -> SignInFailed:
    throttle.count_failure(session, name, now)
    record_staff(session, TrailEvent.SIGN_IN_FAILED, now, None)
    session.flush()
    return SignInFailed()


def open_staff_session(session: Session, token: SessionToken, now: datetime) -> SignedIn:
    """Who is signed in, with their keys.

    Raises:
        SessionEnded: unknown, idle for 15 minutes, older than 8 hours, or still enrolling.
        CaseDamaged: the person's intake grant does not open.
    """
    opened, secret = staff_sessions.unsealed(session, token, Stage.SIGNED_IN, now)
    if opened.staff.state != StaffState.ACTIVE:
        raise SessionEnded
    personal = PersonalPrivateKey(secret.seed)
    intake = _intake_keys(opened.intake_boxes, personal)
    newest = intake[0] if intake else None
    keys = StaffKeys(opened.staff.id, personal, newest, earlier_intake=intake[1:])
    return SignedIn(queries.member(opened.staff), keys)


def _intake_keys(
    boxes: tuple[bytes, ...], personal: PersonalPrivateKey
) -> tuple[IntakePrivateKey, ...]:
    try:
        return tuple(open_intake_grant(box, personal) for box in boxes)
    except CryptoError:
        raise CaseDamaged from None


def touch(session: Session, token: SessionToken, now: datetime) -> None:
    """Count the session as used now; one that has ended stays ended."""
    staff_sessions.touch(session, token, now)


def leave(session: Session, token: SessionToken, now: datetime) -> None:
    """Sign out, and put on the trail who did; a session that has ended already tells of nobody."""
    with suppress(SessionEnded):
        opened, _ = staff_sessions.unsealed(session, token, Stage.SIGNED_IN, now)
        record_staff(session, TrailEvent.SIGNED_OUT, now, opened.staff.id)
    sign_out(session, token)


def sign_out(session: Session, token: SessionToken) -> None:
    """Destroy the session, enrolling ones too; one that is not there is no error."""
    staff_sessions.end(session, token)


def purge_sessions(session: Session, now: datetime) -> int:
    """Delete every console session that has ended, and old failures; returns how many sessions.

    What was begun for somebody who lost a factor and was not used in time goes with them.
    """
    throttle.purge(session, now)
    purge_resets(session, now.date())
    return staff_sessions.purge(session, now)
