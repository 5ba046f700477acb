"""What a person signs in with beside the passphrase: passkeys, recovery codes, and their loss."""

from sqlalchemy import BigInteger, ForeignKey
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


class Passkey(Base):
    """A passkey, sealed under its owner's own seed: nobody else can put one here."""

    __tablename__ = "passkey"
    __table_args__ = (sized("id", ID_SIZE), WITHOUT_ROWID)

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    staff_id: Mapped[Id] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[Sealed]
    # When the last challenge that it answered was made, in milliseconds: each works once.
    last_challenge: Mapped[int] = mapped_column(BigInteger, default=0)
    added_on: Mapped[Day]


class RecoveryCode(Base):
    """A code that works once instead of a phone; made of the owner's own seed and the code."""

    __tablename__ = "recovery_code"
    __table_args__ = (sized("digest", DIGEST_SIZE), WITHOUT_ROWID)

    staff_id: Mapped[Id] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
    )
    digest: Mapped[Digest] = mapped_column(primary_key=True)


class FactorReset(Base):
    """That a person has lost the second factor; good for nothing until two others have signed."""

    __tablename__ = "factor_reset"
    __table_args__ = (sized("id", ID_SIZE), WITHOUT_ROWID)

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    staff_id: Mapped[Id] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), unique=True)
    expires_on: Mapped[Day]


class FactorResetApproval(Base):
    """The signature of one who vouches for the person."""

    __tablename__ = "factor_reset_approval"
    __table_args__ = (sized("approver_id", ID_SIZE), WITHOUT_ROWID)

    reset_id: Mapped[Id] = mapped_column(
        ForeignKey("factor_reset.id", ondelete="CASCADE"), primary_key=True
    )
    approver_id: Mapped[Id] = mapped_column(primary_key=True)
    signature: Mapped[Sealed]
