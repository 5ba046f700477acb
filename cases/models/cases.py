"""A case and what hangs on it: grants of its key, notes, transitions, clocks.

A case knows who handles it by id, but no foreign key leads from here to the table of staff: the
portal's database role writes cases and cannot see staff.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from cases.domain.flows import AUTOMATIC_ACTIONS, ClockKind, Flow, State, states_of
from cases.domain.grants import HolderKind
from cases.models.base import (
    ID_SIZE,
    KEY_ID_SIZE,
    WITHOUT_ROWID,
    Base,
    Day,
    Id,
    KeyId,
    Name,
    Sealed,
    listed,
    new_id,
    one_of,
    sized,
)


def _state_of_its_flow() -> CheckConstraint:
    flows = (f"flow = '{flow}' AND state IN ({listed(states_of(flow))})" for flow in Flow)
    return CheckConstraint(" OR ".join(f"({flow})" for flow in flows), name="state_of_its_flow")


class Case(Base):
    """One report or complaint. `version` counts every change that someone could have missed."""

    __tablename__ = "case"
    __table_args__ = (
        sized("id", ID_SIZE),
        sized("handler_id", ID_SIZE),
        _state_of_its_flow(),
        CheckConstraint("version >= 1", name="version_counts"),
        # The orders in which the inbox is read.
        Index(None, "state", "received_on", "id"),
        Index(None, "handler_id", "received_on", "id"),
        Index(None, "due_on", "id"),
        Index(None, "received_on", "id"),
        # What is to be erased, by its day.
        Index(None, "erase_on", "id"),
        WITHOUT_ROWID,
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    flow: Mapped[Name]
    state: Mapped[Name]
    received_on: Mapped[Day]
    reference: Mapped[Name | None] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column(default=1)
    handler_id: Mapped[Id | None]
    # The earliest running clock, repeated here so that the inbox reads one table.
    due_on: Mapped[Day | None]
    sheet_body: Mapped[Sealed]
    sheet_key: Mapped[Sealed]
    # Chosen when the case is closed; null until then, and again once it is reopened.
    erase_on: Mapped[date | None]
    # Whatever the day, a case on hold is not erased; why stands in its history, sealed.
    on_hold: Mapped[bool] = mapped_column(default=False, server_default=false())

    @property
    def flow_value(self) -> Flow:
        """The flow as the rules know it."""
        return Flow(self.flow)

    @property
    def state_value(self) -> State:
        """The state as the rules know it."""
        return State(self.state)


class CaseGrant(Base):
    """The seed of a case, sealed to one holder. Deleting the row takes the case from the holder."""

    __tablename__ = "case_grant"
    __table_args__ = (
        sized("key_id", KEY_ID_SIZE),
        one_of("holder_kind", HolderKind),
        # Whether a key holds a case, without reading the box; and all that it holds, by age.
        Index(None, "key_id", "case_id"),
        Index(None, "key_id", "received_on", "case_id"),
        WITHOUT_ROWID,
    )

    case_id: Mapped[Id] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    key_id: Mapped[KeyId] = mapped_column(primary_key=True)
    holder_kind: Mapped[Name]
    # Of the case, repeated here: with 100,000 cases, someone who holds ten finds them at once.
    received_on: Mapped[Day]
    box: Mapped[Sealed]


class Note(Base):
    """An internal note, sealed to the case key alone."""

    __tablename__ = "note"
    __table_args__ = (sized("id", ID_SIZE), Index(None, "case_id"), WITHOUT_ROWID)

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[Id] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    day: Mapped[Day]
    body: Mapped[Sealed]
    case_key: Mapped[Sealed]


class TransitionEntry(Base):
    """One step of a case: the day and the state in the clear, who, what and why sealed.

    Never changed: triggers of the database refuse it.
    """

    __tablename__ = "transition"
    __table_args__ = (
        sized("id", ID_SIZE),
        one_of("to_state", State),
        one_of("automatic", AUTOMATIC_ACTIONS),
        CheckConstraint(
            "(automatic IS NULL) = (body IS NOT NULL) AND (body IS NULL) = (case_key IS NULL)",
            name="sealed_unless_automatic",
        ),
        UniqueConstraint("case_id", "position"),
        CheckConstraint("position >= 1", name="position_counts"),
        WITHOUT_ROWID,
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[Id] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    position: Mapped[int]
    day: Mapped[Day]
    to_state: Mapped[Name]
    # What happened because a day passed: no key was there to seal it with, and nothing to seal.
    automatic: Mapped[Name | None]
    body: Mapped[Sealed | None]
    case_key: Mapped[Sealed | None]


class Clock(Base):
    """A term that runs, or ran, for a case; `subject_id` says which consultation or
    recommendation it belongs to."""

    __tablename__ = "clock"
    __table_args__ = (
        sized("id", ID_SIZE),
        one_of("kind", ClockKind),
        CheckConstraint("due_on >= started_on", name="due_after_start"),
        CheckConstraint("stopped_on >= started_on", name="stopped_after_start"),
        CheckConstraint("suspended_on >= started_on", name="suspended_after_start"),
        CheckConstraint("extended_on >= started_on", name="extended_after_start"),
        sized("subject_id", ID_SIZE),
        Index(None, "case_id"),
        # What the jobs look through: clocks that run, by their day.
        Index(None, "stopped_on", "due_on"),
        WITHOUT_ROWID,
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[Id] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    kind: Mapped[Name]
    started_on: Mapped[Day]
    due_on: Mapped[Day]
    stopped_on: Mapped[date | None]
    # Since this day nothing counts; when it goes on, the due day moves by as many days.
    suspended_on: Mapped[date | None]
    extended_on: Mapped[date | None]
    subject_id: Mapped[Id | None]
