"""The sealed sheet: what the inbox shows of a case, made from the facts.

It holds a few words of the story and the answers that decide the route, so that a list of fifty
cases opens fifty small envelopes and no thread. It also holds the last message that the office
has seen, by position and digest: a message that vanishes from the end of the thread leaves no
gap there, but it no longer fits the sheet.
"""

from dataclasses import dataclass, replace

from cases.domain.case_keys import EarlierKey
from cases.domain.details import PriorityLevel
from cases.domain.facts import (
    ComplaintFacts,
    ContactedFirst,
    Facts,
    IntakeWay,
    InternalChannel,
    InternalReason,
    ReportFacts,
    Reprisals,
)
from cases.domain.flows import Flow
from cases.domain.json_fields import JsonFields, to_json
from cases.errors import FactsMalformed

TITLE_LENGTH = 90  # characters
VERSION = 1


@dataclass(frozen=True)
class Seen:
    """The last message that one side has seen."""

    position: int
    digest: bytes

    def fields(self) -> dict[str, object]:
        """As plain values for JSON."""
        return {"position": self.position, "digest": self.digest}

    @classmethod
    def read(cls, fields: JsonFields) -> "Seen":
        """What `fields` wrote; FactsMalformed otherwise."""
        digest = fields.hex("digest")
        if digest is None:
            raise FactsMalformed
        return cls(fields.number("position"), digest)


NOTHING_SEEN = Seen(0, b"")


@dataclass(frozen=True, repr=False)
class Sheet:
    """The row of a case in the inbox."""

    flow: Flow
    title: str
    authority: str
    authority_other: str
    language: str
    seen: Seen
    anonymous: bool = False
    identity_sealed: bool = False
    internal_channel: InternalChannel | None = None
    internal_reasons: tuple[InternalReason, ...] = ()
    reprisals: Reprisals | None = None
    contacted_first: ContactedFirst | None = None
    # None until somebody of the office set one: the inbox shows what cannot wait.
    priority: PriorityLevel | None = None
    # A question or a letter waits for a second person: the inbox tells whoever that may be.
    awaits_release: bool = False
    # How many steps the history had when staff last took one: its end cannot be cut off unseen.
    steps: int = 0
    # The oldest first: old messages name the key that the case had then.
    earlier_keys: tuple[EarlierKey, ...] = ()
    taken_by: IntakeWay = IntakeWay.PORTAL

    def to_json(self) -> bytes:
        """The sheet as UTF-8 JSON."""
        earlier_keys = [each.fields() for each in self.earlier_keys]
        fields = {"version": VERSION, **vars(self), "earlier_keys": earlier_keys}
        return to_json({**fields, "seen": self.seen.fields()})


def make_sheet(facts: Facts, identity_sealed: bool, seen: Seen) -> Sheet:
    """The sheet of a new case."""
    sheet = Sheet(
        flow=facts.flow,
        title=_title(facts.problem if isinstance(facts, ComplaintFacts) else facts.what),
        authority=facts.authority,
        authority_other=facts.authority_other,
        language=facts.language,
        seen=seen,
        taken_by=facts.taken_by,
    )
    if isinstance(facts, ComplaintFacts):
        return replace(sheet, contacted_first=facts.contacted_first)
    if isinstance(facts, ReportFacts):
        return _with_report(sheet, facts, identity_sealed)
    return sheet


def replace_seen(sheet: Sheet, seen: Seen) -> Sheet:
    """The same sheet with another last message."""
    return replace(sheet, seen=seen)


def sheet_from_json(encoded: bytes) -> Sheet:
    """What `Sheet.to_json` wrote; FactsMalformed otherwise."""
    fields = JsonFields.parse(encoded)
    if fields.number("version") != VERSION:
        raise FactsMalformed
    return Sheet(
        flow=fields.required("flow", Flow),
        title=fields.text("title"),
        authority=fields.text("authority"),
        authority_other=fields.text("authority_other"),
        language=fields.text("language"),
        seen=Seen.read(fields.object("seen")),
        anonymous=fields.flag("anonymous", False),
        identity_sealed=fields.flag("identity_sealed", False),
        internal_channel=fields.choice("internal_channel", InternalChannel),
        internal_reasons=fields.choices("internal_reasons", InternalReason),
        reprisals=fields.choice("reprisals", Reprisals),
        contacted_first=fields.choice("contacted_first", ContactedFirst),
        priority=fields.choice("priority", PriorityLevel),
        awaits_release=fields.flag("awaits_release", False),
        steps=fields.optional_number("steps") or 0,
        earlier_keys=tuple(map(EarlierKey.read, fields.objects("earlier_keys"))),
        taken_by=fields.choice("taken_by", IntakeWay) or IntakeWay.PORTAL,
    )


def _with_report(sheet: Sheet, facts: ReportFacts, identity_sealed: bool) -> Sheet:
    return replace(
        sheet,
        anonymous=facts.anonymous,
        identity_sealed=identity_sealed,
        internal_channel=facts.internal_channel,
        internal_reasons=facts.internal_reasons,
        reprisals=facts.reprisals,
    )


def _title(story: str) -> str:
    line = " ".join(story.split())
    if len(line) <= TITLE_LENGTH:
        return line
    return line[:TITLE_LENGTH].rsplit(" ", 1)[0] + "…"
