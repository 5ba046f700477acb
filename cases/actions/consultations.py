"""Asking a public service something: prepare, release, read or record its answer, withdraw.

Preparing and withdrawing are steps of the case and nothing else. Only a release makes a row that
somebody outside the office can open, and it holds what was released and nothing besides.
"""

import hmac
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from cases.actions.consultation_sealing import (
    ANSWER,
    QUESTION,
    finish,
    open_text,
    sealed_consultation,
    sealed_text,
)
from cases.actions.reading import OpenCase, open_case
from cases.actions.signed_in import SignedIn
from cases.actions.transitions import Written, act
from cases.domain.attachments import Attachment
from cases.domain.consultation_contents import (
    ConsultationAuthor,
    ConsultationRecord,
    ConsultationText,
)
from cases.domain.consultation_names import concerned, service_name
from cases.domain.consultations import ConsultationState, service_reference
from cases.domain.details import (
    Consultation,
    ConsultationKind,
    ConsultationRelease,
    ConsultationWay,
    ConsultationWithdrawal,
    Details,
    ServiceAnswer,
)
from cases.domain.dossier import ConsultationFile
from cases.domain.flows import Action
from cases.domain.letters import fill_later
from cases.domain.reference import ReferenceData
from cases.domain.texts import read_message, read_reason
from cases.errors import FactsMalformed, NotFound, Refused
from cases.models import Consultation as ConsultationRow
from cases.models.base import new_id
from cases.queries.consultations import consultation, consultation_messages
from cases.reasons import Reason
from crypto.consultation import ConsultationKeys
from crypto.envelope import digest
from crypto.errors import CryptoError


@dataclass(frozen=True, repr=False)
class Question:
    """What is to be asked of whom. In `text`, `{reference}` becomes the consultation's own."""

    kind: ConsultationKind
    service: str
    text: str
    language: str
    due_on: date
    way: ConsultationWay
    service_other: str = ""
    marked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Deciding:
    """Who acts on which state of the case, and when.

    Attributes:
        by: who acts.
        version: of the case on the page from which the person decided.
        now: aware, in the office's time zone.
        rules: the reference data of the day.
    """

    by: SignedIn
    version: int
    now: datetime
    rules: ReferenceData


@dataclass(frozen=True, repr=False)
class GivenAnswer:
    """What the service answered. `text` is None where what is stored cannot be believed."""

    received_on: date
    way: ConsultationWay
    text: str | None


def prepare(session: Session, opened: OpenCase, question: Question, how: Deciding) -> bytes:
    """Keep a question in the case's file. Nothing leaves the office.

    Returns the consultation's id.

    Raises:
        Refused, MessageRequired, TextTooLong, StaleCase.
    """
    consultation_id = new_id()
    text = fill_later(read_message(question.text), reference=service_reference(consultation_id))
    asked = Consultation(
        id=consultation_id,
        kind=question.kind,
        service=question.service,
        service_other=question.service_other,
        question=text,
        due_on=question.due_on,
        way=question.way,
        marked=question.marked,
        language=question.language,
    )
    _act(session, opened, Action.PREPARE_CONSULTATION, asked, how)
    return consultation_id


def release(
    session: Session,
    opened: OpenCase,
    consultation_id: bytes,
    office: str,
    keys: ConsultationKeys | None,
    how: Deciding,
) -> None:
    """Let a prepared question leave the office.

    Args:
        session: a writing session.
        opened: the case as this person sees it.
        consultation_id: which question.
        office: the office's name, for the service to read.
        keys: from the ten words, which the caller drew and shows once; None for a letter.
        how: who releases, a second person where the rules want one.

    Raises:
        Refused, StaleCase; NotFound for a question that the case does not have.
    """
    asked = _found(opened, consultation_id).asked
    if (keys is None) is (asked.way is ConsultationWay.LINK):
        raise ValueError("words belong to a link, and a link needs words")
    _act(session, opened, Action.RELEASE_CONSULTATION, ConsultationRelease(asked.id), how)
    if keys is None:
        session.add(
            ConsultationRow(
                id=asked.id,
                case_id=opened.case_id,
                state=ConsultationState.OPEN,
                due_on=asked.due_on,
            )
        )
    else:
        _put_out(session, opened, asked, keys, _record(opened, asked, office, how.rules), how.now)
    session.flush()


def opens_with(session: Session, consultation_id: bytes, keys: ConsultationKeys) -> bool:
    """Whether these are the words of a question that is out already."""
    row = consultation(session, consultation_id)
    kept = row.token_hash if row else None
    return kept is not None and hmac.compare_digest(kept, keys.token_hash)


def record_answer(
    session: Session,
    opened: OpenCase,
    consultation_id: bytes,
    text: str,
    received_on: date,
    how: Deciding,
    scans: tuple[Attachment, ...] = (),
) -> None:
    """Type in what the service answered by letter; a link opens nothing after that.

    Raises:
        Refused, MessageRequired, TextTooLong, StaleCase.
    """
    answer = ServiceAnswer(consultation_id, received_on, ConsultationWay.LETTER, read_message(text))
    _act(session, opened, Action.RECORD_SERVICE_ANSWER, answer, how, scans)
    finish(session, consultation_id, ConsultationState.ANSWERED)


def withdraw(
    session: Session, opened: OpenCase, consultation_id: bytes, why: str, how: Deciding
) -> None:
    """Ask no longer, with a written reason; a link opens nothing after that.

    Raises:
        Refused, ReasonRequired, TextTooLong, StaleCase.
    """
    withdrawal = ConsultationWithdrawal(consultation_id, read_reason(why, required=True))
    _act(session, opened, Action.WITHDRAW_CONSULTATION, withdrawal, how)
    finish(session, consultation_id, ConsultationState.WITHDRAWN)


def renew(
    session: Session, opened: OpenCase, consultation_id: bytes, why: str, how: Deciding
) -> bytes:
    """Withdraw a question whose words were lost, and prepare the same one to be released again.

    Returns the id of the new consultation.

    Raises:
        As `withdraw` and `prepare`; Refused for one that never left: it would change its author,
        who must not be the one to release it.
    """
    held = _found(opened, consultation_id)
    if not held.open:
        raise Refused(Reason.A_CONSULTATION_OPEN)
    asked = held.asked
    withdraw(session, opened, consultation_id, why, how)
    again = open_case(session, opened.case_id, how.by.keys)
    on_the_new_page = Deciding(how.by, again.version, how.now, how.rules)
    return prepare(session, again, question_of(asked), on_the_new_page)


def question_of(asked: Consultation) -> Question:
    """The same question, to be asked anew under a reference of its own."""
    return Question(
        kind=asked.kind,
        service=asked.service,
        service_other=asked.service_other,
        text=asked.question.replace(service_reference(asked.id), "{reference}"),
        language=asked.language,
        due_on=asked.due_on,
        way=asked.way,
        marked=asked.marked,
    )


def answer_of(session: Session, opened: OpenCase, held: ConsultationFile) -> GivenAnswer | None:
    """What the service answered, or None where it has not."""
    found = held.answer
    if found is None:
        return None
    if found.way is ConsultationWay.LETTER:
        return GivenAnswer(found.received_on, found.way, found.text)
    return GivenAnswer(found.received_on, found.way, _through_the_link(session, opened, held))


def _through_the_link(session: Session, opened: OpenCase, held: ConsultationFile) -> str | None:
    """The answer, if it is one to the very question that was released."""
    rows = {row.position: row for row in consultation_messages(session, held.id)}
    try:
        asked, answered = (open_text(rows[at], opened.private) for at in (QUESTION, ANSWER))
    except (KeyError, CryptoError, FactsMalformed):
        return None
    genuine = (
        asked.text == held.asked.question
        and answered.author is ConsultationAuthor.SERVICE
        and answered.answers == digest(rows[QUESTION].body)
    )
    return answered.text if genuine else None


def _record(
    opened: OpenCase, asked: Consultation, office: str, rules: ReferenceData
) -> ConsultationRecord:
    language = asked.language or opened.facts.language
    return ConsultationRecord(
        case_id=opened.case_id,
        case_public=opened.private.public.to_bytes(),
        kind=asked.kind,
        office=office,
        service=service_name(asked, rules, language),
        reference=service_reference(asked.id),
        concerned=concerned(opened.file),
        language=language,
        due_on=asked.due_on,
    )


def _put_out(
    session: Session,
    opened: OpenCase,
    asked: Consultation,
    keys: ConsultationKeys,
    record: ConsultationRecord,
    now: datetime,
) -> None:
    # Flushed first: the question's row points at this one.
    session.add(sealed_consultation(asked.id, record, keys))
    session.flush()
    text = ConsultationText(ConsultationAuthor.OFFICE, asked.question)
    case_public, day = opened.private.public, now.date()
    session.add(sealed_text(asked.id, QUESTION, text, day, case_public, keys.public))


def _found(opened: OpenCase, consultation_id: bytes) -> ConsultationFile:
    found = opened.dossier.consultations.get(consultation_id)
    if found is None:
        raise NotFound
    return found


def _act(
    session: Session,
    opened: OpenCase,
    action: Action,
    details: Details,
    how: Deciding,
    attachments: tuple[Attachment, ...] = (),
) -> None:
    written = Written(details=details, attachments=attachments)
    act(session, opened, action, written, how.by, how.version, how.now, how.rules)
