"""Reading a thread, and noticing what someone did to it.

Both sides read through the same function: the office with the case key, the reporter with the
mailbox key. A message that cannot be believed is left out and named in a warning; the rest of the
thread stays readable. What cannot be noticed: a whole database put back to an earlier day.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from cases.actions.case_keys import CaseKeys
from cases.actions.sealing import message_context
from cases.domain.attachments import Attachment
from cases.domain.contents import Author as Author
from cases.domain.contents import Link, message_from_json
from cases.domain.contents import Message as Content
from cases.domain.contents import MessageKind as MessageKind
from cases.domain.facts import Facts
from cases.domain.flows import Action, State
from cases.domain.sheets import Seen
from cases.errors import FactsMalformed
from cases.models import Message
from crypto.envelope import digest, open_envelope
from crypto.errors import CryptoError
from crypto.keys import CasePrivateKey, MailboxPrivateKey


class ThreadFault(StrEnum):
    """What is wrong at a position of a thread."""

    MISSING = "missing"
    ALTERED = "altered"
    REORDERED = "reordered"
    UNREADABLE = "unreadable"
    WRONG_CASE_KEY = "wrong_case_key"
    UNPROVEN_KEY = "unproven_key"


@dataclass(frozen=True)
class ThreadWarning:
    """A fault and where it is."""

    position: int
    fault: ThreadFault


@dataclass(frozen=True)
class ThreadMessage:
    """A message that can be believed."""

    position: int
    day: date
    author: Author
    kind: MessageKind
    text: str = field(repr=False)
    facts: Facts | None = field(repr=False)
    action: Action | None
    state: State | None
    reference: str | None
    by: str | None
    asks: bool
    # The public key that the case has from this message on.
    new_key: bytes | None = field(default=None, repr=False)
    attachments: tuple[Attachment, ...] = field(default=(), repr=False)
    excluded: tuple[bytes, ...] = field(default=(), repr=False)
    excluded_other: str = field(default="", repr=False)


@dataclass(frozen=True)
class Thread:
    """The messages in order, and what is wrong with the thread, at most once per position."""

    messages: tuple[ThreadMessage, ...]
    warnings: tuple[ThreadWarning, ...]


@dataclass(frozen=True)
class ThreadReader:
    """One side of a thread: its key, the case keys it knows, and what it has seen before."""

    key: CasePrivateKey | MailboxPrivateKey = field(repr=False)
    sealed_key: Callable[[Message], bytes | None]
    case_keys: CaseKeys
    seen: Seen

    def read(self, rows: Sequence[Message]) -> Thread:
        """The thread in these rows, which are in order of position."""
        faults: dict[int, ThreadFault] = {}
        messages = []
        previous: Message | None = None
        keys = self.case_keys
        for row in rows:
            expected = previous.position + 1 if previous else 1
            _note(faults, range(expected, row.position), ThreadFault.MISSING)
            opened = self._open(row, rows, keys)
            if isinstance(opened, ThreadFault):
                faults[row.position] = opened
            else:
                content, link, keys = opened
                self._check_link(link, row.position == expected, previous, faults)
                messages.append(_message(row, content))
            previous = row
        self._check_seen(rows, faults)
        return Thread(
            tuple(messages), tuple(ThreadWarning(*item) for item in sorted(faults.items()))
        )

    def _open(
        self, row: Message, rows: Sequence[Message], keys: CaseKeys
    ) -> tuple[Content, Link, CaseKeys] | ThreadFault:
        """The message, and the keys of the case that its side knows after it."""
        try:
            content, link = message_from_json(self._payload(row, row.id, row.position))
        except (CryptoError, FactsMalformed):
            return self._why_shut(row, rows)
        if link.case_key_id != keys.at(row.position):
            return ThreadFault.WRONG_CASE_KEY
        after = keys.after(row.position, content.new_key) if content.new_key else keys
        return (content, link, after) if after is not None else ThreadFault.UNPROVEN_KEY

    def _why_shut(self, row: Message, rows: Sequence[Message]) -> ThreadFault:
        """A message that opens in another place of the thread was moved here."""
        places = {(row.id, other.position) for other in rows}
        places |= {(other.id, other.position) for other in rows}
        for place in places - {(row.id, row.position)}:
            try:
                self._payload(row, *place)
            except CryptoError:
                continue
            return ThreadFault.REORDERED
        return ThreadFault.UNREADABLE

    def _payload(self, row: Message, message_id: bytes, position: int) -> bytes:
        context = message_context(row.case_id, message_id, position)
        return open_envelope(row.body, self.sealed_key(row) or b"", self.key, context)

    def _check_link(
        self,
        link: Link,
        follows: bool,
        previous: Message | None,
        faults: dict[int, ThreadFault],
    ) -> None:
        if not follows or previous is None:
            return
        moved = faults.get(previous.position) is ThreadFault.REORDERED
        if link.previous != digest(previous.body) and not moved:
            faults[previous.position] = ThreadFault.ALTERED

    def _check_seen(self, rows: Sequence[Message], faults: dict[int, ThreadFault]) -> None:
        """Something cut from the end leaves no gap, but this side has seen it."""
        last = rows[-1].position if rows else 0
        _note(faults, range(last + 1, self.seen.position + 1), ThreadFault.MISSING)
        for row in rows:
            if row.position == self.seen.position and digest(row.body) != self.seen.digest:
                faults.setdefault(row.position, ThreadFault.ALTERED)


def _note(faults: dict[int, ThreadFault], positions: Iterable[int], fault: ThreadFault) -> None:
    for position in positions:
        faults.setdefault(position, fault)


def _message(row: Message, content: Content) -> ThreadMessage:
    return ThreadMessage(
        position=row.position,
        day=row.day,
        author=content.author,
        kind=content.kind,
        text=content.text,
        facts=content.facts,
        action=content.action,
        state=content.state,
        reference=content.reference,
        by=content.by,
        asks=content.asks,
        new_key=content.new_key.public if content.new_key else None,
        attachments=content.attachments,
        excluded=content.excluded,
        excluded_other=content.excluded_other,
    )
