"""A reporter's identity, given in confidence: one body, and a share for each custodian."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.base import KEY_ID_SIZE, WITHOUT_ROWID, Base, Id, KeyId, Sealed, sized


class SealedIdentityRow(Base):
    """The sealed identity; `needed` custodians open it together."""

    __tablename__ = "identity"
    __table_args__ = (CheckConstraint("needed >= 1", name="needs_someone"), WITHOUT_ROWID)

    case_id: Mapped[Id] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    body: Mapped[Sealed]
    needed: Mapped[int]


class IdentityShareRow(Base):
    """The share of one custodian, sealed to the key named here.

    An empty box: this custodian must not take part in this identity, also when it is dealt anew.
    """

    __tablename__ = "identity_share"
    __table_args__ = (sized("key_id", KEY_ID_SIZE), WITHOUT_ROWID)

    case_id: Mapped[Id] = mapped_column(
        ForeignKey("identity.case_id", ondelete="CASCADE"), primary_key=True
    )
    key_id: Mapped[KeyId] = mapped_column(primary_key=True)
    box: Mapped[Sealed]
