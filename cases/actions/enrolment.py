"""The first sign-in: invitation code, passphrase of one's own, one-time codes.

Until the last step nothing about the person changes. What has been chosen so far is sealed in the
session, so whoever stops half-way starts again with the same invitation.
"""

import os
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from cases.actions import staff_sessions
from cases.actions.staff_sessions import SessionSecret, Stage
from cases.actions.trail import record_staff
from cases.domain.logins import folded_login
from cases.domain.one_time_codes import new_secret, provisioning_uri, step_of
from cases.domain.passphrases import check_passphrase
from cases.domain.roles import StaffMember, StaffState
from cases.domain.trail import TrailEvent
from cases.errors import InvitationRefused, SessionEnded, WrongOneTimeCode
from cases.models import Staff
from cases.models.base import ID_SIZE
from cases.queries import staff as queries
from cases.queries.staff import OpenedBy
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
    row = queries.person_or_stand_in(session, login)
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


def enrolment(
    session: Session, token: SessionToken, now: datetime, issuer: str = "Zegel"
) -> Enrolment:
    """What the enrolling person scans or copies into an authenticator.

    Raises:
        SessionEnded.
    """
    opened, secret = _enrolling(session, token, now)
    uri = provisioning_uri(secret.totp_secret, opened.staff.login, issuer)
    return Enrolment(queries.member(opened.staff), secret.totp_secret, uri)


def enrol_totp(
    session: Session, token: SessionToken, one_time_code: str, now: datetime
) -> SessionToken:
    """Finish the enrolment with a first code, and sign in.

    Raises:
        SessionEnded: also when the invitation was used up by another enrolment meanwhile.
        WrongOneTimeCode: the code is not the current one; the enrolment goes on.
    """
    opened, secret = _enrolling(session, token, now)
    step = step_of(one_time_code, secret.totp_secret, now, 0)
    if step is None:
        raise WrongOneTimeCode
    _activate(session, opened.staff.id, secret, step)
    staff_sessions.end(session, token)
    record_staff(session, TrailEvent.PERSON_ENROLLED, now, opened.staff.id)
    session.flush()
    signed_in = SessionSecret(Stage.SIGNED_IN, secret.seed)
    return staff_sessions.start(session, opened.staff.id, signed_in, now)


def _enrolling(
    session: Session, token: SessionToken, now: datetime
) -> tuple[OpenedBy, SessionSecret]:
    opened, secret = staff_sessions.unsealed(session, token, Stage.ENROLLING, now)
    if not _is_open(opened.staff, now):
        raise SessionEnded
    return opened, secret


def _activate(session: Session, staff_id: bytes, secret: SessionSecret, step: int) -> None:
    """Use up the invitation; of two enrolments that finish at once, one gets SessionEnded."""
    activated = session.execute(
        update(Staff)
        .where(Staff.id == staff_id, Staff.state == StaffState.INVITED.value)
        .values(
            wrapped_seed=secret.wrapped_seed,
            totp_sealed=_sealed_totp(secret.totp_secret, secret.seed),
            totp_last_step=step,
            state=StaffState.ACTIVE.value,
            invited_until=None,
        )
        .returning(Staff.id)
    )
    if activated.one_or_none() is None:
        raise SessionEnded


def _sealed_totp(secret: str, seed: Seed) -> bytes:
    return seal_personal(secret.encode("ascii"), seed, Purpose.TOTP)
