"""Whatever is done to a thread by someone who writes to the database shows as a warning."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from cases.actions.case_keys import RememberedKeys
from cases.actions.sealing import sealed_message, seen
from cases.actions.threads import Thread, ThreadFault, ThreadReader, ThreadWarning
from cases.domain.contents import Author, Message, MessageKind
from cases.domain.sheets import NOTHING_SEEN, Seen
from cases.models import Message as MessageRow
from crypto.keys import CasePrivateKey, MailboxPrivateKey, Seed

CASE_ID = b"c" * 16
TODAY = date(2026, 11, 23)
CASE = CasePrivateKey(Seed(b"1" * 32))
MAILBOX = MailboxPrivateKey(Seed(b"2" * 32))
KEYS = RememberedKeys(CASE.public.key_id)

Change = Callable[[list[MessageRow]], list[MessageRow]]


def _thread(length: int = 4, case: CasePrivateKey = CASE) -> list[MessageRow]:
    rows: list[MessageRow] = []
    previous = NOTHING_SEEN
    for number in range(1, length + 1):
        author = Author.REPORTER if number % 2 else Author.OFFICE
        message = Message(author, MessageKind.REPLY, f"text {number}")
        rows.append(sealed_message(CASE_ID, message, TODAY, previous, case.public, MAILBOX.public))
        previous = seen(rows[-1])
    return rows


def _office(seen: Seen = NOTHING_SEEN) -> ThreadReader:
    return ThreadReader(CASE, lambda row: row.case_key, KEYS, seen)


def _reporter(seen: Seen = NOTHING_SEEN) -> ThreadReader:
    return ThreadReader(MAILBOX, lambda row: row.mailbox_key, KEYS, seen)


def _faults(thread: Thread) -> dict[int, ThreadFault]:
    return {warning.position: warning.fault for warning in thread.warnings}


def _copy(row: MessageRow, **changes: object) -> MessageRow:
    columns = {column.key: getattr(row, column.key) for column in MessageRow.__table__.columns}
    return MessageRow(**{**columns, **changes})


def _flipped(body: bytes) -> bytes:
    return body[:-1] + bytes([body[-1] ^ 1])


def _without(position: int) -> Change:
    return lambda rows: [row for row in rows if row.position != position]


def _altered(position: int) -> Change:
    return lambda rows: [
        _copy(row, body=_flipped(row.body)) if row.position == position else row for row in rows
    ]


def _swapped(rows: list[MessageRow]) -> list[MessageRow]:
    """The second and third message trade places."""
    second, third = _copy(rows[1], position=3), _copy(rows[2], position=2)
    return [rows[0], third, second, rows[3]]


def _contents_swapped(rows: list[MessageRow]) -> list[MessageRow]:
    """The second and third row keep their places and trade what they hold."""
    sealed = [
        {"body": row.body, "case_key": row.case_key, "mailbox_key": row.mailbox_key}
        for row in (rows[2], rows[1])
    ]
    return [rows[0], _copy(rows[1], **sealed[0]), _copy(rows[2], **sealed[1]), rows[3]]


def _replayed(rows: list[MessageRow]) -> list[MessageRow]:
    """A copy of the second message appears at the end."""
    return [*rows, _copy(rows[1], id=b"n" * 16, position=5)]


@pytest.mark.parametrize("reader", [_office(), _reporter()], ids=["office", "reporter"])
def test_both_sides_read_an_honest_thread_without_a_warning(reader: ThreadReader) -> None:
    thread = reader.read(_thread())

    assert [message.text for message in thread.messages] == [f"text {n}" for n in range(1, 5)]
    assert [message.author for message in thread.messages][:2] == [Author.REPORTER, Author.OFFICE]
    assert thread.warnings == ()


@pytest.mark.parametrize("reader", [_office(), _reporter()], ids=["office", "reporter"])
@pytest.mark.parametrize(
    ("change", "faults", "texts"),
    [
        (_without(1), {1: ThreadFault.MISSING}, [2, 3, 4]),
        (_without(2), {2: ThreadFault.MISSING}, [1, 3, 4]),
        (_altered(2), {2: ThreadFault.ALTERED}, [1, 3, 4]),
        (_altered(4), {4: ThreadFault.UNREADABLE}, [1, 2, 3]),
        (_swapped, {2: ThreadFault.REORDERED, 3: ThreadFault.REORDERED}, [1, 4]),
        (_contents_swapped, {2: ThreadFault.REORDERED, 3: ThreadFault.REORDERED}, [1, 4]),
        (_replayed, {5: ThreadFault.REORDERED}, [1, 2, 3, 4]),
    ],
    ids=["first gone", "gone", "altered", "last altered", "swapped", "contents", "replayed"],
)
def test_what_was_done_to_a_thread_shows_on_both_sides(
    reader: ThreadReader, change: Change, faults: dict[int, ThreadFault], texts: list[int]
) -> None:
    thread = reader.read(change(_thread()))

    assert _faults(thread) == faults
    assert [message.text for message in thread.messages] == [f"text {n}" for n in texts]


def test_a_message_cut_from_the_end_is_missed_by_whoever_has_seen_it() -> None:
    rows = _thread()

    thread = _office(seen=seen(rows[3])).read(rows[:2])

    assert _faults(thread) == {3: ThreadFault.MISSING, 4: ThreadFault.MISSING}


def test_a_whole_thread_that_is_gone_is_missed() -> None:
    thread = _reporter(seen=seen(_thread()[0])).read([])

    assert _faults(thread) == {1: ThreadFault.MISSING}


def test_a_last_message_written_anew_is_noticed_by_whoever_has_seen_the_first_one() -> None:
    rows = _thread()
    message = Message(Author.OFFICE, MessageKind.ANSWER, "something else")
    forged = sealed_message(CASE_ID, message, TODAY, seen(rows[2]), CASE.public, MAILBOX.public)

    thread = _reporter(seen=seen(rows[3])).read([*rows[:3], forged])

    assert _faults(thread) == {4: ThreadFault.ALTERED}


def test_a_message_in_the_middle_written_anew_is_noticed_by_everyone() -> None:
    rows = _thread()
    message = Message(Author.OFFICE, MessageKind.ANSWER, "something else")
    forged = sealed_message(CASE_ID, message, TODAY, seen(rows[0]), CASE.public, MAILBOX.public)

    thread = _reporter().read([rows[0], forged, *rows[2:]])

    assert _faults(thread) == {2: ThreadFault.ALTERED}


def test_an_office_that_works_with_another_case_key_is_noticed_by_the_reporter() -> None:
    stranger = CasePrivateKey(Seed(b"3" * 32))
    rows = _thread(1)
    answer = Message(Author.OFFICE, MessageKind.ANSWER, "hello")
    rows.append(
        sealed_message(CASE_ID, answer, TODAY, seen(rows[0]), stranger.public, MAILBOX.public)
    )

    thread = _reporter().read(rows)

    assert _faults(thread) == {2: ThreadFault.WRONG_CASE_KEY}


def test_a_message_of_another_case_does_not_open_here() -> None:
    rows = _thread(1)
    message = Message(Author.OFFICE, MessageKind.ANSWER, "elsewhere")
    foreign = sealed_message(b"d" * 16, message, TODAY, seen(rows[0]), CASE.public, MAILBOX.public)

    thread = _office().read([*rows, _copy(foreign, case_id=CASE_ID)])

    assert _faults(thread) == {2: ThreadFault.UNREADABLE}


def test_a_message_without_a_key_for_this_side_is_unreadable_and_not_a_crash() -> None:
    rows = [_copy(row, mailbox_key=None) for row in _thread(2)]

    thread = _reporter().read(rows)

    assert thread.messages == ()
    assert set(_faults(thread).values()) == {ThreadFault.UNREADABLE}
    assert _office().read(rows).warnings == ()


def test_what_opens_but_is_no_message_is_unreadable() -> None:
    rows = _thread(1)
    other = replace(_office(), key=CASE)
    rows[0] = _copy(rows[0], body=b"\x01" + bytes(40))

    assert other.read(rows).warnings == (ThreadWarning(1, ThreadFault.UNREADABLE),)


def test_nothing_of_a_message_shows_in_a_repr() -> None:
    assert "text 1" not in repr(_office().read(_thread()))
