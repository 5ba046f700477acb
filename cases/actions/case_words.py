"""The words of many cases at once: opened row by row, and kept sealed for the next search.

Nothing here is believed for more than finding a case: a text that does not open is passed over,
and what is wrong with a case is said on its own page.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy import delete
from sqlalchemy.orm import Session

from cases.actions.consultation_sealing import text_context
from cases.actions.sealing import message_context, note_context, step_context
from cases.database import lock
from cases.domain.case_texts import Said, Sealed, texts_of
from cases.domain.consultation_contents import ConsultationText
from cases.domain.contents import Message, Note, Step, message_from_json
from cases.domain.reference import ReferenceData
from cases.domain.search import words_of
from cases.errors import FactsMalformed
from cases.models import CaseWords
from cases.queries import search as queries
from crypto.envelope import open_envelope
from crypto.errors import CryptoError
from crypto.keys import CasePrivateKey, Seed
from crypto.labels import Context
from crypto.search_words import open_words, seal_words

# More than this is looked through anew each time; a case of twenty long messages has half of it.
MOST_KEPT = 1 << 20  # bytes
_ONE_AT_A_TIME = b"keep the words of cases"

Keys = Mapping[bytes, CasePrivateKey]


@dataclass(frozen=True)
class Learned:
    """The sealed words of a case as it was at a version."""

    case_id: bytes
    version: int
    body: bytes = field(repr=False)


def known_words(row: queries.SearchRow, seed: Seed) -> str | None:
    """The kept words of a case; None where there are none, or the case went on since."""
    if row.words is None:
        return None
    try:
        return open_words(row.words, seed, row.case_id, _extent(row)).decode()
    except CryptoError:
        return None


def learn(row: queries.SearchRow, seed: Seed, said: Sequence[Said]) -> tuple[str, Learned | None]:
    """The words of a case from its texts, and what to keep of them."""
    words = words_of(each.text for each in said)
    encoded = words.encode()
    if len(encoded) > MOST_KEPT:
        return words, None
    body = seal_words(encoded, seed, row.case_id, _extent(row))
    return words, Learned(row.case_id, row.version, body)


def keep_words(session: Session, learned: Sequence[Learned]) -> None:
    """Keep the words of cases that nobody changed since.

    A case that got another key since must not keep words under the old one, so its version says
    whether it is the same still, and nobody changes it before the commit.
    """
    lock(session, _ONE_AT_A_TIME)
    versions = queries.versions_locked(session, [each.case_id for each in learned])
    still = [each for each in learned if versions.get(each.case_id) == each.version]
    session.execute(delete(CaseWords).where(CaseWords.case_id.in_(e.case_id for e in still)))
    session.add_all(CaseWords(case_id=each.case_id, body=each.body) for each in still)


def said_in(session: Session, keys: Keys, rules: ReferenceData) -> dict[bytes, list[Said]]:
    """Every text of these cases that opens, in four statements: messages in order, the story
    first, then steps, notes, questions and answers."""
    found: dict[bytes, list[Said]] = {case_id: [] for case_id in keys}
    for row in _rows(session, list(keys)):
        with suppress(CryptoError, FactsMalformed):
            payload = open_envelope(row.body, row.key, keys[row.case_id], row.context)
            found[row.case_id] += texts_of(row.read(payload), rules)
    return found


@dataclass(frozen=True)
class _Row:
    """A sealed row, and what its payload is."""

    case_id: bytes
    body: bytes
    key: bytes
    context: Context
    read: Callable[[bytes], Sealed]


def _rows(session: Session, ids: Sequence[bytes]) -> Iterator[_Row]:
    for each in queries.sealed_messages(session, ids):
        context = message_context(each.case_id, each.id, each.position)
        yield _Row(each.case_id, each.body, each.case_key, context, _message)
    for step in queries.sealed_steps(session, ids):
        context = step_context(step.case_id, step.id, step.position)
        yield _Row(step.case_id, step.body or b"", step.case_key or b"", context, Step.from_json)
    for note in queries.sealed_notes(session, ids):
        context = note_context(note.case_id, note.id)
        yield _Row(note.case_id, note.body, note.case_key, context, Note.from_json)
    for case_id, text in queries.sealed_service_texts(session, ids):
        context = text_context(text.consultation_id, text.id, text.position)
        yield _Row(case_id, text.body, text.case_key, context, ConsultationText.from_json)


def _message(payload: bytes) -> Message:
    return message_from_json(payload)[0]


def _extent(row: queries.SearchRow) -> bytes:
    """How far the case has come. Only a message, a step or a note adds words."""
    counts = row.message_count, row.step_count, row.note_count
    return b"".join(count.to_bytes(4, "big") for count in counts)
