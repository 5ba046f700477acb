"""Somebody reads the memory of the portal after a reporter has left: nothing of her is in it.

The portal runs as an office serves it. The text of a report, a reply, the receipt code, the seed of
the mailbox and the cookie are looked for byte by byte, in everything that the worker may read.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from time import monotonic
from urllib.parse import urlencode

import pytest

from crypto.receipt import derive, read_code
from tests.support.office_home import office_home
from tests.support.served import Application, Served, serve

READABLE_PORTAL = Application("readable-portal", "tests.support.readable_portal:app")
# A name in the module that is served.
IN_EVERY_WORKER = "a word that is in the memory of every worker"
REPORT, REPLY = "kanarie in the report ", "kanarie in the reply "
SECONDS = 20.0


class _Hidden(HTMLParser):
    """The hidden fields of the form whose action ends so."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._action, self._inside = action, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "form":
            self._inside = (values.get("action") or "").endswith(self._action)
        if tag == "input" and values.get("type") == "hidden" and self._inside:
            self.fields[values["name"] or ""] = values.get("value") or ""


@dataclass
class Reporter:
    """A browser that forgets pages, so that this process is no witness; keeps its cookies."""

    server: Served
    cookies: list[str] = field(default_factory=list)

    def get(self, path: str) -> str:
        """The page, after redirects."""
        return self._ask("GET", path, None)

    def submit(self, page: str, action: str, **answers: str) -> str:
        """Fill in the form whose action ends so."""
        hidden = _Hidden(action)
        hidden.feed(page)
        return self._ask("POST", "/en" + action, urlencode({**hidden.fields, **answers}))

    def _ask(self, method: str, path: str, body: str | None) -> str:
        headers = {"Sec-Fetch-Site": "same-origin"}
        if self.cookies:
            headers["Cookie"] = self.cookies[-1]
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = self.server.connect()
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        page = response.read().decode()
        connection.close()
        if given := response.headers["Set-Cookie"]:
            self.cookies.append(given.partition(";")[0])
        return self.get(response.headers["Location"]) if response.status == 303 else page


@dataclass(frozen=True)
class Gone:
    """A portal that a reporter has left, and what she had written and held."""

    server: Served
    needles: Mapping[str, bytes]

    def found(self) -> set[str]:
        """What the worker's memory still holds."""
        (worker,) = self.server.workers
        return {
            name
            for piece in _memory(worker)
            for name, needle in self.needles.items()
            if needle in piece
        }


@pytest.fixture(scope="module")
def gone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gone]:
    folder = tmp_path_factory.mktemp("memory")
    with (
        office_home(folder / "home"),
        serve(READABLE_PORTAL, folder / "home", folder / "logs") as server,
    ):
        yield Gone(server, _a_visit(server))


def _a_visit(server: Served) -> Mapping[str, bytes]:
    """A report, a visit to its mailbox with a reply, and the way out."""
    reporter = Reporter(server)
    sent = reporter.submit(reporter.get("/en/report"), "/report", what=REPORT * 10)
    code = _code_on(sent)
    mailbox = reporter.submit(reporter.get("/en/mailbox"), "/mailbox/open", code=code)
    assert REPORT.strip() in mailbox
    mailbox = reporter.submit(mailbox, "/mailbox/message", text=REPLY, kind="reply")
    assert REPLY.strip() in mailbox
    reporter.submit(mailbox, "/mailbox/leave")
    keys = derive(read_code(code))
    sessions = {cookie.partition("=")[2] for cookie in reporter.cookies} - {""}
    return {
        "the report": REPORT.encode(),
        "the reply": REPLY.encode(),
        "the code": code.encode(),
        "the code in a form": code.replace(" ", "+").encode(),
        "three words of it": " ".join(code.split()[3:6]).encode(),
        "the seed": keys.seed.raw,
        "the token": keys.token,
        **{f"cookie {number}": each.encode() for number, each in enumerate(sessions)},
    }


def _code_on(page: str) -> str:
    shown = page[page.index(">", page.index("data-receipt-code")) + 1 :]
    return " ".join(re.sub(r"<[^>]+>", " ", shown[:3000]).split()[:10])


def _memory(pid: int) -> Iterator[bytes]:
    """All that the process may read, piece by piece as the kernel maps it."""
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, permissions, *_ = line.split()
            start, end = (int(each, 16) for each in span.split("-"))
            # Not the kernel's own pages; and a piece may be given back while we look.
            if "r" in permissions and "[v" not in line:
                with suppress(OSError):
                    memory.seek(start)
                    yield memory.read(end - start)


def test_soon_after_the_way_out_nothing_of_the_reporter_is_in_memory(gone: Gone) -> None:
    deadline = monotonic() + SECONDS
    while (found := gone.found()) and monotonic() < deadline:
        continue

    assert len(gone.needles) > 8
    assert found == set()


def test_what_is_in_memory_is_found(gone: Gone) -> None:
    """So that nothing found means nothing there."""
    (worker,) = gone.server.workers

    assert any(IN_EVERY_WORKER.encode() in piece for piece in _memory(worker))
