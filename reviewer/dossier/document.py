"""The case as people read it: what becomes `dossier.pdf`, in the language of who exports it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from flask_babel import gettext as _

from cases.actions.reading import HistoryEntry
from cases.actions.threads import Author, ThreadMessage
from cases.domain.attachments import Attachment
from cases.domain.day_words import day_in_words
from cases.domain.details import ServiceAnswer
from reviewer.case_texts import Rows, Section
from reviewer.detail_texts import detail_rows
from reviewer.dossier.gathered import Gathered, Term
from reviewer.dossier.members import ArchivedFile
from reviewer.letters.documents import paragraphs_of
from reviewer.letters.pdf import filled
from reviewer.typed_in import kept_away, minutes
from web.labels import text_of
from web.sizes import size_text


class _Attached(Protocol):
    """A message or a step."""

    @property
    def attachments(self) -> tuple[Attachment, ...]: ...


@dataclass(frozen=True, repr=False)
class Passage:
    """A message, a step or a note: who and when, rows of answers, text, and its files by path."""

    heading: str
    rows: Rows
    paragraphs: tuple[str, ...]
    files: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class Document:
    """The parts in their order; every value is text."""

    language: str
    office: str
    title: str
    reference: str
    about: Rows
    facts: list[Section]
    faults: list[str]
    messages: list[Passage]
    history: list[Passage]
    notes: list[Passage]
    terms: Rows
    files: list[Section]


def dossier_page(of: Gathered, language: str) -> str:
    """The document as the page that is laid out as A4, tagged as the letters are."""
    return filled("dossier/dossier.html", language, document=document(of, language))


def document(of: Gathered, language: str) -> Document:
    """What the pages say."""
    paths = {each.entry.attachment.id: each.path for each in of.files}
    reference = of.case.reference or of.case.case_id.hex()
    return Document(
        language=language,
        office=of.office,
        title=_("Case %(reference)s", reference=reference),
        reference=reference,
        about=_about(of, language),
        facts=[*minutes(of.case.facts), *_kept_away(of)],
        faults=[f"{each.position}: {text_of(each.fault)}" for each in of.thread.warnings],
        messages=[_message(each, language, paths) for each in of.thread.messages],
        history=[_step(of, each, language, paths) for each in of.case.history],
        notes=[
            Passage(f"{_moment(each.at, language)} · {each.author}", [], paragraphs_of(each.text))
            for each in of.notes
        ],
        terms=[_term(each, language) for each in of.terms],
        files=[_file(each, language) for each in of.files],
    )


def _kept_away(of: Gathered) -> list[Section]:
    """Whom the person named, where she named anybody."""
    rows = kept_away(of.case.named_at_first, of.case.excluded_other)
    return [Section(_("Who should not see this"), rows)] if rows else []


def _about(of: Gathered, language: str) -> Rows:
    case = of.case
    rows = [
        (_("Kind of case"), str(text_of(case.flow))),
        (_("State"), str(text_of(case.state))),
        (_("Received on"), day_in_words(case.received_on, language)),
        (_("Handled by"), of.handler),
        (_("Exported by"), of.exported_by),
        (_("Exported on"), _moment(of.exported_at, language)),
    ]
    if case.identity_sealed:
        rows.append((_("Who reported this"), _("Given in confidence, and not in this file.")))
    return _answered(rows)


def _message(message: ThreadMessage, language: str, paths: dict[bytes, str]) -> Passage:
    from_office = message.author is Author.OFFICE
    who = (message.by if from_office else None) or str(text_of(message.author))
    kind, day = text_of(message.kind), day_in_words(message.day, language)
    said = _("What was sent in first stands above.") if message.facts else message.text
    return Passage(
        f"{message.position}. {day} · {who} · {kind}",
        [],
        paragraphs_of(said),
        _paths(message, paths),
    )


def _step(of: Gathered, step: HistoryEntry, language: str, paths: dict[bytes, str]) -> Passage:
    when = _moment(step.at, language) if step.at else day_in_words(step.day, language)
    heading = [f"{step.position}. {when}", str(text_of(step.action)), step.actor]
    rows = [
        (_("State"), str(text_of(step.to_state))),
        (_("With whom"), step.with_whom),
        (_("Reason"), step.reason),
        *detail_rows(step.details),
        (_("Answer through the link"), _answer_through_link(of, step)),
        (_notice_name(of, step), step.notice),
    ]
    return Passage(" · ".join(filter(None, heading)), _answered(rows), (), _paths(step, paths))


def _answer_through_link(of: Gathered, step: HistoryEntry) -> str:
    # Such an answer lies in the consultation, not in the step that records it.
    if not isinstance(step.details, ServiceAnswer) or step.details.text:
        return ""
    found = of.answers.get(step.details.id)
    return (found.text or "") if found else ""


def _notice_name(of: Gathered, step: HistoryEntry) -> str:
    if of.case.file.notice_waits(step.position):
        return _("Letter to the public service, not sent yet")
    return _("What the public service was told")


def _term(term: Term, language: str) -> tuple[str, str]:
    days = [
        (_("started on %(day)s"), term.started_on),
        (_("due on %(day)s"), term.due_on),
        (_("extended on %(day)s"), term.extended_on),
        (_("stands still since %(day)s"), term.suspended_on),
        (_("ended on %(day)s"), term.stopped_on),
    ]
    said = [text % {"day": day_in_words(day, language)} for text, day in days if day]
    return str(text_of(term.kind)), ", ".join(said)


def _file(file: ArchivedFile, language: str) -> Section:
    entry, attachment = file.entry, file.entry.attachment
    who = entry.by or str(text_of(entry.author or Author.OFFICE))
    rows = [
        (_("Name"), attachment.path),
        (_("Size"), f"{size_text(attachment.size)} ({attachment.size})"),
        (_("Came on"), f"{day_in_words(entry.day, language)} · {who}"),
        (_("Copy without hidden data"), _("Yes") if attachment.cleaned else ""),
        ("SHA-256", attachment.sha256.hex()),
    ]
    return Section(file.path, _answered(rows))


def _paths(of: _Attached, paths: dict[bytes, str]) -> tuple[str, ...]:
    return tuple(paths[each.id] for each in of.attachments)


def _answered(rows: Iterable[tuple[str, str]]) -> Rows:
    return [row for row in rows if row[1]]


def _moment(at: datetime, language: str) -> str:
    return f"{day_in_words(at.date(), language)}, {at:%H:%M}"
