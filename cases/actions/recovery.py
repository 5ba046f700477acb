"""Opening every case with the recovery key, and giving cases to somebody who lost theirs.

The key is put together from the custodians' shares. It lives as long as the command that asked for
them, in no page and in no table.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from cases.actions.assignment import add_grant
from cases.actions.case_files import files_of
from cases.actions.changing import claim, note_step
from cases.actions.conflicts import is_kept_away
from cases.actions.consultations import answer_of
from cases.actions.reading import OpenCase, notes, office_thread, open_with_its_key
from cases.actions.trail import record_staff
from cases.domain.attachments import Attachment
from cases.domain.contents import Assignment, Step
from cases.domain.grants import HolderKind
from cases.domain.roles import Permission, StaffState
from cases.domain.trail import TrailEvent
from cases.errors import CaseDamaged, NoRecipient, NoSuchReference, NotTheRecoveryKey, Refused
from cases.queries.cases import grants
from cases.queries.evidence import kept_by_case
from cases.queries.people import can_sign_in
from cases.queries.recovery import NamedCase, case_of_key, every_case
from cases.queries.staff import member, staff_by_login
from cases.reasons import Reason
from cases.saying import said
from crypto.errors import CryptoError, Malformed
from crypto.grants import open_case_grant
from crypto.keys import CasePrivateKey, RecoveryPrivateKey, Seed
from crypto.roster import RosterMember, VerifiedRoster
from crypto.secret_sharing import combine, split

# Who acted, in the history of a case: nobody signed in, the custodians were there on paper.
ACTOR = "zegel keys recover"


class Fault(StrEnum):
    """What the recovery key does not open, in the words of the command line."""

    NOT_GRANTED = "it is not granted to the recovery key"
    GRANT = "its key does not open"
    CASE = "its submission, sheet or history does not open"
    THREAD = "messages are missing, altered or shut"
    NOTES = "a note does not open"
    ANSWER = "the answer of a public service does not open"
    FILES = "files are missing, or no step names them"


@dataclass(frozen=True)
class Proof:
    """What opened of one case.

    Attributes:
        name: the reference, or the id of a case without one.
        faults: what did not open; none for a sound case.
        opened: whether there is a case to be read, be it with faults.
        in_pool: whether all intake staff can open it too.
        files: those whose keys were found; nothing of the files themselves was read.
    """

    case_id: bytes
    name: str
    faults: tuple[Fault, ...]
    opened: bool = False
    in_pool: bool = False
    messages: int = 0
    steps: int = 0
    files: tuple[Attachment, ...] = ()


def recovery_key(mnemonics: Sequence[str], roster: VerifiedRoster) -> RecoveryPrivateKey:
    """The office's recovery key, from enough of its shares.

    Raises:
        SharesRejected: a share is mistyped, there are too few, or they do not belong together.
        NotTheRecoveryKey: they give a secret, and not the one whose public half the roster names.
    """
    secret = combine(mnemonics)
    try:
        key = RecoveryPrivateKey(Seed.from_bytes(secret))
    except Malformed:
        raise NotTheRecoveryKey from None
    if key.public != roster.roster.recovery:
        raise NotTheRecoveryKey
    return key


def record_use(session: Session, now: datetime) -> None:
    """Put on the trail that the key was put together. Who did it, nobody proved."""
    record_staff(session, TrailEvent.RECOVERY_KEY_USED, now, None)


def deal_again(
    session: Session, key: RecoveryPrivateKey, needed: int, total: int, now: datetime
) -> tuple[str, ...]:
    """New shares of the same key, for new custodians; the old ones go on to fit together."""
    record_staff(session, TrailEvent.SHARES_DEALT, now, None)
    return split(key.seed.raw, needed, total)


def chosen_cases(session: Session, references: Sequence[str]) -> Sequence[NamedCase]:
    """The cases with these references, or ids where they have none; every case for no name at all.

    Raises:
        NoSuchReference: no case has such a reference.
    """
    found = every_case(session)
    if not references:
        return found
    by_name = {case.name: case for case in found}
    missing = [each for each in references if each not in by_name]
    if missing:
        raise NoSuchReference(missing[0])
    return [by_name[each] for each in dict.fromkeys(references)]


def prove(session: Session, key: RecoveryPrivateKey, cases: Sequence[NamedCase]) -> Iterator[Proof]:
    """Open one case after the other, with all that is sealed to its key; changes nothing."""
    kept = kept_by_case(session)
    for case in cases:
        yield _proof(session, key, case, kept.get(case.case_id, set()))


def recipient(session: Session, roster: VerifiedRoster, login: str) -> RosterMember:
    """To whom cases may be given: somebody who works on cases, with a key on the signed roster.

    The key comes from the roster and from no table: whoever can write to the database, but not
    sign, has nothing granted to a key of their own.

    Raises:
        NoRecipient: there is no such person.
    """
    row = staff_by_login(session, login)
    if row is None:
        raise NoRecipient(said("nobody has the login %(login)s", login=login))
    if row.state != StaffState.ACTIVE.value:
        if row.state == StaffState.SUSPENDED.value:
            raise NoRecipient(said("%(login)s is suspended", login=login))
        raise NoRecipient(said("%(login)s has not signed in yet", login=login))
    if not member(row).may(Permission.SEE_CASES):
        raise NoRecipient(said("%(login)s has no role that works on cases", login=login))
    for each in roster.roster.members:
        if each.person == row.id:
            return each
    raise NoRecipient(said("%(login)s is not on the roster", login=login))


def grant(
    session: Session, case_id: bytes, key: RecoveryPrivateKey, to: RosterMember, now: datetime
) -> bool:
    """Give one case to a person, and write in its history that it was done.

    Args:
        session: a writing session of its own: what is done stays done when the next one fails.
        case_id: of a case that opens.
        key: opens it.
        to: as `recipient` found them.
        now: aware, in the office's time zone.

    Returns:
        False where the person had it already: nothing is written then. Where whoever handled it
        cannot sign in any more, the person handles it now.

    Raises:
        CaseDamaged: it does not open.
        Refused: the person must not read this case.
    """
    if any(held.key_id == to.public.key_id for held in grants(session, case_id)):
        return False
    opened = _opened(session, key, case_id)
    if is_kept_away(to, opened.excluded, opened.facts.authority):
        raise Refused(Reason.EXCLUDED_FROM_THIS_CASE)
    case = claim(session, opened, opened.version)
    add_grant(session, opened, HolderKind.PERSON, to.public)
    if case.handler_id is not None and not can_sign_in(session, case.handler_id):
        case.handler_id = to.person
    step = Step(now, ACTOR, b"", Assignment.SHARE, with_whom=to.name, with_whom_id=to.person)
    note_step(session, case, opened, step, now)
    record_staff(session, TrailEvent.CASE_RECOVERED, now, None, case_id)
    session.flush()
    return True


def _proof(session: Session, key: RecoveryPrivateKey, case: NamedCase, kept: set[bytes]) -> Proof:
    try:
        opened = _opened(session, key, case.case_id)
    except _NotOpened as failure:
        return Proof(case.case_id, case.name, (failure.fault,))
    return proof_of(session, case, opened, kept)


def proof_of(session: Session, case: NamedCase, opened: OpenCase, kept: set[bytes]) -> Proof:
    """What there is in a case that opens; `kept` are the files that it must name."""
    thread = office_thread(session, opened)
    files = tuple(entry.attachment for entry in files_of(opened, thread))
    found = {
        Fault.THREAD: bool(thread.warnings),
        Fault.NOTES: not _notes_open(session, opened),
        Fault.ANSWER: not _answers_open(session, opened),
        Fault.FILES: {file.id for file in files} != kept,
    }
    return Proof(
        case.case_id,
        case.name,
        tuple(fault for fault, there in found.items() if there),
        opened=True,
        in_pool=opened.in_pool,
        messages=len(thread.messages),
        steps=len(opened.history),
        files=files,
    )


class _NotOpened(CaseDamaged):
    """A case does not open; `fault` says what of it."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def _opened(session: Session, key: RecoveryPrivateKey, case_id: bytes) -> OpenCase:
    held = case_of_key(session, case_id, key.public.key_id)
    if held is None or held.personal_box is None:
        raise _NotOpened(Fault.NOT_GRANTED)
    private = _case_key(held.personal_box, case_id, key)
    try:
        return open_with_its_key(session, held, private)
    except CaseDamaged:
        raise _NotOpened(Fault.CASE) from None


def _case_key(box: bytes, case_id: bytes, key: RecoveryPrivateKey) -> CasePrivateKey:
    try:
        return open_case_grant(box, case_id, key)
    except CryptoError:
        raise _NotOpened(Fault.GRANT) from None


def _notes_open(session: Session, case: OpenCase) -> bool:
    try:
        notes(session, case)
    except CaseDamaged:
        return False
    return True


def _answers_open(session: Session, case: OpenCase) -> bool:
    given = [answer_of(session, case, held) for held in case.dossier.consultations.values()]
    return all(answer is None or answer.text is not None for answer in given)
