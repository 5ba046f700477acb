"""Looking into a file that a stranger sent: always in a locked process, and only up to a size."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from cases.actions.evidence import stored_pieces
from cases.domain.attachments import Attachment
from inspection.client import Bounds, Inspector
from inspection.findings import Failure, InspectionFailed, Look, Page
from web.services import services

Found = TypeVar("Found")


def look_into(file: Attachment) -> Look | Failure:
    """What a file is and what it carries unseen.

    Raises:
        OpeningFailed, EvidenceUnusable: it cannot be read from the store.
    """
    return _inspected(lambda inspector: _look(inspector, file))


def page_of(file: Attachment, number: int) -> tuple[Look, Page | Failure] | Failure:
    """What a file is, and one of its pages, counted from 1. Raises as `look_into`."""

    def both(inspector: Inspector) -> tuple[Look, Page | Failure]:
        look = _look(inspector, file)
        try:
            return look, _page(inspector, file, number)
        except InspectionFailed as failed:
            return look, failed.failure

    return _inspected(both)


def only_page_of(file: Attachment, number: int) -> Page | Failure:
    """One page, counted from 1. Raises as `look_into`."""
    return _inspected(lambda inspector: _page(inspector, file, number))


def _inspected(work: Callable[[Inspector], Found]) -> Found | Failure:
    with Inspector(Bounds(size=services().settings.limits.inspected)) as inspector:
        try:
            return work(inspector)
        except InspectionFailed as failed:
            return failed.failure


def _look(inspector: Inspector, file: Attachment) -> Look:
    return inspector.look(_content(file), file.size, file.name)


def _page(inspector: Inspector, file: Attachment, number: int) -> Page:
    return inspector.page(_content(file), file.size, file.name, number - 1)


def _content(file: Attachment) -> Iterator[bytes]:
    return stored_pieces(services().evidence, file)
