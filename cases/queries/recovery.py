"""Reading every case there is, for whoever holds the recovery key."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from cases.models import Case
from cases.queries.cases import HeldCase, Holder, held_case


@dataclass(frozen=True)
class NamedCase:
    """A case by its id, and by its reference where it has one."""

    case_id: bytes
    reference: str | None

    @property
    def name(self) -> str:
        """What the office calls it, or else its id as in the addresses of pages."""
        return self.reference or self.case_id.hex()


def every_case(session: Session) -> Sequence[NamedCase]:
    """All cases, the oldest first, whoever holds them."""
    ordered = select(Case.id, Case.reference).order_by(Case.received_on, Case.id)
    return [NamedCase(*row) for row in session.execute(ordered)]


def case_of_key(session: Session, case_id: bytes, key_id: bytes) -> HeldCase | None:
    """The case with the grant of one key, its `personal_box`; None without such a grant."""
    return held_case(session, case_id, Holder(b"", key_id, ()))
