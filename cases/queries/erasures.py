"""What is to be erased and when, what was erased, and which rows still tell of an erased case."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, not_, select
from sqlalchemy.orm import Session

from cases.domain.flows import FINAL_STATE, Flow, State
from cases.domain.tombstones import Tombstone, merged
from cases.models import Case, ErasedCase, Evidence, TransitionEntry
from cases.queries.cases import Holder, Personal, Pool, held, held_through_pool, personally_held

# Parameters of one statement: SQLite and PostgreSQL take more, and a list of years is longer.
_AT_ONCE = 500


@dataclass(frozen=True)
class Ending:
    """A closed case whose day of erasing has come or comes, as anybody may know it."""

    case_id: bytes
    flow: Flow
    reference: str | None
    erase_on: date
    on_hold: bool


@dataclass(frozen=True)
class EndingCase(Ending):
    """The same for a person of the office; `outcome` is None where she cannot open the case."""

    outcome: State | None

    @property
    def openable(self) -> bool:
        """Whether the person who asks can open the case."""
        return self.outcome is not None


def due(session: Session, today: date, limit: int) -> Sequence[bytes]:
    """The ids of the cases that can be erased now, those that wait longest first."""
    ids = select(Case.id).where(is_due(today)).order_by(Case.erase_on, Case.id)
    return session.scalars(ids.limit(limit)).all()


def count_due(session: Session, today: date) -> int:
    """How many cases can be erased now."""
    return session.scalar(select(func.count()).select_from(Case).where(is_due(today))) or 0


def is_due(today: date) -> ColumnElement[bool]:
    """Closed, its day has come, and no hold keeps it."""
    return and_(_ended_by(today), not_(Case.on_hold))


def due_cases(session: Session, holder: Holder, today: date, limit: int) -> list[EndingCase]:
    """The cases that can be erased now, as this person may see them, in the order of `due`."""
    return _ending(session, holder, is_due(today), limit)


def coming_cases(
    session: Session, holder: Holder, today: date, until: date, limit: int
) -> list[EndingCase]:
    """The cases whose day comes after today, up to another day, and that no hold keeps."""
    coming = and_(_ended_by(until), Case.erase_on > today, not_(Case.on_hold))
    return _ending(session, holder, coming, limit)


def held_cases(session: Session, holder: Holder, until: date, limit: int) -> list[EndingCase]:
    """The cases that would end by a day, but for a hold."""
    return _ending(session, holder, and_(_ended_by(until), Case.on_hold), limit)


def endings(session: Session, until: date) -> list[Ending]:
    """Every case that ends by a day, held ones too, for who has no key."""
    rows = select(Case.id, Case.flow, Case.reference, Case.erase_on, Case.on_hold)
    found = session.execute(rows.where(_ended_by(until)).order_by(Case.erase_on, Case.id))
    return [
        Ending(case_id, Flow(flow), reference, day, on_hold)
        for case_id, flow, reference, day, on_hold in found
        if day is not None
    ]


def tombstones(session: Session) -> tuple[Tombstone, ...]:
    """Every case that was erased, the first one first."""
    rows = session.execute(select(ErasedCase.erased_on, ErasedCase.case_id))
    return merged(Tombstone(day, case_id) for day, case_id in rows)


def still_there(session: Session, case_ids: Collection[bytes]) -> frozenset[bytes]:
    """Which of these cases have rows."""
    return frozenset(
        found
        for some in _parts(sorted(case_ids))
        for found in session.scalars(select(Case.id).where(Case.id.in_(some)))
    )


def files_of(session: Session, case_id: bytes) -> Sequence[bytes]:
    """The ids of the files that a case keeps."""
    return session.scalars(select(Evidence.id).where(Evidence.case_id == case_id)).all()


def without_row(session: Session, files: Collection[bytes]) -> frozenset[bytes]:
    """Which of these files nothing keeps any more."""
    kept = {
        found
        for some in _parts(sorted(files))
        for found in session.scalars(select(Evidence.id).where(Evidence.id.in_(some)))
    }
    return frozenset(files) - kept


def _ended_by(day: date) -> ColumnElement[bool]:
    # Nearly all cases of an old office are closed: by their days, and never by the index of states.
    return and_(Case.erase_on <= day, Case.state.concat("") == FINAL_STATE.value)


def _ending(
    session: Session, holder: Holder, which: ColumnElement[bool], limit: int
) -> list[EndingCase]:
    rows: Select[Case, bool, str] = (
        select(Case, held(), _outcome())
        .outerjoin(Personal, personally_held(holder))
        .outerjoin(Pool, held_through_pool(holder))
        .where(which)
        .order_by(Case.erase_on, Case.id)
        .limit(limit)
    )
    return [_row(case, opens, outcome) for case, opens, outcome in session.execute(rows)]


def _outcome() -> ScalarSelect[str]:
    """The last state that the case had before it was closed."""
    states = select(TransitionEntry.to_state).where(
        TransitionEntry.case_id == Case.id, TransitionEntry.to_state != FINAL_STATE.value
    )
    return states.order_by(TransitionEntry.position.desc()).limit(1).scalar_subquery()


def _row(case: Case, opens: bool, outcome: str | None) -> EndingCase:
    assert case.erase_on is not None  # noqa: S101 - by the query
    return EndingCase(
        case_id=case.id,
        flow=case.flow_value,
        reference=case.reference,
        outcome=State(outcome) if opens and outcome else None,
        erase_on=case.erase_on,
        on_hold=case.on_hold,
    )


def _parts(ids: Sequence[bytes]) -> Sequence[Sequence[bytes]]:
    return [ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE)]
