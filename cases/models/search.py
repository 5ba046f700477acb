"""What a search reads of a case: its words, sealed under its own key, once somebody searched."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cases.models.base import WITHOUT_ROWID, Base, Id, Sealed


class CaseWords(Base):
    """The words of one case as far as it had come; a later search makes those of later anew."""

    __tablename__ = "case_words"
    __table_args__ = (WITHOUT_ROWID,)

    case_id: Mapped[Id] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    body: Mapped[Sealed]
