"""A copy of a case's file without its hidden data, made while the request lasts.

It is pending, as a file that arrives, until the view's transaction keeps it. What that does not
keep is removed when the request ends; what a killed process leaves is swept later.
"""

from collections.abc import Callable
from dataclasses import replace

from flask import Flask, g
from flask_babel import pgettext

from cases.domain.attachments import NAME_SIZE, Attachment
from inspection.client import Bounds, Inspector
from inspection.findings import Failure
from web.cleaning import cleaned
from web.file_parts import SealedPart
from web.pending_files import PendingFiles, at_the_end
from web.services import services

# Left for the mark that a cleaned copy has in its name.
_MARK_SIZE = 40


def cleaned_copy(original: Attachment) -> Attachment | Failure:
    """A pending copy, or why there can be none. The original stays as it is.

    To be called before the view's session is used: the copy is noted in a transaction of its own,
    and looking into a file takes seconds in which nobody else should wait.

    Raises:
        OpeningFailed, EvidenceUnusable: it cannot be read from the store, or written to it.
    """
    here = services()
    g.cleaned_copies = pending = PendingFiles(here, _at_once)
    with Inspector(Bounds(size=here.settings.limits.inspected)) as inspector:
        made = cleaned(original, here.evidence, inspector, lambda: _begun(pending, original))
    if isinstance(made.cleaning, Failure):
        return made.cleaning
    return replace(made.attachment, made_from=original.id)


def copied_name(original: Attachment) -> str:
    """Its name and folder, with a mark before the extension."""
    stem, dot, extension = original.name.rpartition(".")
    if not dot:
        stem, extension = original.name, ""
    name = pgettext("name of a file", "%(name)s (cleaned)", name=stem[: NAME_SIZE - _MARK_SIZE])
    folder = f"{original.folder}/" if original.folder else ""
    return f"{folder}{name}{dot}{extension}"


def configure(app: Flask) -> None:
    """Forget the copies that nobody kept, at the end of each request."""

    @app.teardown_request
    def clear(failure: BaseException | None) -> None:
        pending = g.pop("cleaned_copies", None)
        if isinstance(pending, PendingFiles):
            at_the_end(pending.discard)


def _begun(pending: PendingFiles, original: Attachment) -> SealedPart:
    part = pending.new(copied_name(original), original.media_type)
    pending.begin(part)
    return part


def _at_once(work: Callable[[], None]) -> None:
    work()
