"""Crowds that hold connections open or send without end, and the visitor who comes among them: real
processes with production's settings."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic

import pytest

from tests.support.gateway import gateway
from tests.support.html import Client
from tests.support.office_home import office_home
from tests.support.portal_steps import send_report
from tests.support.served import PORTAL, Served, serve
from web import gunicorn_settings, serving

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
CROWDS_OF_ALL = gunicorn_settings.worker_connections + 100
AT_ONCE = 10.0  # seconds; it takes one, and took twenty at least when a thread waited for each
# While others wait, who dawdles has five seconds; looked at once a second.
IN_A_WHILE = 10.0


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


def test_a_long_report_gets_its_turn_among_those_who_dawdle(portal: Served) -> None:
    with crowd(portal, SLOW["half of a long form"], serving.READING + 4):
        assert seconds_for_a_report(portal, "é" * 19_000) < AT_ONCE + IN_A_WHILE
