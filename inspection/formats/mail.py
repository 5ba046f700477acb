"""E-mail as it was saved (.eml, RFC 5322)."""

import email
import email.policy
import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import EmailMessage, MIMEPart
from html.parser import HTMLParser
from itertools import islice

from inspection.findings import About, Hidden
from inspection.formats import charsets
from inspection.formats.base import Format
from inspection.formats.traces import row
from inspection.formats.words import Sections, Worded

HEADERS = 300
PARTS = 1_000
_BODY = 2**20
_SHOWN = ("From", "To", "Cc", "Date", "Subject")
_ABOUT = {
    "from": About.PERSON,
    "sender": About.PERSON,
    "reply-to": About.PERSON,
    "return-path": About.PERSON,
    "delivered-to": About.PERSON,
    "x-original-to": About.PERSON,
    "to": About.PERSON,
    "cc": About.PERSON,
    "bcc": About.PERSON,
    "received": About.DEVICE,
    "x-received": About.DEVICE,
    "x-originating-ip": About.DEVICE,
    "message-id": About.DEVICE,
    "date": About.TIME,
    "user-agent": About.SOFTWARE,
    "x-mailer": About.SOFTWARE,
    "x-mimeole": About.SOFTWARE,
}
_ZONE = re.compile(r"[+-]\d{4}\b")
# Nothing of these is read by people.
_UNREAD = frozenset({"script", "style", "head", "title", "template"})
_BREAKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "blockquote", "table"})


class _Mail(Worded):
    """A message. It is evidence as it stands, so no cleaned copy of it is made."""

    def hidden(self, data: bytes) -> Iterator[Hidden]:
        """Every header, and who, when, where and with what program as far as its name says."""
        message = _message(data)
        for name, value in _headers(message):
            yield row(_ABOUT.get(name.lower(), About.OTHER), name, value)
            if name.lower() == "date" and (zone := _ZONE.search(value)):
                yield row(About.PLACE, "time zone", zone.group())
        for part in _attachments(message):
            yield row(About.EMBEDDED, "attachment", _described(part))

    def cleaned(self, _data: bytes) -> bytes | None:
        """None: without its headers a message proves nothing."""
        return None

    def sections(self, data: bytes) -> Sections:
        """The headers that people read, the text, and the attachments by name and size."""
        return (_written(_message(data)),)


MAIL: Format = _Mail()


def _message(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data, EmailMessage, policy=email.policy.default)


def _written(message: EmailMessage) -> Iterator[str]:
    headers = {name.title(): value for name, value in _headers(message)}
    for name in _SHOWN:
        if name in headers:
            yield f"{name}: {row(About.OTHER, name, headers[name]).value}\n"
    yield "\n"
    yield from _body(message)
    yield "\n"
    for part in _attachments(message):
        yield f"\n[{_described(part)}]"


def _headers(message: EmailMessage) -> Iterator[tuple[str, str]]:
    """Names and values as they stand there; the library's own reading of addresses follows the
    nesting that a stranger chose."""
    for name, value in islice(message.raw_items(), HEADERS):
        text = str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        try:
            yield name, str(make_header(decode_header(text)))
        except (LookupError, ValueError, HeaderParseError):
            yield name, text


def _body(message: EmailMessage) -> Iterator[str]:
    part = message.get_body(("plain", "html"))
    if part is None:
        return
    text = _text(part)
    yield readable(text) if part.get_content_type() == "text/html" else text


def _text(part: MIMEPart) -> str:
    content = _content(part)[:_BODY]
    try:
        return content.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        return charsets.text(content)


def _content(part: MIMEPart) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _attachments(message: EmailMessage) -> Iterator[MIMEPart]:
    body = message.get_body(("plain", "html"))
    for number, part in enumerate(message.walk()):
        if number >= PARTS:
            return
        if part is not body and not part.is_multipart():
            yield part


def _described(part: MIMEPart) -> str:
    name = part.get_filename("") or part.get_content_type()
    return f"{name} ({len(_content(part))} bytes)"


def readable(markup: str) -> str:
    """The text of HTML without its markup."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return "".join(reader.pieces).strip()


class _Reader(HTMLParser):
    """Collects what people read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Nothing within scripts and styles is read."""
        if tag in _UNREAD:
            self._unread += 1
        if tag in _BREAKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """What was unread may be over."""
        if tag in _UNREAD:
            self._unread = max(0, self._unread - 1)

    def handle_data(self, data: str) -> None:
        """Text, or what stands in a script."""
        if not self._unread:
            self.pieces.append(data)
