"""Signing where the trail stands, so that what is before it cannot be written anew unseen."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from cases.actions.chain import close_days
from cases.actions.signed_in import SignedIn, require
from cases.actions.trail import record_staff
from cases.actions.trail_check import signed_at, statement
from cases.domain.policies import permitted
from cases.domain.roles import Permission
from cases.domain.trail import TrailEvent
from cases.domain.trail_chain import Head
from cases.models import TrailSignature
from cases.queries.trail_chain import head
from crypto.signing import RosterSigningKey


def sign_head(session: Session, by: SignedIn, now: datetime) -> Head:
    """Sign the head of the trail with the person's own key, the one that the roster names.

    Args:
        session: a writing session.
        by: someone who may sign the trail.
        now: aware, in the office's time zone.

    Raises:
        Refused: no permission.
    """
    require(permitted(by.member.roles, Permission.SIGN_TRAIL))
    close_days(session, now.date())
    last, key = head(session), RosterSigningKey.from_seed(by.keys.personal.seed)
    row = TrailSignature(
        position=last.position,
        digest=last.digest,
        at=now.astimezone(UTC),
        signer_id=by.member.id,
        signature=b"",
    )
    row.signature = key.sign_trail_head(statement(last, by.member.id, signed_at(row)))
    session.add(row)
    record_staff(session, TrailEvent.TRAIL_SIGNED, now, by.member.id)
    session.flush()
    return last
