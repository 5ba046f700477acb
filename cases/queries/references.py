"""Numbers for references: without gaps, because the counter's row stays locked until commit."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from cases.domain.flows import Flow

_NEXT = text(
    "INSERT INTO reference_counter (flow, year, last) VALUES (:flow, :year, 1)"
    " ON CONFLICT (flow, year) DO UPDATE SET last = reference_counter.last + 1"
    " RETURNING last"
)


def next_number(session: Session, flow: Flow, year: int) -> int:
    """The next number of a flow in a year, counted in the caller's transaction."""
    return int(session.execute(_NEXT, {"flow": flow.value, "year": year}).scalar_one())
