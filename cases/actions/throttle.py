"""Counting failed sign-ins under a name, known or not."""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import bindparam, delete, text, update
from sqlalchemy.orm import Session

from cases.domain.throttling import wait_after
from cases.models import SignInThrottle
from cases.models.base import UtcDateTime
from cases.queries.staff import throttle

_KEPT = timedelta(days=1)
_COUNT = text(
    "INSERT INTO sign_in_throttle (name_hash, failures, wait_until)"
    " VALUES (:name_hash, 1, :now)"
    " ON CONFLICT (name_hash) DO UPDATE SET failures = sign_in_throttle.failures + 1"
    " RETURNING failures"
).bindparams(bindparam("now", type_=UtcDateTime))


def counted_name(login: str, device: str) -> str:
    """Under which name failures are counted: the login, or the login in one known browser."""
    return f"{login}\n{device}" if device else login


def waits_until(session: Session, name: str, now: datetime) -> datetime | None:
    """Until when the name must wait; None when it need not."""
    row = throttle(session, _hash(name))
    return row.wait_until if row and row.wait_until > now else None


def count_failure(session: Session, name: str, now: datetime) -> None:
    """One more failure under the name."""
    name_hash = _hash(name)
    counted = session.execute(_COUNT, {"name_hash": name_hash, "now": now}).scalar_one()
    session.execute(
        update(SignInThrottle)
        .where(SignInThrottle.name_hash == name_hash)
        .values(wait_until=now + wait_after(counted))
        .execution_options(synchronize_session=False)
    )


def forget_failures(session: Session, name: str) -> None:
    """The person proved who they are."""
    session.execute(delete(SignInThrottle).where(SignInThrottle.name_hash == _hash(name)))


def purge(session: Session, now: datetime) -> None:
    """Forget names that nobody has tried for a day."""
    session.execute(delete(SignInThrottle).where(SignInThrottle.wait_until < now - _KEPT))


def _hash(name: str) -> bytes:
    return sha256(name.encode("utf-8", "replace")).digest()
