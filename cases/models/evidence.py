"""Files: a row for each stored object, from before its first byte on."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cases.domain.attachments import EvidenceState
from cases.models.base import ID_SIZE, WITHOUT_ROWID, Base, Day, Id, Name, one_of, sized


class Evidence(Base):
    """A file that is arriving, or one that a case keeps; in hexadecimal, `id` names its object.

    Its name, type, true size and key are in the envelope of the step it goes with. `stored_size`
    is what the object must measure, padding included. Deleting the case deletes the row; the
    object without a row goes with the next sweep, and its key went with the case.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        sized("id", ID_SIZE),
        one_of("state", EvidenceState),
        CheckConstraint(
            "(case_id IS NULL) = (state = 'pending') AND (case_id IS NULL) = (stored_size IS NULL)",
            name="kept_with_a_case",
        ),
        CheckConstraint("stored_size >= 1", name="stored_size_counts"),
        Index(None, "case_id"),
        Index(None, "state", "day"),
        WITHOUT_ROWID,
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    case_id: Mapped[Id | None] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    state: Mapped[Name]
    stored_size: Mapped[int | None] = mapped_column(BigInteger)
    day: Mapped[Day]
