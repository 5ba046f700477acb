"""The files of a case as lists show them: with a page each, and marked where a virus was found."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from cases.actions.case_files import CaseFileEntry, files_of
from cases.actions.reading import HistoryEntry, OpenCase
from cases.actions.threads import Thread
from cases.domain.attachments import Attachment
from cases.domain.details import FileScan, ScanVerdict
from web.labels import text_of


@dataclass(frozen=True, repr=False)
class ListedFiles:
    """What the lists of one case know.

    Attributes:
        case_id: in hexadecimal.
        entries: every file of the case with where it came from.
        infected: the ids of those in which the newest scan found a virus.
    """

    case_id: str
    entries: tuple[CaseFileEntry, ...]
    infected: frozenset[bytes]

    def address(self, file: Attachment) -> str:
        """The page of a file."""
        return url_for("files.page", case_id=self.case_id, file_id=file.object_name)

    def is_infected(self, file: Attachment) -> bool:
        """Whether the newest scan of a file found a virus."""
        return file.id in self.infected

    def sender(self, entry: CaseFileEntry) -> str:
        """Who sent or made a file."""
        return sender_of(entry)

    def scanned_in(self, step: HistoryEntry) -> Attachment | None:
        """The file that a step of the history scanned; None for any other step."""
        scan = step.details
        if not isinstance(scan, FileScan):
            return None
        files = (entry.attachment for entry in self.entries)
        return next((file for file in files if file.id == scan.file_id), None)


def listed_files(case: OpenCase, thread: Thread) -> ListedFiles:
    """The files of a case as this person sees it; `thread` is of the same case."""
    newest = {scan.file_id: scan.verdict for _, scan in scans_of(case)}
    infected = (each for each, verdict in newest.items() if verdict is ScanVerdict.INFECTED)
    return ListedFiles(case.case_id.hex(), files_of(case, thread), frozenset(infected))


def scans_of(case: OpenCase) -> Iterator[tuple[HistoryEntry, FileScan]]:
    """Every scan of a file of the case, the oldest first, with its step."""
    for step in case.history:
        if isinstance(step.details, FileScan):
            yield step, step.details


def sender_of(entry: CaseFileEntry) -> str:
    """Who sent or made a file: a name of the office, the person, or what brought it."""
    if entry.by:
        return entry.by
    if entry.author is not None:
        return str(text_of(entry.author))
    return str(text_of(entry.step.action)) if entry.step is not None else ""
