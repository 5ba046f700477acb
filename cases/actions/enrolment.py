"""The first sign-in: invitation code, passphrase of one's own, a second factor; or a new factor.

Until the last step nothing about the person changes. What has been chosen so far is sealed in the
session, so whoever stops half-way starts again with the same invitation, or the same reset.
"""

import os
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from cases.actions import staff_sessions
from cases.actions.session_ending import destroy_all_of
from cases.actions.staff_sessions import SessionSecret, Stage
from cases.actions.trail import record_staff
from cases.domain.logins import folded_login
from cases.domain.one_time_codes import new_secret, provisioning_uri, step_of
from cases.domain.passphrases import check_passphrase
from cases.domain.roles import StaffMember, StaffState
from cases.domain.trail import TrailEvent
from cases.errors import InvitationRefused, SessionEnded, WrongOneTimeCode
from cases.models import FactorReset, Passkey, RecoveryCode, Staff
from cases.models.base import ID_SIZE
from cases.queries import staff as queries
from cases.queries.second_factors import open_reset
from crypto.errors import CryptoError
from crypto.kdf import PASSPHRASE_COST, KdfCost
from crypto.keys import Seed
from crypto.labels import Purpose
from crypto.passphrase import unwrap_seed, wrap_seed
from crypto.personal import seal_personal
from crypto.receipt import ReceiptCode, read_code
from crypto.session import SessionToken


@dataclass(frozen=True)
class Enrolment:
    """What a person needs to set up one-time codes."""

    member: StaffMember
    secret: str = field(repr=False)
    uri: str = field(repr=False)


@dataclass(frozen=True)
class _Invited:
    staff_id: bytes
    owner: bytes
    personal_words: tuple[str, ...]
    wrapped_seed: bytes = field(repr=False)


def invitation_secret(code: ReceiptCode) -> str:
    """What an invited person's seed is wrapped under: the code, whatever its spelling."""
    return code.folded.decode()


def accept_invitation(
    session: Session,
    login: str,
    code: str,
    passphrase: str,
    now: datetime,
    cost: KdfCost = PASSPHRASE_COST,
) -> SessionToken:
    """Begin an enrolment.

    Args:
        session: a writing session with nothing written yet.
        login: as typed.
        code: the ten words of the invitation, as typed.
        passphrase: the one the person chooses.
        now: aware, in the office's time zone.
        cost: of the new wrapping.

    Returns:
        The token of an enrolling session, which opens nothing but the next step.

    Raises:
        InvitationRefused: the code does not fit the login, or the invitation is over.
        WeakPassphrase: choose another.
        UnknownWord, WrongWordCount: from `crypto.receipt.read_code`; a word is mistyped.
    """
    typed = invitation_secret(read_code(code))
    invited = _invited(session, folded_login(login), now)
    # As when signing in: no lock while deriving.
    session.rollback()
    try:
        seed = unwrap_seed(invited.wrapped_seed, typed, invited.owner)
    except CryptoError:
        raise InvitationRefused from None
    check_passphrase(passphrase, invited.personal_words)
    wrapped = wrap_seed(seed, passphrase, invited.owner, cost)
    secret = SessionSecret(Stage.ENROLLING, seed, wrapped, new_secret())
    return staff_sessions.start(session, invited.staff_id, secret, now)


def _invited(session: Session, login: str, now: datetime) -> _Invited:
    row = queries.person_or_stand_in(session, login, StaffState.INVITED)
    if row is None:
        raise InvitationRefused
    fits = row.login == login and _is_open(row, now)
    return _Invited(
        staff_id=row.id,
        # A login that nobody has, or that needs no invitation, costs what a real one costs.
        owner=row.id if fits else os.urandom(ID_SIZE),
        personal_words=(row.login, row.name),
        wrapped_seed=row.wrapped_seed,
    )


def _is_open(row: Staff, now: datetime) -> bool:
    until = row.invited_until
    return row.state == StaffState.INVITED and until is not None and now.date() <= until


@dataclass(frozen=True, repr=False)
class Enrolling:
    """Somebody who is about to have a second factor, with what the session holds."""

    staff_id: bytes
    member: StaffMember
    secret: SessionSecret


@dataclass(frozen=True, repr=False)
class OneTimeCodes:
    """A confirmed authenticator: its secret, and the step of the code that confirmed it."""

    secret: str
    step: int

    def sealed(self, seed: Seed) -> bytes:
        """The secret, for its owner only."""
        return seal_personal(self.secret.encode("ascii"), seed, Purpose.TOTP)


def enrolment(
    session: Session, token: SessionToken, now: datetime, issuer: str = "Zegel"
) -> Enrolment:
    """What the enrolling person scans or copies into an authenticator.

    Raises:
        SessionEnded.
    """
    found = enrolling(session, token, now)
    secret = found.secret.totp_secret
    return Enrolment(found.member, secret, provisioning_uri(secret, found.member.login, issuer))


def enrol_totp(
    session: Session, token: SessionToken, one_time_code: str, now: datetime
) -> SessionToken:
    """Finish the enrolment with a first code, and sign in.

    Raises:
        SessionEnded: also when the invitation was used up by another enrolment meanwhile.
        WrongOneTimeCode: the code is not the current one; the enrolment goes on.
    """
    found = enrolling(session, token, now)
    step = step_of(one_time_code, found.secret.totp_secret, now, 0)
    if step is None:
        raise WrongOneTimeCode
    return finish(session, token, found, OneTimeCodes(found.secret.totp_secret, step), now)


def enrolling(session: Session, token: SessionToken, now: datetime) -> Enrolling:
    """Who is enrolling, at the first sign-in or after a loss.

    Raises:
        SessionEnded: also where the invitation, or the reset, is over or used.
    """
    opened, secret = staff_sessions.unsealed(session, token, Stage.ENROLLING, now)
    row = opened.staff
    may = _may_replace(session, row, secret, now) if secret.reset_id else _is_open(row, now)
    if not may:
        raise SessionEnded
    return Enrolling(row.id, queries.member(row), secret)


def _may_replace(session: Session, row: Staff, secret: SessionSecret, now: datetime) -> bool:
    reset = open_reset(session, row.id, now.date())
    active = row.state == StaffState.ACTIVE
    return active and reset is not None and reset.id == secret.reset_id


def finish(
    session: Session,
    token: SessionToken,
    found: Enrolling,
    codes: OneTimeCodes | None,
    now: datetime,
) -> SessionToken:
    """Make somebody's second factor the one that counts, and sign in.

    Args:
        session: a writing session.
        token: of the enrolling session; it ends.
        found: whose.
        codes: the authenticator; None where the caller adds a passkey.
        now: aware.

    Raises:
        SessionEnded: another enrolment of the same person was faster.
    """
    if found.secret.reset_id:
        _replace(session, found, codes)
        record_staff(session, TrailEvent.FACTOR_RESET_USED, now, found.staff_id)
    else:
        _activate(session, found, codes)
        record_staff(session, TrailEvent.PERSON_ENROLLED, now, found.staff_id)
    staff_sessions.end(session, token)
    session.flush()
    signed_in = SessionSecret(Stage.SIGNED_IN, found.secret.seed)
    return staff_sessions.start(session, found.staff_id, signed_in, now)


def _activate(session: Session, found: Enrolling, codes: OneTimeCodes | None) -> None:
    """Use up the invitation; of two enrolments that finish at once, one gets SessionEnded."""
    activated = session.execute(
        update(Staff)
        .where(Staff.id == found.staff_id, Staff.state == StaffState.INVITED.value)
        .values(
            wrapped_seed=found.secret.wrapped_seed,
            state=StaffState.ACTIVE.value,
            invited_until=None,
            **_columns(found, codes),
        )
        .returning(Staff.id)
    )
    if activated.one_or_none() is None:
        raise SessionEnded


def _replace(session: Session, found: Enrolling, codes: OneTimeCodes | None) -> None:
    """Use up the reset: every factor and every session that the person had is gone."""
    used = session.execute(
        delete(FactorReset)
        .where(FactorReset.id == found.secret.reset_id)
        .returning(FactorReset.id)
        .execution_options(synchronize_session=False)
    )
    if used.one_or_none() is None:
        raise SessionEnded
    for factor in (Passkey, RecoveryCode):
        session.execute(delete(factor).where(factor.staff_id == found.staff_id))
    change = update(Staff).where(Staff.id == found.staff_id)
    session.execute(change.values(**_columns(found, codes)))
    destroy_all_of(session, found.staff_id)


def _columns(found: Enrolling, codes: OneTimeCodes | None) -> dict[str, bytes | int | None]:
    if codes is None:
        return {"totp_sealed": None, "totp_last_step": 0}
    return {"totp_sealed": codes.sealed(found.secret.seed), "totp_last_step": codes.step}
