"""What is inside the envelopes of a case: messages, notes, steps, the mailbox's own record.

Who wrote a message is said inside its envelope, and can be believed there. A message is sealed to
two public keys that no table shows: the mailbox key travels in the first envelope of the case,
the case key in the reporter's own record. So only the office can write something that the
reporter's key opens, and only the reporter something that the case's key opens; whoever merely
writes to the database can do neither.

Every message also holds its position and the digest of the message before it, so that a thread
cannot be cut, replayed or reordered without showing it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cases.domain.attachments import Attachment
from cases.domain.case_keys import KeyAnnouncement
from cases.domain.details import Details
from cases.domain.details_json import details_fields, details_from
from cases.domain.facts import Facts
from cases.domain.facts_json import facts_fields, facts_from
from cases.domain.flows import Action, Flow, State
from cases.domain.json_fields import JsonFields, to_json
from cases.domain.sheets import Seen
from cases.errors import FactsMalformed

VERSION = 1


class Author(StrEnum):
    """Which side wrote a message."""

    REPORTER = "reporter"
    OFFICE = "office"


class MessageKind(StrEnum):
    """What a message is: the form itself, what follows from the reporter, what the office says."""

    SUBMISSION = "submission"
    REPLY = "reply"
    QUESTION = "question"
    ANSWER = "answer"
    DECISION = "decision"
    # The case has another key from now on.
    CASE_KEY = "case_key"


REPORTER_KINDS = frozenset({MessageKind.REPLY, MessageKind.QUESTION})


class FileWork(StrEnum):
    """A step that concerns one file of the case, and neither its state nor who holds it."""

    SCAN = "file_scan"
    CLEANED_COPY = "file_cleaned_copy"


class IdentityWork(StrEnum):
    """A step that concerns the name which the reporter gave in confidence."""

    ASK = "identity_ask"
    WITHDRAW = "identity_withdraw"
    READ = "identity_read"


class Assignment(StrEnum):
    """A step that changes who holds a case, or by which key, and not its state."""

    TAKE = "take"
    SHARE = "share"
    NEW_KEY = "new_key"
    GIVE_BACK = "give_back"
    HAND_OVER = "hand_over"
    # Somebody must not read the case any more, and loses the key of it.
    EXCLUDE = "exclude"


StepKind = Action | Assignment | FileWork | IdentityWork


@dataclass(frozen=True, repr=False)
class Message:
    """A message as its author writes it.

    `facts`, `mailbox_public` and who is excluded are in the submission only; `action`, `state` and
    `reference` in a decision only; `by` is the name of the member of staff who wrote it.
    """

    author: Author
    kind: MessageKind
    text: str = ""
    facts: Facts | None = None
    mailbox_public: bytes | None = None
    new_key: KeyAnnouncement | None = None
    action: Action | None = None
    state: State | None = None
    reference: str | None = None
    by: str | None = None
    # The office asks for an answer with it.
    asks: bool = False
    attachments: tuple[Attachment, ...] = ()
    # Ids of people of the office who must not read the case, and whom the reporter meant besides.
    excluded: tuple[bytes, ...] = ()
    excluded_other: str = ""


@dataclass(frozen=True)
class Link:
    """Where a message stands: its position, what it follows, and the case key its author knows."""

    position: int
    previous: bytes | None
    case_key_id: bytes


def message_to_json(message: Message, link: Link) -> bytes:
    """The payload of a message's envelope."""
    return to_json(
        {
            "version": VERSION,
            **vars(message),
            **vars(link),
            "facts": facts_fields(message.facts) if message.facts else None,
            "new_key": message.new_key.fields() if message.new_key else None,
            "attachments": [each.fields() for each in message.attachments],
        }
    )


def message_from_json(payload: bytes) -> tuple[Message, Link]:
    """What `message_to_json` wrote; FactsMalformed otherwise."""
    fields = JsonFields.parse(payload)
    author, kind = fields.choice("author", Author), fields.choice("kind", MessageKind)
    case_key_id = fields.hex("case_key_id")
    if fields.number("version") != VERSION or not author or not kind or case_key_id is None:
        raise FactsMalformed
    message = Message(
        author=author,
        kind=kind,
        text=fields.text("text"),
        facts=facts_from(fields.object("facts")) if fields.has("facts") else None,
        mailbox_public=fields.hex("mailbox_public"),
        new_key=KeyAnnouncement.read(fields.object("new_key")) if fields.has("new_key") else None,
        action=fields.choice("action", Action),
        state=fields.choice("state", State),
        reference=fields.optional_text("reference"),
        by=fields.optional_text("by"),
        asks=fields.flag("asks", False),
        attachments=tuple(map(Attachment.read, fields.objects("attachments"))),
        excluded=fields.hexes("excluded"),
        excluded_other=fields.optional_text("excluded_other") or "",
    )
    return message, Link(fields.number("position"), fields.hex("previous"), case_key_id)


@dataclass(frozen=True, repr=False)
class Note:
    """An internal note."""

    at: datetime
    author: str
    text: str

    def to_json(self) -> bytes:
        """The payload of the note's envelope."""
        return to_json({"version": VERSION, **vars(self)})

    @classmethod
    def from_json(cls, payload: bytes) -> "Note":
        """What `to_json` wrote; FactsMalformed otherwise."""
        fields = JsonFields.parse(payload)
        return cls(fields.moment("at"), fields.text("author"), fields.text("text"))


@dataclass(frozen=True, repr=False)
class Step:
    """One step of a case: who did what and why, and when exactly.

    `at` is None, and the actor empty, where the person or a public service acted: of them only
    the day is known.
    """

    at: datetime | None
    actor: str
    actor_id: bytes
    action: StepKind
    reason: str = ""
    with_whom: str = ""
    # The person's id, where a name alone could mean somebody else one day.
    with_whom_id: bytes = b""
    # What the public service (or the employer) is told with it.
    notice: str = ""
    # Where the message to the person stands in the thread; None where none was sent.
    message_position: int | None = None
    details: Details | None = None
    attachments: tuple[Attachment, ...] = ()

    def to_json(self) -> bytes:
        """The payload of the step's envelope."""
        details = details_fields(self.details) if self.details else None
        attachments = [each.fields() for each in self.attachments]
        fields = {"version": VERSION, **vars(self), "details": details}
        return to_json({**fields, "attachments": attachments})

    @classmethod
    def from_json(cls, payload: bytes) -> "Step":
        """What `to_json` wrote; FactsMalformed otherwise."""
        fields = JsonFields.parse(payload)
        actor_id = fields.hex("actor_id")
        if actor_id is None:
            raise FactsMalformed
        return cls(
            at=fields.moment("at") if fields.has("at") else None,
            actor=fields.text("actor"),
            actor_id=actor_id,
            action=_step_kind(fields),
            reason=fields.text("reason"),
            with_whom=fields.text("with_whom"),
            with_whom_id=fields.hex("with_whom_id") or b"",
            notice=fields.text("notice"),
            message_position=fields.optional_number("message_position"),
            details=details_from(fields.object("details")) if fields.has("details") else None,
            attachments=tuple(map(Attachment.read, fields.objects("attachments"))),
        )


def _step_kind(fields: JsonFields) -> StepKind:
    name = fields.text("action")
    kinds: tuple[type[Assignment | FileWork | IdentityWork], ...]
    kinds = (Assignment, FileWork, IdentityWork)
    for kind in kinds:
        if name in frozenset(kind):
            return kind(name)
    return fields.required("action", Action)


@dataclass(frozen=True, repr=False)
class MailboxRecord:
    """What the reporter's mailbox remembers for her, sealed to her own key.

    It names the case key that she seals to, so that no key from a table is believed, and the last
    message that she had seen when she last wrote.
    """

    case_id: bytes
    case_public: bytes
    flow: Flow
    language: str
    seen: Seen

    def to_json(self) -> bytes:
        """The payload of the record's envelope."""
        return to_json({"version": VERSION, **vars(self), "seen": self.seen.fields()})

    @classmethod
    def from_json(cls, payload: bytes) -> "MailboxRecord":
        """What `to_json` wrote; FactsMalformed otherwise."""
        fields = JsonFields.parse(payload)
        case_id, case_public = fields.hex("case_id"), fields.hex("case_public")
        if case_id is None or case_public is None:
            raise FactsMalformed
        return cls(
            case_id=case_id,
            case_public=case_public,
            flow=fields.required("flow", Flow),
            language=fields.text("language"),
            seen=Seen.read(fields.object("seen")),
        )
