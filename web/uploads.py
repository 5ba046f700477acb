"""Files of a request: kept with what they belong to, or not at all.

A view that declares `uploads=True` takes files; anywhere else a file is refused. Who may call the
view was judged before the first byte is read. A file that cannot be taken is thrown away while it
arrives, so that the words typed beside it are read all the same and shown again. What neither a
transaction nor the page that is shown again keeps is removed when the request ends; what a killed
process leaves is swept later.
"""

from datetime import datetime
from threading import BoundedSemaphore
from typing import Protocol, runtime_checkable

from flask import Flask, g, request
from werkzeug.exceptions import BadRequest

from cases.domain.attachments import Attachment
from web.access import current_access
from web.arriving import Arriving, FilesTooLarge
from web.file_parts import FilePart
from web.held import HeldFile
from web.kdf_gate import Busy
from web.pending_files import at_the_end
from web.services import services

FORM_WITH_FILES = "multipart/form-data"
# The button that adds files and sends nothing yet.
ATTACH = "attach"

# Each holds a thread for as long as the slowest line takes; the other threads serve pages. A few
# large ones must not keep out the many small ones.
LARGE = 8 * 1024 * 1024
AT_ONCE = 8
TURN_SECONDS = 10.0


class NoPlaceForFiles(Busy):
    """Too many files arrive at this moment; these were thrown away, and can be sent again."""


class FilesRefused(BadRequest):
    """A file came with a form that takes none."""


@runtime_checkable
class Connection(Protocol):
    """The visitor's connection, as web/visitor_socket.py bounds it."""

    def take_time(self) -> None:
        """Let this request last for as long as its bytes keep coming."""


def expected() -> bool:
    """Whether this request brings a form to a view that takes files."""
    return request.mimetype == FORM_WITH_FILES and _taken_here()


def _taken_here() -> bool:
    access = current_access()
    return access is not None and access.uploads


def file_part(name: str, media_type: str) -> FilePart:
    """Where a file of this request goes. Raises FilesRefused where it may not come at all."""
    arriving = _arriving()
    if arriving is not None:
        return arriving.open(name, media_type)
    if expected():
        # Whoever sends it may not, and gets the typed words back.
        return FilePart()
    raise FilesRefused


def attached() -> tuple[Attachment, ...]:
    """The files of this form; the view has them kept in its own transaction."""
    arriving = _arriving()
    return arriving.attachments() if arriving is not None else ()


def only_attaching() -> bool:
    """Whether the form is to be shown again with its files, and not to be sent yet.

    So it is where the person only adds files, and where hidden data could not be taken out of one
    as she wished: she decides about that file first.
    """
    arriving = _arriving()
    return ATTACH in request.form or (arriving is not None and arriving.uncleaned)


def held_up() -> bool:
    """Whether the form was to be sent, and is shown again for the sake of its files alone."""
    return only_attaching() and ATTACH not in request.form


def handed_back() -> tuple[HeldFile, ...]:
    """The files of this form for the page that is shown again, and carries them from now on."""
    arriving = _arriving()
    return arriving.hand_back() if arriving is not None else ()


def forget_lost() -> None:
    """Leave out what the page carries and nobody can keep any more: it waited for too long."""
    arriving = _arriving()
    if arriving is not None:
        arriving.forget_lost()


def no_files() -> tuple[Attachment, ...]:
    """For a step of such a view that takes none after all. Raises FilesRefused."""
    if files_came():
        raise FilesRefused
    return ()


def files_came() -> bool:
    """Whether this form brought files that could be taken; an error's page says they are lost."""
    arriving = _arriving()
    return arriving is not None and arriving.came


def arrived_at() -> datetime:
    """When this request began: who was signed in then may finish what took hours to send."""
    began = g.get("arrived_at")
    return began if isinstance(began, datetime) else services().now()


def configure(app: Flask) -> None:
    """Take the files of each request that may bring some, and forget those that nobody kept."""
    large, small = BoundedSemaphore(AT_ONCE), BoundedSemaphore(AT_ONCE)

    @app.before_request
    def receive() -> None:
        if request.method != "POST" or not _taken_here():
            return
        g.arrived_at = services().now()
        g.arriving = arriving = Arriving(services())
        if expected():
            _take_turn(large if (request.content_length or 0) > LARGE else small, arriving)
        request.form  # noqa: B018 - read now, files and all
        arriving.complete()
        arriving.attachments()

    @app.teardown_request
    def clear(failure: BaseException | None) -> None:
        turn, arriving = g.pop("upload_turn", None), g.pop("arriving", None)
        if isinstance(arriving, Arriving):
            at_the_end(arriving.discard)
        if turn is not None:
            turn.release()


def _take_turn(turns: BoundedSemaphore, arriving: Arriving) -> None:
    if not turns.acquire(timeout=TURN_SECONDS):
        arriving.failure = NoPlaceForFiles()
        return
    g.upload_turn = turns
    limits = services().settings.limits
    connection = request.environ.get("gunicorn.socket")
    if (request.content_length or 0) > limits.files + limits.text_with_files:
        arriving.failure = FilesTooLarge()
    elif isinstance(connection, Connection):
        connection.take_time()


def _arriving() -> Arriving | None:
    found = g.get("arriving")
    return found if isinstance(found, Arriving) else None
