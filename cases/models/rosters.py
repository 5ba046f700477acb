"""What the database remembers of rosters: never a key to seal to, only what was there before."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.base import (
    DIGEST_SIZE,
    ID_SIZE,
    WITHOUT_ROWID,
    Base,
    Day,
    Digest,
    Id,
    Sealed,
    new_id,
    sized,
)
from cases.models.staff import LOGIN_SIZE, PERSON_NAME_SIZE


class RosterSeen(Base):
    """A roster that was in force here; triggers of the database refuse to change or remove it.

    Whoever writes a row here can stop intake, and cannot make any roster believed.
    """

    __tablename__ = "roster_seen"
    __table_args__ = (
        sized("fingerprint", DIGEST_SIZE),
        CheckConstraint("serial >= 1", name="serial_counts"),
        WITHOUT_ROWID,
    )

    serial: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fingerprint: Mapped[Digest]


class RosterAcknowledgement(Base):
    """That a person has read what a roster changed."""

    __tablename__ = "roster_acknowledgement"
    __table_args__ = (
        sized("fingerprint", DIGEST_SIZE),
        CheckConstraint("serial >= 1", name="serial_counts"),
        WITHOUT_ROWID,
    )

    staff_id: Mapped[Id] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
    )
    serial: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fingerprint: Mapped[Digest]
    day: Mapped[Day]


class ProposedPerson(Base):
    """What becomes of a person once a proposed roster is in force; until then nothing.

    Somebody new has a seed, wrapped under the invitation code. Somebody without roles leaves.
    """

    __tablename__ = "proposed_person"
    __table_args__ = (
        sized("fingerprint", DIGEST_SIZE),
        sized("staff_id", ID_SIZE),
        CheckConstraint(
            "(wrapped_seed IS NULL) = (public_key IS NULL)", name="somebody_new_has_a_key"
        ),
        WITHOUT_ROWID,
    )

    # Of the proposed roster.
    fingerprint: Mapped[Digest] = mapped_column(primary_key=True)
    staff_id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    login: Mapped[str] = mapped_column(String(LOGIN_SIZE))
    name: Mapped[str] = mapped_column(String(PERSON_NAME_SIZE))
    roles: Mapped[str] = mapped_column(String(LOGIN_SIZE * 2))
    wrapped_seed: Mapped[Sealed | None]
    public_key: Mapped[Sealed | None]
    # The intake seed, sealed to the person; a grant once the roster is in force.
    intake_box: Mapped[Sealed | None]
