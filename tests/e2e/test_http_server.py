"""What the HTTP server does with what strangers send: on a real socket, with production's settings.

The record of the choice is docs/decisions/0005-http-server.md.
"""

import ipaddress
import json
import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from hashlib import md5, sha1, sha256
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from time import monotonic
from urllib.parse import urlencode

import pytest
from sqlalchemy import text

from tests.support.http_corpus import GET, MALFORMED, MISDIRECTED
from tests.support.office import Office
from tests.support.office_home import office_home
from tests.support.served import PORTAL, Application, Served, serve
from web.settings import Limits

INTROSPECTION = Application("introspection", "tests.support.introspection:app")
FAILING = Application("failing", "tests.support.failing_portal:app")
FORM = "application/x-www-form-urlencoded"
REPORT = "/en/report"
DEADLINE = 20.0  # seconds
MARKER = b"wordsOfTheReporter"

# Any address of 127.0.0.0/8 is ours; this one nobody else uses.
ADDRESS = "127.66.77.88"
AGENT, REFERER, QUERY = "canary-agent-5f1c", "http://canary-referer.example/", "canary-query-77a0"
TYPED = "canary-answer-93be"

FORWARDED = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Protocol": "ssl",
    "X-Forwarded-Ssl": "on",
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Prefix": "/evil",
    "X-Real-IP": "203.0.113.9",
    "Forwarded": "for=203.0.113.9;host=evil.example;proto=https",
    "SCRIPT_NAME": "/evil",
    "Script-Name": "/evil",
    "PATH_INFO": "/evil",
    "REMOTE_ADDR": "203.0.113.9",
    "REMOTE_USER": "root",
    "Remote-User": "root",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_home(tmp_path_factory.mktemp("served") / "home") as founded:
        yield founded


@pytest.fixture(scope="module")
def spool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server would put temporary files."""
    return tmp_path_factory.mktemp("spool")


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="module")
def portal(office: Office, logs: Path, spool: Path) -> Iterator[Served]:
    with serve(PORTAL, office.home, logs, environment={"TMPDIR": str(spool)}) as served:
        yield served


def ask(
    server: Served,
    method: str,
    path: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> tuple[HTTPResponse, bytes]:
    """One request on a connection of its own, with what would name the visitor."""
    connection = server.connect(ADDRESS)
    named = {"User-Agent": AGENT, "Referer": REFERER, **(headers or {})}
    try:
        connection.request(method, path, body, named)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def raw(server: Served, request: bytes) -> bytes:
    """Everything the server answers to some bytes until it closes; the sending end stays open."""
    with server.raw_socket(ADDRESS) as visitor:
        visitor.sendall(request)
        answer = b""
        while arrived := visitor.recv(65536):
            answer += arrived
        return answer


class _Hidden(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "input" and values.get("type") == "hidden":
            self.fields[values["name"] or ""] = values.get("value") or ""


def form(server: Served, **answers: str) -> tuple[bytes, dict[str, str]]:
    """A filled-in report, and the headers to send it with."""
    response, page = ask(server, "GET", REPORT)
    hidden = _Hidden()
    hidden.feed(page.decode())
    cookie = (response.headers["Set-Cookie"] or "").partition(";")[0]
    headers = {"Content-Type": FORM, "Cookie": cookie, "Sec-Fetch-Site": "same-origin"}
    return urlencode({**hidden.fields, **answers}).encode(), headers


def cases(office: Office) -> int:
    with office.database.reading() as session:
        return int(session.execute(text('SELECT count(*) FROM "case"')).scalar_one())


def well(server: Served) -> bool:
    return ask(server, "GET", "/healthz")[0].status == 200


# What no browser sends


@pytest.mark.parametrize("request_bytes", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_request_is_refused_and_ends_the_connection(
    portal: Served, request_bytes: bytes
) -> None:
    hidden = b"GET /en/ HTTP/1.1\r\nHost: localhost\r\n\r\n"

    answer = raw(portal, request_bytes + hidden)

    assert re.match(rb"HTTP/1\.[01] (4\d\d|501) ", answer), answer[:80]
    assert answer.count(b"HTTP/1.") == 1
    assert well(portal)


@pytest.mark.parametrize("request_bytes", MISDIRECTED.values(), ids=MISDIRECTED)
def test_a_request_for_somebody_else_finds_nothing(portal: Served, request_bytes: bytes) -> None:
    assert raw(portal, request_bytes).startswith(b"HTTP/1.1 404 ")


@pytest.mark.parametrize("unix", [False, True], ids=["tcp", "unix socket"])
def test_headers_of_strangers_change_nothing(
    office: Office, tmp_path: Path, logs: Path, unix: bool
) -> None:
    path = tmp_path / "portal.sock" if unix else None

    with serve(INTROSPECTION, office.home, logs, unix_socket=path) as server:
        plain = believed(server.connect(), {})
        told = {
            name: believed(server.connect(), {name: value}) for name, value in FORWARDED.items()
        }

    assert plain["wsgi.url_scheme"] == "http"
    assert plain["SCRIPT_NAME"] == ""
    assert {name: seen for name, seen in told.items() if seen != plain} == {}


def believed(connection: HTTPConnection, headers: dict[str, str]) -> dict[str, object]:
    connection.request("GET", "/path", headers=headers)
    seen = json.loads(connection.getresponse().read())["believed"]
    connection.close()
    return {name: value for name, value in seen.items() if name != "REMOTE_PORT"}


def test_the_portal_sends_nobody_to_a_host_that_a_stranger_named(portal: Served) -> None:
    response, _ = ask(portal, "GET", "/", headers=FORWARDED)

    assert response.status in (302, 303)
    assert response.headers["Location"].startswith("/")


def test_no_answer_says_which_program_gave_it(portal: Served) -> None:
    answers = [raw(portal, MALFORMED["two lengths"]), raw(portal, MALFORMED["a long header"])]
    page, _ = ask(portal, "GET", "/en/")

    banners = [re.findall(rb"(?im)^server: (.*?)\r$", answer) for answer in answers]

    assert page.headers["Server"] == "zegel"
    assert banners == [[], []] or banners == [[b"zegel"], [b"zegel"]]
    assert not any(b"unicorn" in answer for answer in answers)


def test_other_methods_give_nothing_away(portal: Served) -> None:
    page, body = ask(portal, "HEAD", "/en/")
    options, said = ask(portal, "OPTIONS", REPORT)
    trace, echoed = ask(portal, "TRACE", "/en/", headers={"X-Canary": TYPED})

    assert (page.status, body) == (200, b"")
    assert said == b""
    assert not [name for name in options.headers if name.startswith("Access-Control")]
    assert trace.status == 405
    assert TYPED.encode() not in echoed


# What no file may hold


def needles() -> dict[str, bytes]:
    """Whatever could name the visitor, in the shapes that logs give it."""
    address = ipaddress.ip_address(ADDRESS)
    hashes = {
        kind.__name__: kind(ADDRESS.encode()).hexdigest().encode() for kind in (md5, sha1, sha256)
    }
    return {
        "address": ADDRESS.encode(),
        "address as a number": str(int(address)).encode(),
        "address as bytes in hexadecimal": address.packed.hex().encode(),
        "agent": AGENT.encode(),
        "referer": b"canary-referer",
        "query": QUERY.encode(),
        "answer": TYPED.encode(),
        **hashes,
    }


def found_below(*folders: Path) -> set[tuple[str, str]]:
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    return {
        (file.name, name)
        for file in files
        for name, needle in needles().items()
        if needle in file.read_bytes()
    }


def provoke(server: Served) -> dict[str, int]:
    """The ordinary failures, each by a visitor who could be named."""
    form_type = {"Content-Type": FORM}
    asked = {
        "absent": ("GET", f"/en/absent?{QUERY}", None, None),
        "method": ("DELETE", f"{REPORT}?{QUERY}", None, None),
        "no token": ("POST", f"{REPORT}?{QUERY}", f"what={TYPED}".encode(), form_type),
        "cross-site": ("POST", REPORT, b"", {**form_type, "Sec-Fetch-Site": "cross-site"}),
        "host": ("GET", f"/en/?{QUERY}", None, {"Host": "evil.example"}),
        "multipart": (
            "POST",
            REPORT,
            TYPED.encode() * 40_000,
            {"Content-Type": "multipart/form-data; boundary=zz"},
        ),
        "too large": ("POST", REPORT, bytes(Limits().body + 1), form_type),
    }
    return {name: ask(server, *request)[0].status for name, request in asked.items()}


def test_no_log_and_no_file_names_a_visitor_whatever_went_wrong(
    office: Office, portal: Served, logs: Path, spool: Path
) -> None:
    statuses = provoke(portal)
    for request in MALFORMED.values():
        raw(portal, request.replace(b"Host: localhost\r\n", named_headers(), 1))

    assert statuses == {
        "absent": 404,
        "method": 405,
        "no token": 400,
        "cross-site": 403,
        "host": 404,
        "multipart": 400,
        "too large": 413,
    }
    assert found_below(office.home, logs, spool) == set()


def named_headers() -> bytes:
    return f"Host: localhost\r\nUser-Agent: {AGENT}\r\nReferer: {REFERER}\r\n".encode()


def test_a_failure_of_the_program_is_logged_without_the_visitor_and_her_words(
    office: Office, tmp_path: Path
) -> None:
    logs = tmp_path / "logs"
    with serve(FAILING, office.home, logs) as server:
        body = f"what={TYPED}".encode()
        response, _ = ask(server, "POST", f"{REPORT}?{QUERY}", body, {"Content-Type": FORM})

        written = server.output()

    assert response.status == 500
    assert '"failure": "Broken"' in written
    assert found_below(office.home, logs) == set()


def test_the_needles_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "leak.log").write_text(f"[WARNING] Invalid request from ip={ADDRESS}")

    assert found_below(tmp_path) == {("leak.log", "address")}


# Bodies: too large, cut off, slow


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_a_body_over_the_limit_gets_the_page_in_the_language_of_the_form(
    portal: Served, language: str
) -> None:
    response, page = ask(
        portal,
        "POST",
        f"/{language}/report",
        b"what=" + b"a" * Limits().body,
        {"Content-Type": FORM},
    )

    assert response.status == 413
    assert f'<html lang="{language}"'.encode() in page


def test_a_body_that_breaks_off_stores_nothing_and_harms_nobody(
    office: Office, portal: Served
) -> None:
    body, headers = form(portal, language="en", what="It happened in the archive.")
    workers, before = portal.workers, cases(office)

    for cut in (1, len(body) // 2, len(body) - 9):  # the last leaves a report that looks whole
        with portal.raw_socket(ADDRESS) as visitor:
            visitor.sendall(request_head(headers, len(body)) + body[:cut])

    response, page = ask(portal, "POST", REPORT, body, headers)
    assert response.status == 200
    assert b"data-receipt-code" in page
    assert cases(office) == before + 1
    assert portal.workers == workers


def test_a_body_that_breaks_off_where_the_visitor_still_listens_gets_a_page(
    office: Office, portal: Served
) -> None:
    body, headers = form(portal, language="en", what="It happened in the archive.")
    before = cases(office)

    with portal.raw_socket(ADDRESS) as visitor:
        visitor.sendall(request_head(headers, len(body)) + body[:-9])
        visitor.shutdown(socket.SHUT_WR)
        response = HTTPResponse(visitor)
        response.begin()
        page = response.read()

    assert response.status == 400
    assert b"We did not receive everything" in page
    assert cases(office) == before


def request_head(headers: Mapping[str, str], length: int) -> bytes:
    lines = [f"POST {REPORT} HTTP/1.1", "Host: localhost", f"Content-Length: {length}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def test_a_request_body_is_in_no_file_while_it_arrives_nor_after(
    office: Office, portal: Served, logs: Path, spool: Path
) -> None:
    body, headers = form(portal, what=MARKER.decode() * 160_000, language="en")
    allowed = re.compile(
        rf"{re.escape(str(office.home))}/zegel\.sqlite|/dev/|{re.escape(str(logs))}/"
    )

    with portal.raw_socket(ADDRESS) as visitor:
        visitor.sendall(request_head(headers, len(body)) + body[:-1])
        wait_until_read(portal, visitor)
        open_files = {name for worker in portal.workers for name in regular_files(worker)}
        spooled = list(spool.iterdir())
        visitor.sendall(body[-1:])
        response = HTTPResponse(visitor)
        response.begin()

    assert response.status == 422  # far longer than the form allows
    assert {name for name in open_files if not allowed.match(name)} == set()
    assert spooled == []
    assert list(spool.iterdir()) == []
    assert [file for file in office.home.rglob("*") if MARKER in read(file)] == []


def read(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def regular_files(pid: int) -> set[str]:
    """Files a process has open, deleted ones included."""
    names = {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()}
    return {name for name in names if name.startswith("/") and name != "/dev/null"}


def wait_until_read(server: Served, visitor: socket.socket) -> None:
    """Until nothing that was sent waits in the kernel for the server to read it."""
    ports = (server.port, visitor.getsockname()[1])
    ends = monotonic() + DEADLINE
    while waiting_bytes(*ports):
        assert monotonic() < ends, "the server does not read"


def waiting_bytes(server_port: int, visitor_port: int) -> int:
    """Bytes on their way between two ports of loopback, from Linux's table of connections."""
    waiting = 0
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, local, remote, _, queues, *_ = line.split()
        ends = {int(local.partition(":")[2], 16), int(remote.partition(":")[2], 16)}
        if ends == {server_port, visitor_port}:
            sending, received = (int(queue, 16) for queue in queues.split(":"))
            waiting += sending + received
    return waiting


def test_slow_visitors_do_not_keep_the_others_out(office: Office, tmp_path: Path) -> None:
    settings = "python:tests.support.impatient_settings"  # two threads, one second
    with (
        serve(PORTAL, office.home, tmp_path / "logs", settings=settings) as server,
        ExitStack() as visitors,
    ):
        slow = []
        for sent in (b"", GET, request_head({}, 1000) + b"what=", b"GET / HTTP/9.9\r\n\r\n") * 2:
            visitor = visitors.enter_context(server.raw_socket())
            visitor.sendall(sent)
            slow.append(visitor)

        assert well(server)
        for visitor in slow:
            read_to_the_end(visitor)  # the server ends each of them


def read_to_the_end(visitor: socket.socket) -> None:
    try:
        while visitor.recv(65536):
            pass
    except ConnectionResetError:
        pass


# The process


def test_a_worker_leaves_no_core_file(office: Office, tmp_path: Path) -> None:
    with serve(INTROSPECTION, office.home, tmp_path / "logs") as server:
        _, answer = ask(server, "GET", "/")
        limits = Path(f"/proc/{server.workers[0]}/limits").read_text()

    assert json.loads(answer)["dumpable"] == 0
    assert json.loads(answer)["core_limit"] == [0, 0]
    assert re.search(r"Max core file size +0 +0 ", limits)


def test_the_server_writes_nothing_when_nothing_is_wrong(office: Office, tmp_path: Path) -> None:
    with serve(PORTAL, office.home, tmp_path / "logs") as server:
        ask(server, "GET", "/en/")
        written = server.output()

    assert written == ""


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    nowhere = Application("nowhere", "tests.support.nowhere:app")

    with pytest.raises(Exception, match="nowhere"), serve(nowhere, tmp_path, tmp_path / "logs"):
        pass  # pragma: no cover
