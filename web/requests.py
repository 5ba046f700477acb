"""How a request's body is read: in memory only, within limits."""

from io import BytesIO
from typing import IO

from flask import Flask, Request, request
from werkzeug.exceptions import RequestEntityTooLarge

from web.settings import Limits

CHUNK = 64 * 1024


class MemoryRequest(Request):
    """Werkzeug spools uploads above 500 kB to a temporary file in plaintext; this never does."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()


def configure(app: Flask, limits: Limits) -> None:
    """Refuse a body over the limit after reading it away, so that the browser shows the page."""
    app.request_class = MemoryRequest
    app.config.update(MAX_CONTENT_LENGTH=limits.body, MAX_FORM_MEMORY_SIZE=limits.body)

    @app.before_request
    def refuse_large_bodies() -> None:
        _refuse_large_body(limits)


def _refuse_large_body(limits: Limits) -> None:
    length = request.content_length or 0
    if length <= limits.body:
        return
    stream = request.environ["wsgi.input"]
    left = min(length, limits.drain)
    while left > 0 and (chunk := stream.read(min(CHUNK, left))):
        left -= len(chunk)
    raise RequestEntityTooLarge
