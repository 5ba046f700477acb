"""Somebody who has stolen the database: opens whatever the keys they know open, checks no rule.

    thief = Thief.of(office.database)
    thief.learn_passphrase(PASSPHRASE, owner_id)
    assert thief.loot().cases == set()

Key ids, roles and states are ignored. Every seed that is known is tried as a key of every kind on
every grant, and every key on every sealed value, until nothing new opens.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from sqlalchemy import select

from cases.actions.consultation_sealing import open_record, open_text
from cases.actions.identity_sealing import answer_context, request_context
from cases.actions.sealing import (
    message_context,
    note_context,
    record_context,
    sheet_context,
    step_context,
)
from cases.database import Database
from cases.models import (
    Base,
    Case,
    CaseGrant,
    IdentityAnswer,
    IdentityRequest,
    IdentityRequestReader,
    IntakeGrant,
    Mailbox,
    Message,
    Note,
    Staff,
    TransitionEntry,
)
from cases.models.consultations import Consultation, ConsultationMessage
from cases.models.identities import IdentityShareRow, SealedIdentityRow
from crypto.envelope import open_envelope
from crypto.errors import CryptoError, SharesRejected
from crypto.grants import open_case_grant, open_intake_grant
from crypto.identity import open_handed_over, open_identity, open_share
from crypto.keys import (
    CasePrivateKey,
    ConsultationPrivateKey,
    IntakePrivateKey,
    MailboxPrivateKey,
    PersonalPrivateKey,
    PrivateKey,
    RecoveryPrivateKey,
    Seed,
)
from crypto.labels import Context
from crypto.passphrase import unwrap_seed

Row = TypeVar("Row", bound=Base)
Sealed = tuple[bytes, bytes | None, bytes | None, Context]

HOLDERS = (IntakePrivateKey, PersonalPrivateKey, RecoveryPrivateKey)
READERS = (CasePrivateKey, MailboxPrivateKey)


@dataclass(frozen=True)
class Loot:
    """What opened: ids of the cases whose key was found, and every text."""

    cases: frozenset[bytes]
    texts: tuple[bytes, ...]
    shares: int

    @property
    def everything(self) -> bytes:
        """All texts behind each other."""
        return b"\n".join(self.texts)


@dataclass
class Thief:
    """A copy of every row, and the seeds that are known."""

    rows: dict[type[Base], list[Base]]
    _seeds: list[Seed] = field(default_factory=list)
    _holders: list[PrivateKey] = field(default_factory=list)

    @classmethod
    def of(cls, database: Database) -> "Thief":
        """With a copy of everything that is in the database now."""
        with database.reading() as session:
            kinds = [mapper.class_ for mapper in Base.registry.mappers]
            return cls({kind: list(session.scalars(select(kind))) for kind in kinds})

    def learn(self, *seeds: Seed) -> None:
        """Know more seeds."""
        for seed in seeds:
            if seed not in self._seeds:
                self._seeds.append(seed)
                self._holders += [kind(seed) for kind in HOLDERS]

    def learn_passphrase(self, passphrase: str, staff_id: bytes) -> None:
        """Try a passphrase on the wrapped seed of one person. Raises CryptoError."""
        (row,) = (each for each in self._all(Staff) if each.id == staff_id)
        self.learn(unwrap_seed(row.wrapped_seed, passphrase, row.id))

    def loot(self) -> Loot:
        """All that opens, once nothing new does."""
        found: dict[bytes, Seed] = {}
        before = (-1, -1)
        while before != (len(self._seeds), len(found)):
            before = (len(self._seeds), len(found))
            for grant in self._all(IntakeGrant):
                self.learn(*_opened(partial(_intake, grant.box), list(self._holders)))
            for held in self._all(CaseGrant):
                for seed in _opened(partial(_case, held), list(self._holders)):
                    found[held.case_id] = seed
                    self.learn(seed)
        shares = [share for row in self._all(IdentityShareRow) for share in self._shares(row)]
        shares += self._handed_over()
        return Loot(frozenset(found), tuple(self._texts(shares)), len(shares))

    def _texts(self, shares: list[tuple[bytes, str]]) -> Iterator[bytes]:
        readers = [kind(seed) for seed in self._seeds for kind in READERS]
        for body, case_key, other_key, context in self._envelopes():
            for box in filter(None, (case_key, other_key)):
                yield from _opened(partial(_envelope, (body, box, context)), readers)
        yield from self._consultations()
        yield from self._requests_for_custodians()
        for row in self._all(SealedIdentityRow):
            words = [mnemonic for case_id, mnemonic in shares if case_id == row.case_id]
            with suppress(CryptoError, SharesRejected):
                yield open_identity(row.body, row.case_id, words)

    def _envelopes(self) -> Iterator[Sealed]:
        for case in self._all(Case):
            yield case.sheet_body, case.sheet_key, None, sheet_context(case.id)
        for each in self._all(Message):
            context = message_context(each.case_id, each.id, each.position)
            yield each.body, each.case_key, each.mailbox_key, context
        for note in self._all(Note):
            yield note.body, note.case_key, None, note_context(note.case_id, note.id)
        for step in self._all(TransitionEntry):
            if step.body is not None:
                context = step_context(step.case_id, step.id, step.position)
                yield step.body, step.case_key, None, context
        for request in self._requests().values():
            context = request_context(request.case_id, request.id)
            yield request.body, request.case_key, None, context
        for answer in self._all(IdentityAnswer):
            case_id = self._requests()[answer.request_id].case_id
            context = answer_context(case_id, answer.request_id, answer.custodian_id)
            yield answer.body, answer.case_key, None, context
        for box in self._all(Mailbox):
            yield box.record_body, None, box.record_key, record_context(box.locator)

    def _consultations(self) -> Iterator[bytes]:
        services = [ConsultationPrivateKey(seed) for seed in self._seeds]
        for row in self._all(Consultation):
            yield from _opened(partial(_record, row), services)
        cases = [CasePrivateKey(seed) for seed in self._seeds]
        for message in self._all(ConsultationMessage):
            yield from _opened(partial(_text, message), [*services, *cases])

    def _shares(self, row: IdentityShareRow) -> Iterator[tuple[bytes, str]]:
        for seed in self._seeds:
            with suppress(CryptoError):
                yield row.case_id, open_share(row.box, row.case_id, PersonalPrivateKey(seed))

    def _requests_for_custodians(self) -> Iterator[bytes]:
        people = [PersonalPrivateKey(seed) for seed in self._seeds]
        for reader in self._all(IdentityRequestReader):
            request = self._requests()[reader.request_id]
            context = request_context(request.case_id, request.id)
            yield from _opened(partial(_envelope, (request.body, reader.box, context)), people)

    def _handed_over(self) -> list[tuple[bytes, str]]:
        found = []
        for answer in self._all(IdentityAnswer):
            case_id = self._requests()[answer.request_id].case_id
            for seed in self._seeds:
                with suppress(CryptoError):
                    key, box = PersonalPrivateKey(seed), answer.box or b""
                    found.append((case_id, open_handed_over(box, case_id, answer.request_id, key)))
        return found

    def _requests(self) -> dict[bytes, IdentityRequest]:
        return {row.id: row for row in self._all(IdentityRequest)}

    def _all(self, kind: type[Row]) -> list[Row]:
        return [row for row in self.rows[kind] if isinstance(row, kind)]


Opened = TypeVar("Opened")


def _opened(
    opening: Callable[[PrivateKey], Opened], keys: Iterable[PrivateKey]
) -> Iterator[Opened]:
    for key in keys:
        with suppress(CryptoError, TypeError):
            yield opening(key)


def _intake(box: bytes, key: PrivateKey) -> Seed:
    assert isinstance(key, PersonalPrivateKey | IntakePrivateKey | RecoveryPrivateKey)
    return open_intake_grant(box, key).seed  # type: ignore[arg-type]  # the wrong kinds too


def _case(row: CaseGrant, key: PrivateKey) -> Seed:
    return open_case_grant(row.box, row.case_id, key).seed  # type: ignore[arg-type]  # as above


def _envelope(sealed: tuple[bytes, bytes, Context], key: PrivateKey) -> bytes:
    body, box, context = sealed
    return open_envelope(body, box, key, context)


def _record(row: Consultation, key: PrivateKey) -> bytes:
    assert isinstance(key, ConsultationPrivateKey)
    return open_record(row, key).to_json()


def _text(row: ConsultationMessage, key: PrivateKey) -> bytes:
    assert isinstance(key, ConsultationPrivateKey | CasePrivateKey)
    return open_text(row, key).to_json()
