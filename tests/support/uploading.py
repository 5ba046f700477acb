"""A form with a file as a browser sends it, which a test can break off anywhere."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from socket import socket
from threading import Event
from time import monotonic
from typing import Protocol
from urllib.parse import urlsplit

from playwright.sync_api import Locator

from tests.support.evidence import PDF
from tests.support.html import Client, Page, Value

PATIENCE = 30.0  # seconds for what a server does in the end
_BOUNDARY = secrets.token_hex(16)
_PIECE = 64 * 1024


class Server(Protocol):
    """Where a form goes: a served application, or a proxy in front of one."""

    @property
    def host(self) -> str:
        """How it is called in a request."""

    def connect(self, *, timeout: float) -> HTTPConnection:
        """A connection."""

    def raw_socket(self, *, timeout: float) -> socket:
        """A bare connection."""


@dataclass(frozen=True)
class Sender:
    """A form of an open page, with the cookie of its browser."""

    served: Server
    path: str
    cookie: str
    fields: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, served: Server, form: Locator) -> "Sender":
        """The form as it stands in the page."""
        cookies = form.page.context.cookies()
        return cls(
            served,
            urlsplit(form.get_attribute("action") or "").path,
            "; ".join(f"{each['name']}={each['value']}" for each in cookies),
            tuple(map(tuple, form.evaluate(_FIELDS))),
        )

    @classmethod
    def of_page(
        cls, served: Server, client: Client, page: Page, ending: str, answers: Mapping[str, Value]
    ) -> "Sender":
        """A filled-in form of a page that the tests' browser without scripts has open."""
        form = page.form(ending)
        given = [cookie for each in client.answers for cookie in each.headers.getlist("Set-Cookie")]
        cookies = "; ".join(cookie.partition(";")[0] for cookie in given)
        return cls(served, form.action, cookies, tuple(form.filled(answers).items(multi=True)))

    def send(self, content: bytes) -> tuple[int, str]:
        """Send the form with a file; gives status and page."""
        boundary = secrets.token_hex(16)
        head, tail = self._around(boundary)
        connection = self.served.connect(timeout=120.0)
        try:
            headers = self._headers(boundary, len(head) + len(content) + len(tail))
            connection.request("POST", self.path, _pieces(head, content, tail), headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def begin(self, content: bytes, announced: int) -> socket:
        """Send the first part of a file that would be `announced` bytes long."""
        boundary = _BOUNDARY
        head, tail = self._around(boundary)
        sock = self.served.raw_socket(timeout=PATIENCE)
        headers = self._headers(boundary, len(head) + announced + len(tail))
        lines = [f"POST {self.path} HTTP/1.1", f"Host: {self.served.host}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        sock.sendall("\r\n".join([*lines, "", ""]).encode() + head + content)
        return sock

    def finish(self, connection: socket, content: bytes) -> tuple[int, str]:
        """Send the rest of the file of `begin`; gives status and page."""
        _, tail = self._around(_BOUNDARY)
        connection.sendall(content + tail)
        answer = HTTPResponse(connection)
        answer.begin()
        return answer.status, answer.read().decode()

    def _headers(self, boundary: str, length: int) -> dict[str, str]:
        return {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Content-Length": str(length),
            "Cookie": self.cookie,
            "Sec-Fetch-Site": "same-origin",
        }

    def _around(self, boundary: str) -> tuple[bytes, bytes]:
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in self.fields
        ]
        file = f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="scan.pdf"'
        head = "".join(parts) + f"{file}\r\nContent-Type: {PDF}\r\n\r\n"
        return head.encode(), f"\r\n--{boundary}--\r\n".encode()


_FIELDS = """form => [...new FormData(form)].filter(([name, value]) => typeof value === "string")"""


def _pieces(*parts: bytes) -> Iterator[bytes]:
    for part in parts:
        for start in range(0, len(part), _PIECE):
            yield part[start : start + _PIECE]


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for what another process does. Raises AssertionError where it does not."""
    end = monotonic() + PATIENCE
    while not condition():
        assert monotonic() < end, "it did not come to that"
        Event().wait(0.05)
