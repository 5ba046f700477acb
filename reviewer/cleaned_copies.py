"""A copy of a case's file without its hidden data, made while the request lasts.

It is pending, as a file that arrives, until the view's transaction keeps it. What that does not
keep is removed when the request ends; what a killed process leaves is swept later.
"""

import secrets
from collections.abc import Callable
from dataclasses import replace

from flask import Flask, g, request
from flask_babel import pgettext

from cases.actions import evidence
from cases.domain.attachments import NAME_SIZE, Attachment
from inspection.client import Bounds, Inspector
from inspection.findings import Failure
from web import logs
from web.arriving import FAILURES, ID_BYTES
from web.cleaning import cleaned
from web.file_parts import SealedPart
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
    with Inspector(Bounds(size=here.settings.limits.inspected)) as inspector:
        made = cleaned(original, here.evidence, inspector, lambda: _begun(original))
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
        begun: list[SealedPart] = g.pop("cleaned_copies", [])
        if begun:
            try:
                _discard(begun)
            except FAILURES as why:
                # The sweep finds it: the page that says what went wrong matters more now.
                logs.record_failure(request.endpoint, (type(why), why, why.__traceback__))


def _begun(original: Attachment) -> SealedPart:
    here, id = services(), secrets.token_bytes(ID_BYTES)
    part = SealedPart(id, copied_name(original), original.media_type, here.evidence, _at_once)
    g.setdefault("cleaned_copies", []).append(part)
    with here.database.writing() as session:
        evidence.begin(session, part.id, here.today())
    part.begin()
    return part


def _at_once(work: Callable[[], None]) -> None:
    work()


def _discard(begun: list[SealedPart]) -> None:
    here = services()
    for part in begun:
        part.give_up()
    with here.database.writing() as session:
        evidence.discard(session, here.evidence, [part.id for part in begun])
