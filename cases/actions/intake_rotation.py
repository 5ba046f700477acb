"""Changing the intake key: a new one by the roster, cases granted to it, the old one destroyed.

Somebody who may hold the new key draws it, so that no administrator who opens no case ever has it.
Each step is a transaction, or a few, that can be repeated: whoever was interrupted goes on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from cases.actions.roster_people import refuse_a_key_that_somebody_lacks
from cases.actions.rosters import Changes, Proposed, propose_with_intake_key
from cases.actions.signed_in import SignedIn
from cases.actions.trail import record_staff
from cases.domain.trail import TrailEvent
from cases.errors import IntakeKeyNeeded, Refused
from cases.models import CaseGrant, IntakeGrant
from cases.queries.intake_keys import earlier_key_held, granted_to, in_force_on, locked_grants
from cases.reasons import Reason
from crypto.errors import CryptoError
from crypto.grants import grant_case, open_case_grant
from crypto.kdf import PASSPHRASE_COST, KdfCost
from crypto.keys import IntakePrivateKey, IntakePublicKey, Seed
from crypto.roster import VerifiedRoster, intake_key_since
from crypto.roster_payload import INTAKE, Roster

# A server that has not read the new roster yet may seal to the key before for so long.
OVERLAP = timedelta(days=2)
BATCH = 100

Chain = Sequence[VerifiedRoster]


@dataclass(frozen=True)
class Rotation:
    """How far the change of the intake key is.

    Attributes:
        under_way: whether somebody still holds an earlier key.
        waiting: how many cases are granted to an earlier key.
        overlap_ends_on: from this day on, earlier keys may be destroyed.
    """

    under_way: bool
    waiting: int
    overlap_ends_on: date


@dataclass(frozen=True)
class Regranted:
    """What one transaction did: how many cases it granted to the new key, and how many stay shut.

    `last` is the last case it looked at, None when there are no more.
    """

    granted: int
    shut: int
    last: bytes | None


def propose_intake_key(
    session: Session,
    current: VerifiedRoster,
    changes: Changes,
    by: SignedIn,
    now: datetime,
    cost: KdfCost = PASSPHRASE_COST,
) -> Proposed:
    """Draw a new intake key, seal it to all who need it, and propose the roster that names it.

    The proposal has a signature only where the person is an administrator too.

    Args:
        session: a writing session.
        current: the roster in force, or the one that has run out.
        changes: what else the roster is to change: somebody who leaves, for instance.
        by: of intake by the roster.
        now: aware, in the office's time zone.
        cost: of wrapping each new seed.

    Raises:
        Refused: the person does not open new cases. Otherwise as `rosters.propose`.
    """
    _require_intake(current.roster, by)
    key = IntakePrivateKey(Seed.generate())
    proposed = propose_with_intake_key(session, current, changes, key, by, now, cost)
    record_staff(session, TrailEvent.INTAKE_KEY_PROPOSED, now, by.member.id)
    session.flush()
    return proposed


def rotation(session: Session, chain: Chain, overlap: timedelta = OVERLAP) -> Rotation:
    """How far the change is; `chain` is verified, the roster in force last."""
    since = intake_key_since(chain)
    began = in_force_on(session, since) or chain[since - 1].roster.issued_on
    return Rotation(
        under_way=earlier_key_held(session, since),
        waiting=granted_to(session, _earlier_key_ids(chain)),
        overlap_ends_on=began + overlap,
    )


def regrant_some(
    session: Session,
    chain: Chain,
    by: SignedIn,
    now: datetime,
    after: bytes = b"",
    at_most: int = BATCH,
) -> Regranted:
    """Grant the next cases of the pool to the new key, and take them from the earlier one.

    Args:
        session: a writing session of its own: what is done stays done.
        chain: verified, the roster in force last.
        by: of intake by the roster, with the new key and an earlier one.
        now: aware, in the office's time zone.
        after: the last case of the transaction before.
        at_most: cases.

    Raises:
        Refused: the person does not hold the new key.
        RosterUnusable: a colleague was not given it.
    """
    roster = _ready(session, chain, by)
    keys: dict[bytes, IntakePrivateKey] = {key.public.key_id: key for key in by.keys.every_intake}
    held = {key_id: keys[key_id] for key_id in _earlier_key_ids(chain) if key_id in keys}
    rows = locked_grants(session, held, after, at_most)
    granted = [row for row in rows if _regrant(row, held[row.key_id], roster.intake)]
    for row in granted:
        record_staff(session, TrailEvent.CASE_REGRANTED, now, by.member.id, row.case_id)
    session.flush()
    last = rows[-1].case_id if len(rows) == at_most else None
    return Regranted(len(granted), len(rows) - len(granted), last)


def destroy_earlier(
    session: Session, chain: Chain, by: SignedIn, now: datetime, overlap: timedelta = OVERLAP
) -> None:
    """Delete every grant of earlier intake keys: from then on nobody has them.

    Args:
        session: a writing session; `Database.scrub` after it.
        chain, by, now: as `regrant_some`.
        overlap: how long earlier keys stay at least.

    Raises:
        IntakeKeyNeeded: a case is granted to one, or the overlap is not over.
        Refused, RosterUnusable: as `regrant_some`.
    """
    _ready(session, chain, by)
    found = rotation(session, chain, overlap)
    if found.waiting or now.date() < found.overlap_ends_on:
        raise IntakeKeyNeeded(found.waiting, found.overlap_ends_on)
    session.execute(delete(IntakeGrant).where(IntakeGrant.since < intake_key_since(chain)))
    record_staff(session, TrailEvent.INTAKE_KEY_DESTROYED, now, by.member.id)
    session.flush()


def _require_intake(roster: Roster, by: SignedIn) -> None:
    if by.keys.personal.public not in {one.public for one in roster.with_role(INTAKE)}:
        raise Refused(Reason.NO_PERMISSION)


def _ready(session: Session, chain: Chain, by: SignedIn) -> Roster:
    """The roster in force, whose intake key everybody holds who needs it."""
    roster = chain[-1].roster
    _require_intake(roster, by)
    refuse_a_key_that_somebody_lacks(session, roster, intake_key_since(chain))
    if roster.intake not in {key.public for key in by.keys.every_intake}:
        raise Refused(Reason.NO_PERMISSION)
    return roster


def _earlier_key_ids(chain: Chain) -> tuple[bytes, ...]:
    """Intake keys that a roster named and the one in force does not; rows name any."""
    newest = chain[-1].roster.intake
    earlier = (each.roster.intake for each in chain if each.roster.intake != newest)
    return tuple({key.key_id for key in earlier})


def _regrant(row: CaseGrant, key: IntakePrivateKey, to: IntakePublicKey) -> bool:
    try:
        private = open_case_grant(row.box, row.case_id, key)
    except CryptoError:
        return False
    row.key_id, row.box = to.key_id, grant_case(private.seed, row.case_id, to)
    return True
