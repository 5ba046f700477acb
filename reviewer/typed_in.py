"""What the pages of a typed-in case show: its form, its answers as minutes, who typed it."""

from collections.abc import Iterable

from flask_babel import gettext as _

from cases.actions.intake import Submission
from cases.actions.reading import OpenCase
from cases.actions.threads import MessageKind, Thread
from cases.domain.attachments import Attachment
from cases.domain.facts import Facts, IntakeWay
from cases.queries.cases import held_case
from cases.queries.staff import names_of_everyone
from cases.queries.trail import typist
from reviewer.case_texts import Section, fact_sections, internal_channel
from reviewer.session import signed_in
from web.database import db
from web.offering import offer


def minutes(facts: Facts) -> list[Section]:
    """Every answer that was given, to be read by the person it came from."""
    first, *others = fact_sections(facts)
    sections = [first, *_internal(facts), *others]
    answered = [Section(each.title, [row for row in each.rows if row[1]]) for each in sections]
    return [each for each in answered if each.rows]


def _internal(facts: Facts) -> list[Section]:
    found = internal_channel(facts)
    if found is None:
        return []
    title = _("The internal channel")
    rows = [(_("Was it used?"), found.answer), (_("Reasons given"), "\n".join(found.reasons))]
    return [Section(title, [*rows, *found.rows])]


def sent_first(thread: Thread) -> tuple[Attachment, ...]:
    """The files that came with the case itself."""
    return tuple(
        file
        for message in thread.messages
        if message.kind is MessageKind.SUBMISSION
        for file in message.attachments
    )


def kept_away(excluded: Iterable[bytes], other: str) -> list[tuple[str, str]]:
    """Who must not read it, by the names on the roster, and whom the person meant besides."""
    names = "\n".join(offer().people_called(excluded))
    found = [(_("People of the office who cannot open it"), names)]
    return [row for row in (*found, (_("Who else should not see it"), other)) if row[1]]


def as_text(submission: Submission) -> str:
    """All that was sent as plain text, to be copied."""
    rows = [row for section in minutes(submission.facts) for row in section.rows]
    rows += kept_away(submission.excluded, submission.excluded_other)
    return "\n\n".join(f"{term}\n{value}" for term, value in rows)


def typed_by(case: OpenCase) -> str:
    """The name of who typed the case in; empty where it came through the portal."""
    if case.facts.taken_by is IntakeWay.PORTAL:
        return ""
    who = typist(db(), case.case_id)
    return names_of_everyone(db()).get(who or b"", "")


def can_open(case_id: bytes) -> bool:
    """Whether the person who typed a case in can also open it: the intake pool holds it."""
    return held_case(db(), case_id, signed_in().keys.holder) is not None
