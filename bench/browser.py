"""As much of a browser as a visit needs: a cookie, pages, and forms with their hidden fields."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

TIMEOUT = 60.0
FORM_TYPE = "application/x-www-form-urlencoded"
# Visitors share the cores with the server: of ninety kilobytes they read what they need. No tag of
# ours has a bare > in it.
_FORM_TAGS = re.compile(r'<form\b[^>]*>|</form>|<input\b[^>]*type="hidden"[^>]*>')
_PIECE = 1000  # characters


@dataclass(frozen=True, slots=True)
class Page:
    """What a visit to an address gave."""

    status: int
    path: str
    text: str

    def links(self, part: str) -> list[str]:
        """The addresses that the page links to and that have `part` in them."""
        reader = _LinkReader()
        reader.feed(self.text)
        return [link for link in reader.links if part in link]

    def hidden_fields(self, action: str) -> dict[str, str]:
        """The hidden fields of the form that is sent to an address ending in `action`."""
        reader = _FormReader(action)
        for tag in _FORM_TAGS.findall(self.text):
            reader.feed(tag)
        return reader.fields

    def element_text(self, attribute: str) -> str:
        """The text of the first element with an attribute."""
        reader = _ElementReader(attribute)
        start = self.text.rfind("<", 0, self.text.find(attribute) + 1)
        for piece in range(max(start, 0), len(self.text), _PIECE):
            reader.feed(self.text[piece : piece + _PIECE])
            if reader.done:
                break
        return " ".join("".join(reader.pieces).split())


class Browser:
    """One visitor of a server on loopback.

    Attributes:
        waits: how often a page asked to wait and send again.
    """

    def __init__(self, port: int) -> None:
        self.waits = 0
        self._connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        self._cookies: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.rest()

    def get(self, path: str) -> Page:
        """Open an address; redirects are followed."""
        return self._ask("GET", path)

    def post(self, path: str, fields: Mapping[str, str]) -> Page:
        """Send a form; redirects are followed."""
        return self._ask("POST", path, urlencode(fields).encode())

    def send(self, path: str, body: Iterable[bytes], length: int, media_type: str) -> Page:
        """Send a body of any size, piece by piece; redirects are followed."""
        return self._ask("POST", path, body, media_type, length)

    def download(self, path: str) -> HTTPResponse:
        """Begin to fetch a file; the caller reads it to its end."""
        self._connection.request("GET", path, headers=self.headers())
        return self._connection.getresponse()

    def rest(self) -> None:
        """Close the connection; the next visit opens another."""
        self._connection.close()

    def _ask(
        self,
        method: str,
        path: str,
        body: bytes | Iterable[bytes] | None = None,
        media_type: str = FORM_TYPE,
        length: int | None = None,
    ) -> Page:
        headers = self.headers()
        if body is not None:
            headers["Content-Type"] = media_type
        if length is not None:
            headers["Content-Length"] = str(length)
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        text = response.read().decode()
        self._keep_cookies(response)
        if response.status in (302, 303):
            return self._ask("GET", response.headers["Location"])
        return Page(response.status, path, text)

    def headers(self) -> dict[str, str]:
        """What goes with every request."""
        headers = {"Sec-Fetch-Site": "same-origin"}
        if self._cookies:
            headers["Cookie"] = "; ".join(
                f"{name}={value}" for name, value in self._cookies.items()
            )
        return headers

    def _keep_cookies(self, response: HTTPResponse) -> None:
        for header in response.headers.get_all("Set-Cookie", []):
            name, _, value = header.partition(";")[0].partition("=")
            self._cookies[name] = value


class _FormReader(HTMLParser):
    def __init__(self, action: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._action = action
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "form":
            self._inside = (values.get("action") or "").endswith(self._action)
        elif tag == "input" and self._inside and values.get("type") == "hidden":
            self.fields[values["name"] or ""] = values.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"


class _LinkReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")


class _ElementReader(HTMLParser):
    def __init__(self, attribute: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._attribute = attribute
        self._depth = 0

    @property
    def done(self) -> bool:
        """Whether the element has ended."""
        return bool(self.pieces) and not self._depth

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._depth:
            self._depth += 1
        elif not self.pieces and self._attribute in dict(attrs):
            self._depth = 1

    def handle_endtag(self, tag: str) -> None:
        self._depth = max(0, self._depth - 1)

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.pieces.append(data + " ")
