"""What one visitor does with files: a report with some, and fetching one from the mailbox."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from random import Random

from bench.browser import Browser
from bench.visits import MAILBOX, REPORT, SIGN_IN, Visit, VisitFailed, expect, open_form

BLOCK = Random(0).randbytes(1024 * 1024)  # noqa: S311 - to be sent, not to be secret
FILE_LINK = "/mailbox/file/"
MEDIA_TYPE = "application/octet-stream"


class Upload:
    """A report with files, from the first byte sent to the page with the receipt code."""

    def __init__(self, files: int, size: int) -> None:
        self._files, self._size = files, size

    def prepare(self, browser: Browser, secret: str) -> object:
        """Open the form."""
        return open_form(browser)

    def act(self, browser: Browser, secret: str, prepared: object) -> str:
        """Send it; gives the receipt code."""
        assert isinstance(prepared, dict)  # noqa: S101 - narrows what prepare() gave
        boundary = secrets.token_hex(16)
        heads = [_head(boundary, f'"{name}"') + value for name, value in prepared.items()]
        opening = "".join(heads).encode()
        file = _head(boundary, '"files"; filename="export.bin"', MEDIA_TYPE).encode()
        end = f"\r\n--{boundary}--\r\n".encode()
        length = len(opening) + self._files * (len(file) + self._size) + len(end)
        body, kind = self._body(opening, file, end), f"multipart/form-data; boundary={boundary}"
        page = expect(browser.send(REPORT, body, length, kind), "data-receipt-code")
        return page.element_text("data-receipt-code")

    def _body(self, opening: bytes, file: bytes, end: bytes) -> Iterator[bytes]:
        yield opening
        for _ in range(self._files):
            yield file
            yield from content(self._size)
        yield end


class Download:
    """One file fetched from the mailbox; signing in is prepared."""

    def __init__(self, files: int, size: int) -> None:
        self._size = size

    def prepare(self, browser: Browser, secret: str) -> object:
        """Sign in and find the file."""
        fields = expect(browser.get(MAILBOX), SIGN_IN).hidden_fields(SIGN_IN)
        page = expect(browser.post(SIGN_IN, {**fields, "code": secret}), FILE_LINK)
        return page.links(FILE_LINK)[0]

    def act(self, browser: Browser, secret: str, prepared: object) -> str:
        """Fetch it, and compare it with what was sent."""
        answer = browser.download(str(prepared))
        if answer.status != 200:
            raise VisitFailed(f"the file: {answer.status}")
        if any(answer.read(len(wanted)) != wanted for wanted in content(self._size)):
            raise VisitFailed("another file came back")
        return ""


FILE_VISITS: Mapping[str, Callable[[int, int], Visit]] = {"upload": Upload, "download": Download}


def content(size: int) -> Iterator[bytes]:
    """A file of this size, in blocks."""
    for start in range(0, size, len(BLOCK)):
        yield BLOCK[: size - start]


def _head(boundary: str, name: str, media_type: str = "") -> str:
    kind = f"\r\nContent-Type: {media_type}" if media_type else ""
    return f"\r\n--{boundary}\r\nContent-Disposition: form-data; name={name}{kind}\r\n\r\n"
