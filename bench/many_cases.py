"""Tens of thousands of cases at once, for an inbox that must not slow down with the years.

Grants and sheets are sealed for real, because the inbox opens them. What it does not open
(messages, grants of others) has the size of the real thing and nothing in it, unless a recovery key
is given: then that key opens each case whole. In which state a case is, of which day and in
whose hands follows from its number alone.
"""

import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from multiprocessing import get_context

from sqlalchemy import Insert, insert

from cases.actions.sealing import message_context, sealed_message, seen, sheet_context
from cases.database import Database
from cases.domain.contents import Author, Message, MessageKind
from cases.domain.facts import AUTHORITY_UNKNOWN, Facts
from cases.domain.flows import FINAL_STATE, FIRST_STATE, ClockKind, Flow, State, states_of
from cases.domain.grants import HolderKind
from cases.domain.sheets import NOTHING_SEEN, Seen, Sheet, make_sheet
from cases.models import Case, CaseGrant, Clock, Reminder
from cases.models import Message as MessageRow
from crypto.envelope import seal
from crypto.grants import grant_case
from crypto.keys import (
    CasePrivateKey,
    CasePublicKey,
    IntakePublicKey,
    MailboxPrivateKey,
    PersonalPublicKey,
    RecoveryPublicKey,
    Seed,
)
from crypto.sealed_box import OVERHEAD
from tests.support.submissions import COMPLAINT, PROTECTION, REPORT

BATCH = 1000
# How the file of an office looks after some years.
YEARS_OF_DAYS = 1500
NEW_EACH = 40  # every so many cases one is new,
MINE_EACH = 50  # one is mine,
POOL_EACH = 3  # one is still in the pool; the rest are in colleagues' hands,
OPEN_EACH = 10  # and one is open.
PROTECTION_EACH = 5  # of so many tens of cases one asks for protection; the others alternate.
TERM = timedelta(days=90)
FACTS: dict[Flow, Facts] = {
    Flow.REPORT: REPORT,
    Flow.COMPLAINT: COMPLAINT,
    Flow.PROTECTION: PROTECTION,
}

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Hands:
    """Who can open the cases: the pool of the intake key, and one person; others cannot.

    `all_in_pool` is for an office where nobody has taken a case.
    """

    staff_id: bytes
    intake: bytes
    personal: bytes
    today: date
    recovery: bytes | None = None
    all_in_pool: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """What one batch adds to each table."""

    cases: list[Row]
    grants: list[Row]
    messages: list[Row]
    clocks: list[Row]
    reminders: list[Row]


def add_cases(database: Database, numbers: range, hands: Hands) -> None:
    """Make the cases of these numbers, each batch in one transaction."""
    batches = [numbers[start : start + BATCH] for start in range(0, len(numbers), BATCH)]
    workers = len(os.sched_getaffinity(0))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for rows in pool.map(partial(make_batch, hands=hands), batches):
            _write(database, rows)


def make_batch(numbers: range, hands: Hands) -> Rows:
    """The rows of one batch."""
    maker = _WholeMaker(hands) if hands.recovery else _Maker(hands)
    rows = Rows([], [], [], [], [])
    for number in numbers:
        seed, case_id = Seed.generate(), _case_id(number)
        rows.cases.append(maker.case(number, case_id, seed))
        rows.grants.extend(maker.grants(number, case_id, seed))
        rows.messages.append(maker.message(case_id))
        maker.remind(number, case_id, rows)
    return rows


def _write(database: Database, rows: Rows) -> None:
    statements: list[tuple[Insert, list[Row]]] = [
        (insert(Case), rows.cases),
        (insert(CaseGrant), rows.grants),
        (insert(MessageRow), rows.messages),
        (insert(Clock), rows.clocks),
        (insert(Reminder), rows.reminders),
    ]
    with database.writing() as session:
        for statement, values in statements:
            if values:
                session.execute(statement, values)


class _Maker:
    """The keys of one batch, read once."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._intake = IntakePublicKey.from_bytes(hands.intake)
        self._personal = PersonalPublicKey.from_bytes(hands.personal)
        case = CasePrivateKey(Seed.generate()).public
        self._message = seal(bytes(900), message_context(bytes(16), bytes(16), 1), (case, case))

    def case(self, number: int, case_id: bytes, seed: Seed) -> Row:
        """One row of the table of cases."""
        flow, state = _flow(number), _state(number)
        received = self._received_on(number)
        sheet = seal(
            _sheet(number, flow).to_json(), sheet_context(case_id), (CasePrivateKey(seed).public,)
        )
        return {
            "id": case_id,
            "flow": flow.value,
            "state": state.value,
            "received_on": received,
            "reference": None if state is FIRST_STATE else f"{flow.value}.{number:06}",
            "version": 1,
            "handler_id": self._handler(number),
            "due_on": None if state is FINAL_STATE else received + TERM,
            "sheet_body": sheet.body,
            "sheet_key": sheet.sealed_keys[0],
        }

    def grants(self, number: int, case_id: bytes, seed: Seed) -> list[Row]:
        """The recovery key's, and this person's, the pool's or a colleague's."""
        grants = [_unopened(HolderKind.RECOVERY)]
        if _is_mine(number) and not self._hands.all_in_pool:
            grants.append(_grant(case_id, HolderKind.PERSON, self._personal, seed))
        elif _in_pool(number) or self._hands.all_in_pool:
            grants.append(_grant(case_id, HolderKind.INTAKE, self._intake, seed))
        else:
            grants.append(_unopened(HolderKind.PERSON))
        common = {"case_id": case_id, "received_on": self._received_on(number)}
        return [{**common, **grant} for grant in grants]

    def remind(self, number: int, case_id: bytes, rows: Rows) -> None:
        """The clock of an open case, and its reminder once the day has come."""
        if _state(number) is FINAL_STATE:
            return
        started, clock_id = self._received_on(number), os.urandom(16)
        due = started + TERM
        rows.clocks.append(
            {
                "id": clock_id,
                "case_id": case_id,
                "kind": ClockKind.NEWS.value,
                "started_on": started,
                "due_on": due,
            }
        )
        if due <= self._hands.today:
            reminder = {"id": os.urandom(16), "clock_id": clock_id, "stage": 0, "raised_on": due}
            rows.reminders.append(reminder)

    def _handler(self, number: int) -> bytes | None:
        is_mine = _is_mine(number) and not self._hands.all_in_pool
        return self._hands.staff_id if is_mine else None

    def _received_on(self, number: int) -> date:
        return self._hands.today - timedelta(days=number * 7919 % YEARS_OF_DAYS)

    def message(self, case_id: bytes) -> Row:
        """The submission, as large as a sealed one; after the case was made."""
        return {
            "id": os.urandom(16),
            "case_id": case_id,
            "position": 1,
            "day": self._hands.today,
            "body": self._message.body,
            "case_key": self._message.sealed_keys[0],
            "mailbox_key": self._message.sealed_keys[1],
        }


class _WholeMaker(_Maker):
    """Cases that open: with a submission, a sheet that knows it, and the grant for recovery."""

    def __init__(self, hands: Hands) -> None:
        super().__init__(hands)
        self._recovery = RecoveryPublicKey.from_bytes(hands.recovery or b"")
        self._mailbox = MailboxPrivateKey(Seed.generate()).public
        self._submissions: dict[bytes, MessageRow] = {}

    def case(self, number: int, case_id: bytes, seed: Seed) -> Row:
        """The case with the sheet of its submission."""
        public, facts = CasePrivateKey(seed).public, FACTS[_flow(number)]
        first = self._submissions[case_id] = self._submission(case_id, facts, public)
        sheet = make_sheet(facts, False, seen(first))
        sealed = seal(sheet.to_json(), sheet_context(case_id), (public,))
        body, key = sealed.body, sealed.sealed_keys[0]
        return {**super().case(number, case_id, seed), "sheet_body": body, "sheet_key": key}

    def grants(self, number: int, case_id: bytes, seed: Seed) -> list[Row]:
        """With the real one for the recovery key, in the place of the invented one."""
        _, *others = super().grants(number, case_id, seed)
        granted = _grant(case_id, HolderKind.RECOVERY, self._recovery, seed)
        common = {"case_id": case_id, "received_on": self._received_on(number)}
        return [{**common, **granted}, *others]

    def message(self, case_id: bytes) -> Row:
        """The submission."""
        row = self._submissions.pop(case_id)
        return {column.key: getattr(row, column.key) for column in MessageRow.__table__.columns}

    def _submission(self, case_id: bytes, facts: Facts, public: CasePublicKey) -> MessageRow:
        message = Message(
            author=Author.REPORTER,
            kind=MessageKind.SUBMISSION,
            facts=facts,
            mailbox_public=self._mailbox.to_bytes(),
        )
        today = self._hands.today
        return sealed_message(case_id, message, today, NOTHING_SEEN, public, self._mailbox)


def _grant(
    case_id: bytes,
    kind: HolderKind,
    key: IntakePublicKey | PersonalPublicKey | RecoveryPublicKey,
    seed: Seed,
) -> Row:
    box = grant_case(seed, case_id, key)
    return {"holder_kind": kind.value, "key_id": key.key_id, "box": box}


def _unopened(kind: HolderKind) -> Row:
    key_id, box = os.urandom(16), os.urandom(OVERHEAD + Seed.SIZE)
    return {"holder_kind": kind.value, "key_id": key_id, "box": box}


def _case_id(number: int) -> bytes:
    return sha256(f"case {number}".encode()).digest()[:16]


def _flow(number: int) -> Flow:
    # By tens: by its last digit alone a case would always be open, or never.
    if number // OPEN_EACH % PROTECTION_EACH == PROTECTION_EACH - 1:
        return Flow.PROTECTION
    return Flow.REPORT if number % 2 else Flow.COMPLAINT


def _state(number: int) -> State:
    flow = _flow(number)
    if number % NEW_EACH == 0 or number % NEW_EACH == 1:
        return FIRST_STATE
    if number % OPEN_EACH == 2 or number % OPEN_EACH == 3:
        between = sorted(states_of(flow) - {FIRST_STATE, FINAL_STATE})
        return between[number // OPEN_EACH % len(between)]
    return FINAL_STATE


def _is_mine(number: int) -> bool:
    return number % MINE_EACH == 2


def _in_pool(number: int) -> bool:
    return number % POOL_EACH == 0 or number % NEW_EACH < 2


def _sheet(number: int, flow: Flow) -> Sheet:
    return Sheet(
        flow=flow,
        title=f"Case {number}: a tender was opened before its closing day and a bidder was called",
        authority=AUTHORITY_UNKNOWN,
        authority_other="",
        language="en",
        seen=Seen(1, bytes(32)),
        anonymous=True,
    )
