"""A case may change its key in the middle of a thread: what each side believes then."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.actions.case_keys import AnnouncedKeys, RememberedKeys
from cases.actions.sealing import message_context, sealed_message, seen
from cases.actions.threads import Thread, ThreadFault, ThreadReader
from cases.domain.case_keys import EarlierKey, KeyAnnouncement
from cases.domain.contents import Author, Message, MessageKind
from cases.domain.sheets import NOTHING_SEEN, Seen
from cases.models import Message as MessageRow
from crypto.envelope import reseal
from crypto.errors import CryptoError
from crypto.keys import CasePrivateKey, MailboxPrivateKey, Seed
from crypto.labels import Context
from crypto.roster import VerifiedRoster
from tests.support.key_changes import KEEPER, STAFF_MEMBER, Person, rosters

CASE_ID = b"c" * 16
TODAY = date(2026, 11, 23)
MAILBOX = MailboxPrivateKey(Seed(b"2" * 32))
Sign = Callable[[CasePrivateKey, CasePrivateKey, int], KeyAnnouncement]


def _key(number: int) -> CasePrivateKey:
    return CasePrivateKey(Seed(bytes([number]) * 32))


def _by(person: Person) -> Sign:
    def announced(old: CasePrivateKey, new: CasePrivateKey, position: int) -> KeyAnnouncement:
        signature = person.sign(CASE_ID, position, old.public.key_id, new.public)
        return KeyAnnouncement(new.public.to_bytes(), person.id, 1, signature)

    return announced


_PROPERLY = _by(STAFF_MEMBER)


class Case:
    """A thread as both sides make it, and the keys that the office remembers."""

    def __init__(self) -> None:
        self.rows: list[MessageRow] = []
        self.key, self.first = _key(1), _key(1)
        self.earlier: list[EarlierKey] = []

    def say(self, author: Author) -> None:
        self._append(Message(author, MessageKind.REPLY, f"text {len(self.rows) + 1}"))

    def change_key(self, sign: Sign = _PROPERLY) -> None:
        old, new = self.key, _key(len(self.earlier) + 2)
        announcement = sign(old, new, len(self.rows) + 1)
        self._append(Message(Author.OFFICE, MessageKind.CASE_KEY, new_key=announcement))
        self.earlier.append(EarlierKey(old.public.key_id, len(self.rows)))
        self.key = new
        for row in self.rows:
            row.case_key = reseal(row.case_key, old, new.public, _context(row))

    def _append(self, message: Message) -> None:
        last = seen(self.rows[-1]) if self.rows else NOTHING_SEEN
        public = self.key.public
        self.rows.append(sealed_message(CASE_ID, message, TODAY, last, public, MAILBOX.public))

    def office(self) -> Thread:
        keys = RememberedKeys(self.key.public.key_id, self.earlier)
        return ThreadReader(self.key, lambda row: row.case_key, keys, self._seen()).read(self.rows)

    def reporter(self, believed: Sequence[VerifiedRoster] = rosters()) -> Thread:
        keys = AnnouncedKeys(CASE_ID, self.first.public, believed)
        reader = ThreadReader(MAILBOX, lambda row: row.mailbox_key, keys, NOTHING_SEEN)
        return reader.read(self.rows)

    def _seen(self) -> Seen:
        return seen(self.rows[-1])


def _context(row: MessageRow) -> Context:
    return message_context(CASE_ID, row.id, row.position)


def _faults(thread: Thread) -> dict[int, ThreadFault]:
    return {warning.position: warning.fault for warning in thread.warnings}


@settings(max_examples=25)
@given(st.lists(st.sampled_from(["reporter", "office", "key"]), min_size=1, max_size=9))
def test_whatever_happens_in_whatever_order_both_sides_read_it_and_old_keys_nothing(
    events: list[str],
) -> None:
    case, old = Case(), []
    case.say(Author.REPORTER)

    for event in events:
        if event == "key":
            old.append(case.key)
            case.change_key()
        else:
            case.say(Author(event))

    assert case.office().warnings == case.reporter().warnings == ()
    assert len(case.office().messages) == len(case.reporter().messages) == len(case.rows)
    announced = [message.new_key for message in case.reporter().messages if message.new_key]
    assert ([case.first.public.to_bytes(), *announced])[-1] == case.key.public.to_bytes()
    for key in old:
        for row in case.rows:
            with pytest.raises(CryptoError):
                reseal(row.case_key, key, key.public, _context(row))


def _to_another_place(old: CasePrivateKey, new: CasePrivateKey, position: int) -> KeyAnnouncement:
    return _by(STAFF_MEMBER)(old, new, position + 1)


def _after_another_key(old: CasePrivateKey, new: CasePrivateKey, position: int) -> KeyAnnouncement:
    return _by(STAFF_MEMBER)(_key(99), new, position)


def _not_even_a_key(old: CasePrivateKey, new: CasePrivateKey, position: int) -> KeyAnnouncement:
    return KeyAnnouncement(b"key", STAFF_MEMBER.id, 1, b"signature")


@pytest.mark.parametrize(
    "forged",
    [
        _by(KEEPER),
        _by(Person(77, frozenset())),
        _to_another_place,
        _after_another_key,
        _not_even_a_key,
    ],
    ids=["by a custodian", "by a stranger", "another place", "another key", "no key"],
)
def test_a_forged_new_key_is_shown_and_not_believed(forged: Sign) -> None:
    case = Case()
    case.say(Author.REPORTER)
    case.change_key(forged)
    case.say(Author.OFFICE)

    thread = case.reporter()

    assert _faults(thread) == {2: ThreadFault.UNPROVEN_KEY, 3: ThreadFault.WRONG_CASE_KEY}
    assert [message.new_key for message in thread.messages] == [None]


def test_a_new_key_whose_message_was_taken_away_leaves_a_warning() -> None:
    case = Case()
    case.say(Author.REPORTER)
    case.change_key()
    case.say(Author.OFFICE)
    del case.rows[1]

    assert _faults(case.reporter()) == {2: ThreadFault.MISSING, 3: ThreadFault.WRONG_CASE_KEY}


def test_without_a_roster_no_new_key_is_believed() -> None:
    case = Case()
    case.say(Author.REPORTER)
    case.change_key()

    assert _faults(case.reporter(())) == {2: ThreadFault.UNPROVEN_KEY}


def test_the_office_does_not_take_a_message_that_names_an_earlier_key() -> None:
    case = Case()
    case.say(Author.REPORTER)
    case.change_key()
    newest, case.key = case.key, case.first
    case.say(Author.REPORTER)
    case.rows[2].case_key = reseal(
        case.rows[2].case_key, case.first, newest.public, _context(case.rows[2])
    )
    case.key = newest

    assert _faults(case.office()) == {3: ThreadFault.WRONG_CASE_KEY}
