"""How a request's body is read: in memory only, or sealed as it arrives, within limits."""

import codecs
from collections.abc import Mapping
from threading import BoundedSemaphore
from typing import IO, Any
from urllib.parse import parse_qsl

from flask import Flask, Request, g, request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from web import uploads
from web.form_reader import Body, FormReader
from web.kdf_gate import Busy
from web.settings import Limits

CHUNK = 64 * 1024
# Bytes. Nobody types as much; a form with every field at its maximum can be longer still.
LONG_FORM = 256 * 1024
LONG_FORMS = 2
TURN_SECONDS = 10.0
# Our longest form has some thirty. Two million empty ones took two seconds to read.
MOST_FIELDS = 1000


# Bytes that are no UTF-8 become a visible mark and a NUL, which no form lets through: the person
# is asked to check the text, and nothing else of it is lost.
_UNREADABLE = "\ufffd\0"
codecs.register_error("zegel.unreadable", lambda failure: (_UNREADABLE, failure.end))  # type: ignore[attr-defined]  # a UnicodeDecodeError here


class FormParser(FormDataParser):
    """Werkzeug drops a whole form that is not UTF-8; this keeps all of it that can be read.

    Attributes:
        failure: why the rest of a form with files could not be read.
    """

    failure: HTTPException | None = None

    def _parse_urlencoded(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: Mapping[str, str],
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        text = stream.read().decode(errors="zegel.unreadable")
        if text.count("&") >= MOST_FIELDS:
            raise RequestEntityTooLarge
        fields = parse_qsl(text, keep_blank_values=True, errors="zegel.unreadable")
        return stream, self.cls(fields), self.cls()

    def _parse_multipart(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str],
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        reader = FormReader(
            options.get("boundary", ""), uploads.file_part, self.max_form_memory_size or 0
        )
        try:
            reader.read(stream)
        except HTTPException as failure:
            self.failure = failure
        fields = [(name, text.decode(errors="zegel.unreadable")) for name, text in reader.fields]
        return stream, self.cls(fields), self.cls()


class MemoryRequest(Request):
    """Werkzeug spools uploads above 500 kB to a temporary file in plaintext; this never does.

    And it believes a server that says it ends the body itself. gunicorn does say so, and ends it
    quietly where the connection broke: half a report would be taken for a whole one. Without that
    word Werkzeug counts the bytes, and refuses a body that is shorter than announced.
    """

    def __init__(
        self, environ: dict[str, Any], populate_request: bool = True, shallow: bool = False
    ) -> None:
        environ.pop("wsgi.input_terminated", None)
        super().__init__(environ, populate_request, shallow)

    form_data_parser_class = FormParser

    _parser: FormDataParser | None = None

    def make_form_data_parser(self) -> FormDataParser:
        self._parser = super().make_form_data_parser()
        return self._parser

    def _load_form_data(self) -> None:
        """Read the form, once: the page that says what is wrong with it shows what was read."""
        if "form" in self.__dict__:
            return
        super()._load_form_data()
        if isinstance(self._parser, FormParser) and self._parser.failure is not None:
            raise self._parser.failure

    def _get_stream_for_parsing(self) -> IO[bytes]:
        if not uploads.expected():
            return super()._get_stream_for_parsing()
        # Counts in the same way, and copies nothing.
        return Body(self.environ["wsgi.input"], self.content_length or 0)  # type: ignore[return-value]  # it is read and nothing else


def configure(app: Flask, limits: Limits) -> None:
    """Refuse a body over the limit after reading it away, so that the browser shows the page."""
    app.request_class = MemoryRequest
    # The second holds for a body with files only, and here for all of its text together.
    app.config.update(MAX_CONTENT_LENGTH=limits.body, MAX_FORM_MEMORY_SIZE=limits.text_with_files)

    @app.before_request
    def refuse_large_bodies() -> None:
        _refuse_large_body(limits)

    _take_turns(app)


class NoTurn(Busy):
    """Too many very long forms at this moment; this one is not taken apart at all."""


def _take_turns(app: Flask) -> None:
    """Two long forms at a time, the others wait: one takes up to a hundred megabytes as text."""
    turns = BoundedSemaphore(LONG_FORMS)

    @app.before_request
    def take_turn() -> None:
        # Files go by without being kept in memory, and their form has turns of its own.
        if (request.content_length or 0) > LONG_FORM and not uploads.expected():
            # Read first: whoever sends slowly keeps no turn from the others.
            request.get_data()
            if not turns.acquire(timeout=TURN_SECONDS):
                raise NoTurn
            g.has_turn = True

    @app.teardown_request
    def give_turn(failure: BaseException | None) -> None:
        if g.pop("has_turn", False):
            turns.release()


def _refuse_large_body(limits: Limits) -> None:
    length, most = request.content_length or 0, limits.body
    if uploads.expected():
        most = request.max_content_length = limits.upload_read
    if length <= most:
        return
    stream = request.environ["wsgi.input"]
    left = min(length, limits.drain)
    while left > 0 and (chunk := stream.read(min(CHUNK, left))):
        left -= len(chunk)
    raise RequestEntityTooLarge
