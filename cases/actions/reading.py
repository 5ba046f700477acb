"""Opening what a member of staff may read. Nothing here changes anything."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from cases.actions.case_keys import RememberedKeys
from cases.actions.sealing import message_context, note_context, sheet_context, step_context
from cases.actions.signed_in import StaffKeys
from cases.actions.threads import Thread, ThreadReader
from cases.domain.attachments import Attachment
from cases.domain.case_file import CaseFile
from cases.domain.contents import Assignment, Message, Note, Step, StepKind, message_from_json
from cases.domain.details import Details
from cases.domain.dossier import Dossier, Recorded, fold
from cases.domain.facts import Facts
from cases.domain.flows import Action, ClockKind, Flow, State
from cases.domain.grants import HolderKind
from cases.domain.sheets import Sheet, sheet_from_json
from cases.errors import CaseDamaged, FactsMalformed, NotFound, StaleCase
from cases.models import TransitionEntry
from cases.queries import cases as queries
from crypto.envelope import open_envelope
from crypto.errors import CryptoError, OpeningFailed
from crypto.grants import open_case_seed
from crypto.keys import CasePrivateKey, KeyId, MailboxPublicKey, Seed


@dataclass(frozen=True)
class HistoryEntry:
    """One step of a case.

    `at` is None where a day passed, or where the person or a public service acted: of them only
    the day is known. `actor` and `actor_id` are empty then.
    """

    position: int
    day: date
    at: datetime | None
    action: StepKind
    to_state: State
    actor: str
    actor_id: bytes
    reason: str = field(default="", repr=False)
    with_whom: str = field(default="", repr=False)
    with_whom_id: bytes = field(default=b"", repr=False)
    notice: str = field(default="", repr=False)
    message_position: int | None = None
    details: Details | None = field(default=None, repr=False)
    attachments: tuple[Attachment, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class OpenCase:
    """A case that this person can read, as it was when it was opened."""

    case_id: bytes
    flow: Flow
    state: State
    received_on: date
    due_on: date | None
    reference: str | None
    version: int
    handler_id: bytes | None
    in_pool: bool
    held_personally: bool
    mailbox_open: bool
    identity_sealed: bool
    private: CasePrivateKey = field(repr=False)
    facts: Facts = field(repr=False)
    mailbox_public: MailboxPublicKey = field(repr=False)
    sheet: Sheet = field(repr=False)
    history: tuple[HistoryEntry, ...] = field(repr=False)
    file: CaseFile = field(repr=False)
    # Whom the reporter meant besides those that she found by name.
    excluded_other: str = field(default="", repr=False)
    named_at_first: frozenset[bytes] = field(default=frozenset(), repr=False)

    @property
    def excluded(self) -> frozenset[bytes]:
        """Ids of the people who were named for this case, when it came in or later: they must not
        read it. Who has declared a conflict of interest since stands on the roster."""
        later = (each.with_whom_id for each in self.history if each.action is Assignment.EXCLUDE)
        return self.named_at_first | frozenset(later)

    @property
    def dossier(self) -> Dossier:
        """What the steps of the case say now."""
        return self.file.dossier


@dataclass(frozen=True)
class Holding:
    """Whose key opens the case; a person is found by the key's id in the roster."""

    kind: HolderKind
    key_id: KeyId


def open_case(session: Session, case_id: bytes, keys: StaffKeys) -> OpenCase:
    """The case with its facts.

    Raises:
        NotFound: not there, or this person holds no grant of it.
        CaseDamaged: a grant is there, but it or the submission does not open.
        StaleCase: somebody gave the case a new key while it was being read.
    """
    held = queries.held_case(session, case_id, keys.holder)
    if held is None:
        raise NotFound
    version = held.case.version
    try:
        private = open_grant(case_id, held.personal_box, held.intake_box, keys)
        return open_with_its_key(session, held, private)
    except (CryptoError, CaseDamaged):
        if queries.case_row(session, case_id).version != version:
            raise StaleCase from None
        raise CaseDamaged from None


def open_with_its_key(
    session: Session, held: queries.HeldCase, private: CasePrivateKey
) -> OpenCase:
    """The case with its facts, for who has the key of the case already.

    Raises:
        CaseDamaged: it is not the key of this case, or the submission does not open.
    """
    try:
        return _opened(session, held, private)
    except (CryptoError, FactsMalformed):
        raise CaseDamaged from None


def _opened(session: Session, held: queries.HeldCase, private: CasePrivateKey) -> OpenCase:
    case = held.case
    first, facts, mailbox_public = _submission(session, case.id, private)
    history = _history(session, case.id, private)
    sheet = open_sheet(case.id, case.sheet_body, case.sheet_key, private)
    if len(history) < sheet.steps:
        # Cut off at the end: what a later step decided would be forgotten.
        raise CaseDamaged
    return OpenCase(
        case_id=case.id,
        flow=case.flow_value,
        state=case.state_value,
        received_on=case.received_on,
        due_on=case.due_on,
        reference=case.reference,
        version=case.version,
        handler_id=case.handler_id,
        in_pool=held.in_pool,
        held_personally=held.held_personally,
        mailbox_open=held.mailbox_open,
        identity_sealed=held.identity_sealed,
        private=private,
        facts=facts,
        mailbox_public=mailbox_public,
        sheet=sheet,
        history=history,
        file=_file(session, held, facts, history),
        excluded_other=first.excluded_other,
        named_at_first=frozenset(first.excluded),
    )


def _file(
    session: Session, held: queries.HeldCase, facts: Facts, history: tuple[HistoryEntry, ...]
) -> CaseFile:
    running = queries.running_clocks(session, held.case.id)
    return CaseFile(
        state=held.case.state_value,
        facts=facts,
        dossier=fold(_recorded(history)),
        running=frozenset(ClockKind(clock.kind) for clock in running),
        mailbox_open=held.mailbox_open,
    )


def open_grant(
    case_id: bytes, personal_box: bytes | None, intake_box: bytes | None, keys: StaffKeys
) -> CasePrivateKey:
    """The key of a case from the person's own grant, or else from the pool's."""
    return CasePrivateKey(open_seed(case_id, personal_box, intake_box, keys))


def open_seed(
    case_id: bytes, personal_box: bytes | None, intake_box: bytes | None, keys: StaffKeys
) -> Seed:
    """The seed of that key. Raises as `open_grant`: NotFound, CryptoError."""
    if personal_box is not None:
        return open_case_seed(personal_box, case_id, keys.personal)
    if intake_box is None or not keys.every_intake:
        raise NotFound
    # While the intake key changes, some cases are still granted to the one before.
    *newer, oldest = keys.every_intake
    for key in newer:
        with suppress(OpeningFailed):
            return open_case_seed(intake_box, case_id, key)
    return open_case_seed(intake_box, case_id, oldest)


def open_sheet(case_id: bytes, body: bytes, key: bytes, private: CasePrivateKey) -> Sheet:
    """The sheet of a case."""
    return sheet_from_json(open_envelope(body, key, private, sheet_context(case_id)))


def _submission(
    session: Session, case_id: bytes, private: CasePrivateKey
) -> tuple[Message, Facts, MailboxPublicKey]:
    row = queries.first_message(session, case_id)
    if row is None:
        raise CaseDamaged
    context = message_context(case_id, row.id, row.position)
    content, _ = message_from_json(open_envelope(row.body, row.case_key, private, context))
    if content.facts is None or content.mailbox_public is None:
        raise CaseDamaged
    return content, content.facts, MailboxPublicKey.from_bytes(content.mailbox_public)


def office_thread(session: Session, case: OpenCase) -> Thread:
    """The thread as the office reads it."""
    reader = ThreadReader(
        key=case.private,
        sealed_key=lambda row: row.case_key,
        case_keys=RememberedKeys(case.private.public.key_id, case.sheet.earlier_keys),
        seen=case.sheet.seen,
    )
    return reader.read(queries.messages(session, case.case_id))


def notes(session: Session, case: OpenCase) -> tuple[Note, ...]:
    """The internal notes, the oldest first.

    Raises:
        CaseDamaged: a note does not open.
    """
    try:
        opened = [
            Note.from_json(
                open_envelope(
                    row.body, row.case_key, case.private, note_context(case.case_id, row.id)
                )
            )
            for row in queries.notes(session, case.case_id)
        ]
    except (CryptoError, FactsMalformed):
        raise CaseDamaged from None
    return tuple(sorted(opened, key=lambda note: note.at))


def _history(session: Session, case_id: bytes, private: CasePrivateKey) -> tuple[HistoryEntry, ...]:
    rows = queries.steps(session, case_id)
    # Each step counts one on. A file that lost a refusal or a wish to stay unknown says something
    # else than was decided, so it is not read at all.
    if [row.position for row in rows] != list(range(1, len(rows) + 1)):
        raise CaseDamaged
    return tuple(_step(row, private) for row in rows)


def _step(row: TransitionEntry, private: CasePrivateKey) -> HistoryEntry:
    if row.body is None or row.case_key is None:
        action = Action(row.automatic or "")
        return HistoryEntry(row.position, row.day, None, action, State(row.to_state), "", b"")
    context = step_context(row.case_id, row.id, row.position)
    step = Step.from_json(open_envelope(row.body, row.case_key, private, context))
    return HistoryEntry(
        position=row.position,
        day=row.day,
        at=step.at,
        action=step.action,
        to_state=State(row.to_state),
        actor=step.actor,
        actor_id=step.actor_id,
        reason=step.reason,
        with_whom=step.with_whom,
        with_whom_id=step.with_whom_id,
        notice=step.notice,
        message_position=step.message_position,
        details=step.details,
        attachments=step.attachments,
    )


def _recorded(history: Iterable[HistoryEntry]) -> Iterator[Recorded]:
    for entry in history:
        if isinstance(entry.action, Action):
            yield Recorded(
                entry.day,
                entry.action,
                entry.actor_id,
                entry.details,
                entry.position,
                tells_service=bool(entry.notice),
            )


def holders(session: Session, case: OpenCase) -> tuple[Holding, ...]:
    """Every key that opens the case."""
    return tuple(
        Holding(HolderKind(grant.holder_kind), KeyId(grant.key_id))
        for grant in queries.grants(session, case.case_id)
    )
