"""The chain that shows whether the trail is as it was written, and who signed where it stood."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.base import (
    DIGEST_SIZE,
    ID_SIZE,
    WITHOUT_ROWID,
    Base,
    Digest,
    Id,
    Moment,
    Sealed,
    new_id,
    sized,
)

SIGNATURE_SIZE = 64


class TrailLink(Base):
    """One link. No foreign key: that an entry is gone must be found and said, whoever did it."""

    __tablename__ = "trail_link"
    __table_args__ = (
        sized("entry_id", ID_SIZE),
        sized("digest", DIGEST_SIZE),
        CheckConstraint("position >= 1", name="position_counts"),
        UniqueConstraint("entry_id"),
        WITHOUT_ROWID,
    )

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[Id]
    digest: Mapped[Digest]


class TrailSignature(Base):
    """A head of the chain that a person of the office signed with the key named in the roster."""

    __tablename__ = "trail_signature"
    __table_args__ = (
        sized("id", ID_SIZE),
        sized("digest", DIGEST_SIZE),
        sized("signature", SIGNATURE_SIZE),
        CheckConstraint("position >= 1", name="position_counts"),
        WITHOUT_ROWID,
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    position: Mapped[int]
    digest: Mapped[Digest]
    at: Mapped[Moment]
    signer_id: Mapped[Id]
    signature: Mapped[Sealed]
