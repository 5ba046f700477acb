"""Crowds that hold connections open or send without end, and the visitor who comes among them: real
processes with production's settings."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from urllib.parse import urlencode

import pytest

from tests.support.browser import Windows
from tests.support.gateway import gateway
from tests.support.html import Client
from tests.support.office_home import office_home
from tests.support.pages import PortalPages
from tests.support.portal_steps import send_report
from tests.support.served import PORTAL, Application, Served, serve
from web import gunicorn_settings, serving
from web.tickets import WAIT_SECONDS

CROWDED = Application("crowded", "tests.support.crowded_portal:app")

HOST = b"Host: localhost\r\n"
POST = b"POST /en/report HTTP/1.1\r\n" + HOST
SLOW = {
    "nothing": b"",
    "half a head": b"GET /en/ HTTP/1.1\r\nHo",
    "half a form": POST + b"Content-Length: 1000\r\n\r\nwhat=",
    "half of a long form": POST + b"Content-Length: 1000000\r\n\r\n" + b"a" * 70_000,
    "who do not hang up": b"GET /absent HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n",
}
# More than there are threads, and more than there is room for.
CROWD = 64
COMING_AND_GOING = 6
CROWDS_OF_ALL = gunicorn_settings.worker_connections + 100
AT_ONCE = 10.0  # seconds; it takes one, and took twenty at least when a thread waited for each
# While others wait, who dawdles has five seconds; looked at once a second.
IN_A_WHILE = 10.0
# More than there are threads, each as soon as it was answered.
FLOODERS = 60
PATIENCE_SECONDS = 90.0
# MiB; 117 at rest (docs/reference/benchmarks.md).
MOST_MEMORY = 512
UNKNOWN_CODE = " ".join(["abacus"] * 10)


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("flooded")
    with (
        office_home(folder / "home") as office,
        serve(PORTAL, office.home, folder / "logs") as served,
    ):
        yield served


@contextmanager
def crowd(portal: Served, sent: bytes, count: int) -> Iterator[None]:
    with ExitStack() as visitors:
        for _ in range(count):
            visitor = visitors.enter_context(portal.raw_socket())
            visitor.sendall(sent)
        yield


def seconds_for_a_report(portal: Served, what: str) -> float:
    visitor = Client(gateway(portal.connect), origin=portal.url)
    began = monotonic()
    page = send_report(visitor, what=what)
    page.one("data-receipt-code")
    return monotonic() - began


@pytest.mark.parametrize("sent", SLOW.values(), ids=SLOW)
def test_a_crowd_that_sends_half_of_what_it_says_holds_nobody_up(
    portal: Served, sent: bytes
) -> None:
    with crowd(portal, sent, CROWD):
        assert seconds_for_a_report(portal, "Paper clips vanish.") < AT_ONCE


def test_a_crowd_beyond_all_room_holds_nobody_up(portal: Served) -> None:
    with crowd(portal, SLOW["half a form"], CROWDS_OF_ALL):
        assert seconds_for_a_report(portal, "Paper clips vanish.") < AT_ONCE


def test_a_crowd_that_comes_and_goes_beyond_all_room_ends_no_worker(portal: Served) -> None:
    before = portal.workers
    threads = [Thread(target=_come_and_go, args=(portal,)) for _ in range(COMING_AND_GOING)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    # One that had made room in the moment in which it sent something ended the worker.
    assert portal.workers == before
    assert portal.output() == ""


def _come_and_go(portal: Served) -> None:
    with ExitStack() as stack:
        visitors = []
        for number in range(200):
            visitors.append(stack.enter_context(portal.raw_socket()))
            with suppress(OSError):
                visitors[-1].sendall(SLOW["nothing" if number % 3 else "who do not hang up"])
            for visitor in visitors[-40:]:
                with suppress(OSError):
                    visitor.sendall(b"G")


def test_a_long_report_gets_its_turn_among_those_who_dawdle(portal: Served) -> None:
    with crowd(portal, SLOW["half of a long form"], serving.READING + 4):
        assert seconds_for_a_report(portal, "é" * 19_000) < AT_ONCE + IN_A_WHILE


def test_a_browser_with_scripts_works_for_its_place_and_goes_on_by_itself(
    windows: Windows, tmp_path: Path
) -> None:
    with (
        office_home(tmp_path / "home") as office,
        serve(CROWDED, office.home, tmp_path / "logs") as served,
    ):
        visitor = PortalPages(windows.open(scripts=True, policy_kept=True), served.url)
        visitor.go("/report")
        visitor.page.locator("[name=what]").fill("Paper clips vanish.")
        visitor.page.locator("main form button[type=submit]:visible:not([name=attach])").click()
        # First comes the page that asks to wait.
        visitor.page.wait_for_selector("[data-receipt-code]", timeout=PATIENCE_SECONDS * 1000)

        assert len(visitor.code.split()) == 10


def test_a_visitor_gets_through_a_flood_by_waiting_as_asked(portal: Served) -> None:
    with flood(portal):
        visitor = Client(gateway(portal.connect), origin=portal.url)
        began = monotonic()
        page = send_report(visitor, what="Paper clips vanish.")
        while page.status == 503:
            assert monotonic() - began < PATIENCE_SECONDS
            Event().wait(WAIT_SECONDS)
            page = visitor.submit(page, "/report")

    page.one("data-receipt-code")
    assert peak_memory(portal) < MOST_MEMORY


def peak_memory(served: Served) -> int:
    """Of its worker, in MiB."""
    status = Path(f"/proc/{served.workers[0]}/status").read_text()
    (line,) = [each for each in status.splitlines() if each.startswith("VmHWM")]
    return int(line.split()[1]) // 1024


@contextmanager
def flood(portal: Served) -> Iterator[None]:
    """Visitors who send reports and codes without end, each when the one before was answered."""
    over = Event()
    orders = [_order(portal, kind) for kind in ("report", "mailbox/open")]
    threads = [
        Thread(target=_send_without_end, args=(portal, *orders[each % 2], over))
        for each in range(FLOODERS)
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _order(portal: Served, path: str) -> tuple[str, bytes, dict[str, str]]:
    visitor = Client(gateway(portal.connect), origin=portal.url)
    page = visitor.get(f"/en/{path.partition('/')[0]}")
    answers = {"what": "Flood. " * 500} if path == "report" else {"code": UNKNOWN_CODE}
    form = page.form(f"/{path}")
    cookie = visitor.answers[-1].headers["Set-Cookie"].partition(";")[0]
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": cookie,
        "Sec-Fetch-Site": "same-origin",
    }
    body = urlencode(list(form.filled(answers).items(multi=True))).encode()
    return f"/en/{path}", body, headers


def _send_without_end(
    portal: Served, path: str, body: bytes, headers: dict[str, str], over: Event
) -> None:
    while not over.is_set():
        connection = portal.connect(timeout=120.0)
        with suppress(OSError, HTTPException):
            connection.request("POST", path, body, headers)
            connection.getresponse().read()
        connection.close()
