"""A file handed out as it was sent: opened piece by piece, never shown inside a page of ours."""

import errno
from collections.abc import Iterator
from itertools import chain
from urllib.parse import quote

from flask import Response, request
from werkzeug.datastructures import ContentRange
from werkzeug.http import parse_range_header

from cases.actions.evidence import stored_pieces
from cases.domain.attachments import Attachment
from cases.errors import EvidenceUnusable
from crypto.errors import CryptoError
from web import logs
from web.headers import FILE_SECURITY_POLICY, allow
from web.services import services

PARTIAL, UNSATISFIABLE = 206, 416
UNIT = "bytes"


def download(found: Attachment) -> Response:
    """The whole file, or the one range of it that the request asks for (RFC 9110, 14).

    A range is opened from the start of the file: each piece is sealed onto the one before it.

    Raises:
        OpeningFailed: its beginning does not open.
        EvidenceUnusable: the store does not answer.
    """
    wanted = _wanted(found.size)
    if wanted is None:
        return _named(_unsatisfiable(found.size), found)
    start, stop = wanted
    answer = Response(_content(found, start, stop), content_type="application/octet-stream")
    answer.content_length = stop - start
    if stop - start < found.size:
        answer.status_code = PARTIAL
        answer.content_range = ContentRange(UNIT, start, stop, found.size)
    return _named(answer, found)


def _named(answer: Response, found: Attachment) -> Response:
    name = quote(found.name, safe="")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    answer.headers["Accept-Ranges"] = UNIT
    allow(FILE_SECURITY_POLICY)
    return answer


def _wanted(size: int) -> tuple[int, int] | None:
    """The first byte and the one after the last; None where no byte is there.

    Several ranges, another unit or a condition (nothing we send could fulfil one) give all of it.
    """
    asked = parse_range_header(request.headers.get("Range"))
    if asked is None or "If-Range" in request.headers:
        return 0, size
    if asked.units != UNIT or len(asked.ranges) != 1:
        return 0, size
    return asked.range_for_length(size)


def _unsatisfiable(size: int) -> Response:
    answer = Response(status=UNSATISFIABLE)
    answer.headers["Content-Range"] = f"{UNIT} */{size}"
    return answer


def _content(found: Attachment, start: int, stop: int) -> Iterator[bytes]:
    pieces = _between(stored_pieces(services().evidence, found), start, stop, found.size)
    # The first is opened before the answer begins: a page can still say what is wrong.
    first = next(pieces, b"")
    return chain((first,), or_broken_off(pieces, request.endpoint))


def _between(pieces: Iterator[bytes], start: int, stop: int, size: int) -> Iterator[bytes]:
    position = 0
    for piece in pieces:
        found = piece[max(0, start - position) : max(0, stop - position)]
        position += len(piece)
        if found:
            yield found
        # The file's own end is read on to: it tells whether anything was cut off.
        if position >= stop and stop < size:
            return


def or_broken_off(pieces: Iterator[bytes], endpoint: str | None) -> Iterator[bytes]:
    """The rest; where it does not open the connection breaks, and the browser keeps no half."""
    try:
        yield from pieces
    except (CryptoError, EvidenceUnusable) as failure:
        logs.record_failure(endpoint, (type(failure), failure, failure.__traceback__))
        raise ConnectionResetError(errno.ECONNRESET, "the file does not open") from None
