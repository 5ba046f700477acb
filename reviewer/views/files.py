"""The files of a case, handed out as they were sent and never shown inside the console."""

import errno
from collections.abc import Iterator
from itertools import chain
from urllib.parse import quote

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from cases.actions.evidence import evidence_context
from cases.actions.reading import OpenCase
from cases.domain.attachments import Attachment
from cases.domain.roles import Permission
from cases.errors import EvidenceUnusable, NotFound
from crypto.errors import CryptoError
from crypto.stream import StreamKey
from crypto.stream import opened as opened_stream
from reviewer.opened import identifier, opened
from web import logs
from web.access import needs
from web.headers import FILE_SECURITY_POLICY
from web.services import services

blueprint = Blueprint("files", __name__)


@blueprint.get("/case/<string(length=32):case_id>/file/<string(length=32):file_id>")
@needs(Permission.SEE_CASES)
def download(case_id: str, file_id: str) -> ResponseReturnValue:
    """One file, opened piece by piece while it is sent. Raises NotFound where the case has none."""
    found = _file_of(opened(case_id), identifier(file_id))
    answer = Response(_content(found), content_type="application/octet-stream")
    answer.content_length = found.size
    name = quote(found.name, safe="")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    answer.headers["Content-Security-Policy"] = FILE_SECURITY_POLICY
    return answer


def _file_of(case: OpenCase, file_id: bytes) -> Attachment:
    for entry in case.history:
        for each in entry.attachments:
            if each.id == file_id:
                return each
    raise NotFound


def _content(found: Attachment) -> Iterator[bytes]:
    sealed = services().evidence.reader(found.object_name)
    pieces = opened_stream(sealed, StreamKey(found.key), evidence_context(found.id), found.size)
    # The first is opened before the answer begins: a page can still say what is wrong.
    first = next(pieces, b"")
    return chain((first,), _or_broken_off(pieces, request.endpoint))


def _or_broken_off(pieces: Iterator[bytes], endpoint: str | None) -> Iterator[bytes]:
    """The rest; where it does not open the connection breaks, and the browser keeps no half."""
    try:
        yield from pieces
    except (CryptoError, EvidenceUnusable) as failure:
        logs.record_failure(endpoint, (type(failure), failure, failure.__traceback__))
        raise ConnectionResetError(errno.ECONNRESET, "the file does not open") from None
