"""Reading one case: its row, what hangs on it, and the grants that open it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from cases.domain.grants import POOL_KINDS, HolderKind
from cases.errors import NotFound
from cases.models import (
    Case,
    CaseGrant,
    Clock,
    IdentityShareRow,
    Mailbox,
    Message,
    Note,
    SealedIdentityRow,
    TransitionEntry,
)


@dataclass(frozen=True)
class Holder:
    """The keys by which a person may hold a case, by their ids; none of them is secret."""

    staff_id: bytes
    personal_key: bytes
    intake_keys: tuple[bytes, ...]

    @property
    def pool_keys(self) -> tuple[bytes, ...]:
        """The intake keys, or what no key is called: an empty list reads no index on SQLite."""
        return self.intake_keys or (b"",)


@dataclass(frozen=True)
class HeldCase:
    """A case with the grants that this person could open."""

    case: Case
    personal_kind: str | None
    personal_box: bytes | None
    intake_box: bytes | None
    in_pool: bool
    mailbox_open: bool
    identity_sealed: bool

    @property
    def held_personally(self) -> bool:
        """Whether the person holds it herself, and not as one of the pool."""
        return self.personal_kind == HolderKind.PERSON.value


Personal = aliased(CaseGrant)
Pool = aliased(CaseGrant)


def personally_held(holder: Holder) -> ColumnElement[bool]:
    """Joins the grant to the person's own key."""
    return and_(Personal.case_id == Case.id, Personal.key_id == holder.personal_key)


def held_through_pool(holder: Holder) -> ColumnElement[bool]:
    """Joins the grant to an intake key; matches nothing for a person without one.

    A case is granted to one intake key at a time, so it joins one row.
    """
    return and_(Pool.case_id == Case.id, Pool.key_id.in_(holder.pool_keys))


def held() -> ColumnElement[bool]:
    """Whether one of the two joins found a grant."""
    return or_(Personal.case_id.is_not(None), Pool.case_id.is_not(None))


def held_case(session: Session, case_id: bytes, holder: Holder) -> HeldCase | None:
    """The case, or None when it is not there or the person holds no grant of it."""
    in_pool = exists().where(CaseGrant.case_id == Case.id, CaseGrant.holder_kind.in_(POOL_KINDS))
    found = session.execute(
        select(
            Case,
            Personal.holder_kind,
            Personal.box,
            Pool.box,
            in_pool,
            exists().where(Mailbox.case_id == Case.id),
            exists().where(SealedIdentityRow.case_id == Case.id),
        )
        .outerjoin(Personal, personally_held(holder))
        .outerjoin(Pool, held_through_pool(holder))
        .where(Case.id == case_id, held())
        .execution_options(populate_existing=True)
    ).one_or_none()
    return HeldCase(*found) if found else None


def case_row(session: Session, case_id: bytes) -> Case:
    """The row of a case that was there a moment ago, as it is now.

    Raises:
        NotFound: it was erased meanwhile.
    """
    fresh = select(Case).where(Case.id == case_id).execution_options(populate_existing=True)
    found = session.scalars(fresh).one_or_none()
    if found is None:
        raise NotFound
    return found


def reference_of(session: Session, case_id: bytes) -> str | None:
    """The reference of a case; None where it has none yet, or is erased."""
    return session.scalar(select(Case.reference).where(Case.id == case_id))


def case_id_by_reference(session: Session, reference: str) -> bytes | None:
    """The id of the case with this reference."""
    return session.scalar(select(Case.id).where(Case.reference == reference))


def messages(session: Session, case_id: bytes) -> Sequence[Message]:
    """The thread of a case, in order."""
    ordered = select(Message).where(Message.case_id == case_id).order_by(Message.position)
    return session.scalars(ordered).all()


def first_message(session: Session, case_id: bytes) -> Message | None:
    """The submission."""
    return session.scalar(select(Message).where(Message.case_id == case_id, Message.position == 1))


def last_message(session: Session, case_id: bytes) -> Message | None:
    """The newest message."""
    ordered = select(Message).where(Message.case_id == case_id).order_by(Message.position.desc())
    return session.scalar(ordered.limit(1))


def notes(session: Session, case_id: bytes) -> Sequence[Note]:
    """The notes of a case, in no order that means anything: the time is sealed."""
    return session.scalars(select(Note).where(Note.case_id == case_id)).all()


def steps(session: Session, case_id: bytes) -> Sequence[TransitionEntry]:
    """The steps of a case, in order."""
    return session.scalars(
        select(TransitionEntry)
        .where(TransitionEntry.case_id == case_id)
        .order_by(TransitionEntry.position)
    ).all()


def step_count(session: Session, case_id: bytes) -> int:
    """How many steps the case has taken."""
    last = select(func.max(TransitionEntry.position)).where(TransitionEntry.case_id == case_id)
    return session.scalar(last) or 0


def clocks(session: Session, case_id: bytes) -> Sequence[Clock]:
    """Every clock of a case, the earliest first."""
    ordered = select(Clock).where(Clock.case_id == case_id).order_by(Clock.due_on, Clock.kind)
    return session.scalars(ordered).all()


def running_clocks(session: Session, case_id: bytes) -> Sequence[Clock]:
    """The clocks that nothing has stopped yet, those that stand still among them."""
    return [clock for clock in clocks(session, case_id) if clock.stopped_on is None]


def grants(session: Session, case_id: bytes) -> Sequence[CaseGrant]:
    """Every grant of a case."""
    return session.scalars(select(CaseGrant).where(CaseGrant.case_id == case_id)).all()


def identity(session: Session, case_id: bytes) -> SealedIdentityRow | None:
    """The sealed identity of a reporter who gave it in confidence."""
    return session.get(SealedIdentityRow, case_id)


def identity_shares(session: Session, case_id: bytes) -> Sequence[IdentityShareRow]:
    """The shares of a sealed identity, one for each custodian."""
    ordered = select(IdentityShareRow).where(IdentityShareRow.case_id == case_id)
    return session.scalars(ordered).all()
