"""Changing one's own passphrase: the key stays, and is wrapped anew."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from cases.actions import throttle
from cases.actions.session_ending import end_others
from cases.actions.signed_in import SignedIn
from cases.actions.staff import SignInFailed, Throttled
from cases.actions.trail import record_staff
from cases.domain.passphrases import check_passphrase
from cases.domain.trail import TrailEvent
from cases.errors import StaleRow
from cases.models import Staff
from cases.queries.second_factors import person
from crypto.errors import CryptoError
from crypto.kdf import PASSPHRASE_COST, KdfCost
from crypto.passphrase import unwrap_seed, wrap_seed
from crypto.session import SessionToken

# Failures here are counted apart from those at the door.
_HERE = "changing the passphrase"


def change_passphrase(
    session: Session,
    token: SessionToken,
    by: SignedIn,
    present: str,
    new: str,
    now: datetime,
    cost: KdfCost = PASSPHRASE_COST,
) -> SignInFailed | Throttled | None:
    """Wrap the person's key under another passphrase; her other sessions end.

    Args:
        session: a writing session with nothing written yet; commit whatever the answer is.
        token: of the session that stays.
        by: whose.
        present: the passphrase until now, as typed.
        new: the one from now on, as typed.
        now: aware.
        cost: of the new wrapping.

    Returns:
        None when it is changed; else why not, and it is counted.

    Raises:
        WeakPassphrase: choose another.
        StaleRow: it was changed elsewhere at the same moment.
    """
    name = throttle.counted_name(by.member.login, _HERE)
    until = throttle.waits_until(session, name, now)
    if until is not None:
        return Throttled(until)
    row = person(session, by.member.id)
    wrapped = row.wrapped_seed if row else b""
    # As when signing in: no lock while deriving.
    session.rollback()
    try:
        seed = unwrap_seed(wrapped, present, by.member.id)
    except CryptoError:
        throttle.count_failure(session, name, now)
        return SignInFailed()
    check_passphrase(new, (by.member.login, by.member.name))
    _replace(session, by, wrapped, wrap_seed(seed, new, by.member.id, cost))
    throttle.forget_failures(session, name)
    record_staff(session, TrailEvent.PASSPHRASE_CHANGED, now, by.member.id)
    end_others(session, token, by, now)
    return None


def _replace(session: Session, by: SignedIn, before: bytes, after: bytes) -> None:
    changed = session.execute(
        update(Staff)
        .where(Staff.id == by.member.id, Staff.wrapped_seed == before)
        .values(wrapped_seed=after)
        .returning(Staff.id)
        .execution_options(synchronize_session=False)
    )
    if changed.one_or_none() is None:
        raise StaleRow
