"""Rows of console sessions: making, opening under the token, ending."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from cases.domain.json_fields import JsonFields, to_json
from cases.errors import FactsMalformed, SessionEnded
from cases.models import StaffSession
from cases.queries.staff import OpenedBy, staff_session
from crypto.errors import CryptoError
from crypto.keys import Seed
from crypto.session import SessionToken, open_session, seal_session

IDLE = timedelta(minutes=15)
ABSOLUTE = timedelta(hours=8)
# So long after signing in somebody may change what she signs in with.
RECENT = timedelta(minutes=10)


class Stage(StrEnum):
    """What a session is good for; inside its seal, so that no row can be promoted."""

    SIGNED_IN = "signed_in"
    ENROLLING = "enrolling"


@dataclass(frozen=True, repr=False)
class SessionSecret:
    """What a console session holds under its seal; all but the first two while enrolling only.

    Attributes:
        wrapped_seed: under the passphrase that was chosen; empty where one is in use already.
        totp_secret: offered to an authenticator app.
        reset_id: of the lost factor that a new one is for; empty at the first sign-in.
    """

    stage: Stage
    seed: Seed
    wrapped_seed: bytes = b""
    totp_secret: str = ""
    reset_id: bytes = b""

    def to_json(self) -> bytes:
        """As sealed."""
        return to_json({**vars(self), "seed": self.seed.raw})

    @classmethod
    def from_json(cls, payload: bytes) -> "SessionSecret":
        """What `to_json` wrote; FactsMalformed or ValueError otherwise."""
        fields = JsonFields.parse(payload)
        return cls(
            stage=fields.required("stage", Stage),
            seed=Seed(fields.hex("seed") or b""),
            wrapped_seed=fields.hex("wrapped_seed") or b"",
            totp_secret=fields.text("totp_secret"),
            reset_id=fields.hex("reset_id") or b"",
        )


def start(session: Session, staff_id: bytes, secret: SessionSecret, now: datetime) -> SessionToken:
    """Open a session; a new token each time."""
    token = SessionToken.generate()
    sealed = seal_session(secret.to_json(), token)
    session.add(
        StaffSession(id=token.id, staff_id=staff_id, sealed=sealed, opened_at=now, seen_at=now)
    )
    session.flush()
    return token


def unsealed(
    session: Session, token: SessionToken, stage: Stage, now: datetime
) -> tuple[OpenedBy, SessionSecret]:
    """The session of a token, at the stage that the caller needs.

    Raises:
        SessionEnded: unknown, idle or too old, or of another stage.
    """
    opened = staff_session(session, token.id)
    if opened is None or _ended(opened.session, now):
        raise SessionEnded
    try:
        secret = SessionSecret.from_json(open_session(opened.session.sealed, token))
    except (CryptoError, FactsMalformed, ValueError):
        raise SessionEnded from None
    if secret.stage is not stage:
        raise SessionEnded
    return opened, secret


def is_recent(session: Session, token: SessionToken, now: datetime) -> bool:
    """Whether whoever has this session proved only minutes ago who she is."""
    opened = staff_session(session, token.id)
    return opened is not None and now - opened.session.opened_at <= RECENT


def touch(session: Session, token: SessionToken, now: datetime) -> None:
    """Count the session as used now; one that has ended stays ended."""
    session.execute(
        update(StaffSession)
        .where(
            StaffSession.id == token.id,
            StaffSession.seen_at >= now - IDLE,
            StaffSession.opened_at >= now - ABSOLUTE,
        )
        .values(seen_at=now)
        .execution_options(synchronize_session=False)
    )


def end(session: Session, token: SessionToken) -> None:
    """Destroy the session; one that is not there is no error."""
    session.execute(delete(StaffSession).where(StaffSession.id == token.id))


def purge(session: Session, now: datetime) -> int:
    """Delete every session that has ended; returns how many."""
    gone = session.scalars(
        delete(StaffSession)
        .where(or_(StaffSession.seen_at < now - IDLE, StaffSession.opened_at < now - ABSOLUTE))
        .returning(StaffSession.id)
        .execution_options(synchronize_session=False)
    ).all()
    return len(gone)


def _ended(row: StaffSession, now: datetime) -> bool:
    return now - row.seen_at > IDLE or now - row.opened_at > ABSOLUTE
