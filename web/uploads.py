"""The files of a request: kept with what they belong to, or not at all.

A view that declares `uploads=True` takes files; anywhere else a file is refused. Who may call the
view was judged before the first byte is read. A file that cannot be taken is thrown away while it
arrives, so that the words typed beside it are read all the same and shown again. Whatever no
transaction kept is removed when the request ends; what a killed process leaves is swept later.
"""

import secrets
from collections.abc import Callable
from threading import BoundedSemaphore
from typing import Protocol, runtime_checkable

from flask import Flask, g, request
from werkzeug.exceptions import BadRequest

from cases.actions import evidence
from cases.domain.attachments import Attachment
from cases.errors import EvidenceUnusable
from web import logs
from web.access import current_access
from web.database import OperationalError
from web.file_parts import FilePart, SealedPart
from web.kdf_gate import Busy
from web.services import Services, services

ID_BYTES = 16
# Each holds a thread for as long as the slowest line takes; the other threads serve pages.
UPLOADS_AT_ONCE = 8
TURN_SECONDS = 10.0
FORM_WITH_FILES = "multipart/form-data"

# What ends the taking of files and not the reading of the form.
_FAILURES = (EvidenceUnusable, OperationalError)


class FilesRefused(BadRequest):
    """A file came with a form that takes none."""


class FilesTooLarge(Exception):
    """One file, all of them together, or their number is over the limit."""


@runtime_checkable
class Connection(Protocol):
    """The visitor's connection, as web/serving.py bounds it."""

    def take_time(self) -> None:
        """Let this request last for as long as its bytes keep coming."""


class Receiving:
    """The files of one request.

    Attributes:
        failure: why none of them can be taken; None as long as they can.
    """

    def __init__(self, here: Services) -> None:
        self.failure: Exception | None = None
        self._here = here
        self._limits = here.settings.limits
        self._parts: list[SealedPart] = []

    def open(self, name: str, media_type: str) -> FilePart:
        """Where the next file goes. A field in which no file was chosen has no name."""
        if not name or self.failure is not None:
            return FilePart()
        id, store = secrets.token_bytes(ID_BYTES), self._here.evidence
        part = SealedPart(id, name, media_type, store, self._attempt)
        self._parts.append(part)
        self._attempt(lambda: self._begin(part))
        return part

    def attachments(self) -> tuple[Attachment, ...]:
        """The files, in the order of the form. Raises what went wrong with any of them."""
        if self.failure is not None:
            raise self.failure
        whole = [part.attachment for part in self._parts if part.attachment is not None]
        if len(whole) < len(self._parts):
            raise BadRequest
        return tuple(whole)

    @property
    def came(self) -> bool:
        """Whether there are files, and nothing is wrong with them."""
        return bool(self._parts) and self.failure is None

    def discard(self) -> None:
        """Remove what no transaction kept."""
        for part in self._parts:
            part.give_up()
        if self._parts:
            with self._here.database.writing() as session:
                evidence.discard(session, self._here.evidence, [part.id for part in self._parts])

    def _begin(self, part: SealedPart) -> None:
        # Noted in a transaction of its own before the first byte: a killed process leaves no
        # object that nobody knows.
        with self._here.database.writing() as session:
            evidence.begin(session, part.id, self._here.today())
        part.begin()

    def _attempt(self, work: Callable[[], None]) -> None:
        if self.failure is None:
            try:
                self._check_sizes()
                work()
            except (FilesTooLarge, *_FAILURES) as failure:
                self.failure = failure

    def _check_sizes(self) -> None:
        sizes, limits = [part.taken for part in self._parts], self._limits
        if max(sizes) > limits.file or sum(sizes) > limits.files or len(sizes) > limits.file_count:
            raise FilesTooLarge


def expected() -> bool:
    """Whether this request brings a form to a view that takes files."""
    if request.mimetype != FORM_WITH_FILES:
        return False
    access = current_access()
    return access is not None and access.uploads


def file_part(name: str, media_type: str) -> FilePart:
    """Where a file of this request goes. Raises FilesRefused where it may not come at all."""
    receiving = g.get("receiving")
    if isinstance(receiving, Receiving):
        return receiving.open(name, media_type)
    if expected():
        # Whoever sends it may not, and gets the typed words back.
        return FilePart()
    raise FilesRefused


def attached() -> tuple[Attachment, ...]:
    """The files that came with this form; the view has them kept in its own transaction."""
    receiving = g.get("receiving")
    return receiving.attachments() if isinstance(receiving, Receiving) else ()


def no_files() -> tuple[Attachment, ...]:
    """For a step of such a view that takes none after all. Raises FilesRefused."""
    if files_came():
        raise FilesRefused
    return ()


def files_came() -> bool:
    """Whether this form brought files that could be taken; an error's page says they are lost."""
    receiving = g.get("receiving")
    return isinstance(receiving, Receiving) and receiving.came


def configure(app: Flask) -> None:
    """Take the files of each request that may bring some, and forget those that nobody kept."""
    turns = BoundedSemaphore(UPLOADS_AT_ONCE)

    @app.before_request
    def receive() -> None:
        if not expected():
            return
        g.receiving = receiving = Receiving(services())
        if not turns.acquire(timeout=TURN_SECONDS):
            receiving.failure = Busy()
        else:
            g.has_upload_turn = True
            _look_at_the_length(receiving)
        request.form  # noqa: B018 - read now, files and all
        receiving.attachments()

    @app.teardown_request
    def clear(failure: BaseException | None) -> None:
        if g.pop("has_upload_turn", False):
            turns.release()
        receiving = g.pop("receiving", None)
        if isinstance(receiving, Receiving):
            _discard(receiving)


def _look_at_the_length(receiving: Receiving) -> None:
    limits = services().settings.limits
    connection = request.environ.get("gunicorn.socket")
    if (request.content_length or 0) > limits.files + limits.text_with_files:
        receiving.failure = FilesTooLarge()
    elif isinstance(connection, Connection):
        connection.take_time()


def _discard(receiving: Receiving) -> None:
    try:
        receiving.discard()
    except _FAILURES as failure:
        # The sweeper finds it: the page that says what went wrong matters more now.
        logs.record_failure(request.endpoint, (type(failure), failure, failure.__traceback__))
