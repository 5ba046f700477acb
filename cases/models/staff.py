"""People of the office, their wrapped keys and their sessions."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from cases.domain.roles import StaffState
from cases.models.base import (
    DIGEST_SIZE,
    ID_SIZE,
    KEY_ID_SIZE,
    WITHOUT_ROWID,
    Base,
    Day,
    Digest,
    Id,
    KeyId,
    Moment,
    Name,
    Sealed,
    new_id,
    one_of,
    sized,
)

LOGIN_SIZE = 60  # characters
PERSON_NAME_SIZE = 120  # characters
EMAIL_SIZE = 254  # characters, RFC 5321


class Staff(Base):
    """A person; the seed is wrapped under the passphrase, or under the invitation code before."""

    __tablename__ = "staff"
    __table_args__ = (
        sized("id", ID_SIZE),
        one_of("state", StaffState),
        CheckConstraint(
            "state <> 'invited' OR invited_until IS NOT NULL", name="invitation_expires"
        ),
        WITHOUT_ROWID,
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    login: Mapped[str] = mapped_column(String(LOGIN_SIZE), unique=True)
    name: Mapped[str] = mapped_column(String(PERSON_NAME_SIZE))
    roles: Mapped[str] = mapped_column(String(LOGIN_SIZE * 2))
    state: Mapped[Name]
    wrapped_seed: Mapped[Sealed]
    # Shown and compared, never sealed to: keys to seal to come from the signed roster.
    public_key: Mapped[Sealed]
    totp_sealed: Mapped[Sealed | None]
    totp_last_step: Mapped[int] = mapped_column(default=0)
    invited_until: Mapped[Day | None]
    # A work address for reminders; nothing about a case is ever sent to it.
    email: Mapped[str | None] = mapped_column(String(EMAIL_SIZE))


class IntakeGrant(Base):
    """The seed of an intake key, sealed to one person.

    While the intake key is being changed, a person has two: `since` says of which key, by the
    number of the roster that brought that key in force.
    """

    __tablename__ = "intake_grant"
    __table_args__ = (
        sized("key_id", KEY_ID_SIZE),
        CheckConstraint("since >= 1", name="since_counts"),
        WITHOUT_ROWID,
    )

    staff_id: Mapped[Id] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
    )
    key_id: Mapped[KeyId] = mapped_column(primary_key=True)
    since: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    # Unknown for those of before keys could be changed.
    granted_on: Mapped[Day | None]
    box: Mapped[Sealed]


class StaffSession(Base):
    """A session of the console; the personal seed lies in it, sealed under the cookie's token."""

    __tablename__ = "staff_session"
    __table_args__ = (sized("id", DIGEST_SIZE), WITHOUT_ROWID)

    id: Mapped[Digest] = mapped_column(primary_key=True)
    staff_id: Mapped[Id] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[Sealed]
    opened_at: Mapped[Moment]
    seen_at: Mapped[Moment] = mapped_column(index=True)
