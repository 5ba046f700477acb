"""The cases that are no more, by their ids: what a backup from before must not bring back."""

from sqlalchemy.orm import Mapped, mapped_column

from cases.models.base import ID_SIZE, WITHOUT_ROWID, Base, Day, Id, sized


class ErasedCase(Base):
    """A case that was erased; triggers of the database refuse to change or remove the row."""

    __tablename__ = "erased_case"
    __table_args__ = (sized("case_id", ID_SIZE), WITHOUT_ROWID)

    # No foreign key: there is nothing left that it could lead to.
    case_id: Mapped[Id] = mapped_column(primary_key=True)
    erased_on: Mapped[Day]
