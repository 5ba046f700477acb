"""A question to a public service: what it may read and what it answers, sealed.

The service has no account. It opens its side with ten words that it is handed, and the row holds a
hash of what proves them; the record and the messages are sealed to a key made of those words.
"""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cases.domain.consultations import ConsultationState
from cases.models.base import (
    DIGEST_SIZE,
    ID_SIZE,
    WITHOUT_ROWID,
    Base,
    Day,
    Digest,
    Id,
    Name,
    Sealed,
    new_id,
    one_of,
    sized,
)


class Consultation(Base):
    """One question to one service; the id stands in the link, the words do not.

    A consultation by letter has no words, no record and no messages here: its answer is typed in
    as a step of the case. One by link loses its words and record when it is answered or withdrawn.
    """

    __tablename__ = "consultation"
    __table_args__ = (
        sized("id", ID_SIZE),
        sized("token_hash", DIGEST_SIZE),
        one_of("state", ConsultationState),
        CheckConstraint(
            "(token_hash IS NULL) = (record_body IS NULL)"
            " AND (record_body IS NULL) = (record_key IS NULL)",
            name="words_and_record",
        ),
        Index(None, "case_id"),
        WITHOUT_ROWID,
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    case_id: Mapped[Id] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    state: Mapped[Name]
    due_on: Mapped[Day]
    token_hash: Mapped[Digest | None]
    record_body: Mapped[Sealed | None]
    record_key: Mapped[Sealed | None]


class ConsultationMessage(Base):
    """What the office released to the service, or the service answered."""

    __tablename__ = "consultation_message"
    __table_args__ = (
        sized("id", ID_SIZE),
        UniqueConstraint("consultation_id", "position"),
        CheckConstraint("position >= 1", name="position_counts"),
        WITHOUT_ROWID,
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    consultation_id: Mapped[Id] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    position: Mapped[int]
    day: Mapped[Day]
    body: Mapped[Sealed]
    case_key: Mapped[Sealed]
    # Null once it was answered or withdrawn: then only the office can read it.
    service_key: Mapped[Sealed | None]
