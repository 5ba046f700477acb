"""Every file of a case, with where it came from: the thread's messages and the case's steps."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from cases.actions.reading import HistoryEntry, OpenCase
from cases.actions.threads import Thread
from cases.domain.attachments import Attachment
from cases.domain.contents import Author


@dataclass(frozen=True)
class CaseFileEntry:
    """A file and how it came to the case.

    Attributes:
        attachment: the file.
        day: on which it came.
        author: which side of the thread sent it; None where a step of the case brought it.
        by: the member of staff who sent or made it; empty where nobody of the office did.
        message: the position of its message in the thread; None for a step's.
        step: the step that brought it; None for a message's.
    """

    attachment: Attachment = field(repr=False)
    day: date
    author: Author | None
    by: str
    message: int | None
    step: HistoryEntry | None = field(repr=False)


def files_of(case: OpenCase, thread: Thread) -> tuple[CaseFileEntry, ...]:
    """The files of a case: first those of the thread, then those of its steps, in order.

    Args:
        case: as this person sees it.
        thread: of the same case, as the office reads it.
    """
    return (*_of_thread(thread), *_of_steps(case))


def _of_thread(thread: Thread) -> Iterator[CaseFileEntry]:
    for message in thread.messages:
        for each in message.attachments:
            yield CaseFileEntry(
                each, message.day, message.author, message.by or "", message.position, None
            )


def _of_steps(case: OpenCase) -> Iterator[CaseFileEntry]:
    for step in case.history:
        for each in step.attachments:
            yield CaseFileEntry(each, step.day, None, step.actor, None, step)
