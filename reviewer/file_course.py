"""The way of one file through a case: how it came, what it was made from, who scanned it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from cases.actions.case_files import CaseFileEntry
from cases.actions.reading import OpenCase
from cases.domain.attachments import Attachment
from reviewer.listed_files import ListedFiles, scans_of, sender_of
from web.labels import text_of


@dataclass(frozen=True, repr=False)
class Event:
    """One thing that happened to a file.

    Attributes:
        day: when.
        what: in words.
        who: by whom; empty where it is not known.
        file: another file that it is about.
    """

    day: date
    what: str
    who: str
    file: Attachment | None = None


def course_of(entry: CaseFileEntry, case: OpenCase, files: ListedFiles) -> list[Event]:
    """What happened to a file, the oldest first."""
    events = [*_came(entry, files), *_copies(entry.attachment, files), *_scans(entry, case)]
    return sorted(events, key=lambda each: each.day)


def _came(entry: CaseFileEntry, files: ListedFiles) -> Iterator[Event]:
    file = entry.attachment
    if file.made_from is not None:
        made = _("Made as a copy without the hidden data of:")
        original = next((one for one in _all(files) if one.id == file.made_from), None)
        yield Event(entry.day, made, sender_of(entry), original)
        return
    if entry.message is not None:
        with_what = _("Came with message %(position)s", position=entry.message)
    else:
        step = text_of(entry.step.action) if entry.step is not None else ""
        with_what = _("Came with the step “%(step)s”", step=step)
    yield Event(entry.day, with_what, sender_of(entry))
    if file.cleaned:
        yield Event(entry.day, _("Hidden data was taken out before it was sent"), "")


def _copies(file: Attachment, files: ListedFiles) -> Iterator[Event]:
    for each in files.entries:
        if each.attachment.made_from == file.id:
            made = _("A copy without hidden data was made:")
            yield Event(each.day, made, sender_of(each), each.attachment)


def _scans(entry: CaseFileEntry, case: OpenCase) -> Iterator[Event]:
    for step, scan in scans_of(case):
        if scan.file_id == entry.attachment.id:
            said = filter(None, (str(text_of(scan.verdict)), scan.signature, scan.engine))
            what = _("Scanned for viruses: %(result)s", result=" · ".join(said))
            yield Event(step.day, what, step.actor)


def _all(files: ListedFiles) -> Iterator[Attachment]:
    return (each.attachment for each in files.entries)
