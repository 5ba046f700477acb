"""nginx and Caddy with the files of deploy/, in front of a served portal."""

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tests.support import proxies
from tests.support.gateway import gateway
from tests.support.html import Client
from tests.support.office_home import office_home
from tests.support.proxies import CONSOLE_NAME, PORTAL_NAME, Places, Proxy
from tests.support.served import LOOPBACK, PORTAL, Served, serve
from tests.support.traces import traces

AGENT, REFERER, QUERY = "canary-agent-71c2", "http://canary-referer.example/", "canary-query-9e"
ORIGIN = f"https://{PORTAL_NAME}"
SERVERS = {"nginx": proxies.nginx, "caddy": proxies.caddy}


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return Places.below(tmp_path_factory.mktemp("places"))


@pytest.fixture(scope="module")
def portal(places: Places, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("proxied")
    names = {"ZEGEL_TRUSTED_HOSTS": f"{PORTAL_NAME},localhost", "ZEGEL_LOOPBACK_COOKIES": "0"}
    with (
        office_home(folder / "home") as office,
        serve(
            PORTAL,
            office.home,
            folder / "logs",
            environment=names,
            unix_socket=places.socket("portal"),
        ) as served,
    ):
        yield served


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="module", params=SERVERS)
def proxy(
    request: pytest.FixtureRequest, places: Places, portal: Served, logs: Path
) -> Iterator[Proxy]:
    with SERVERS[request.param](places, logs) as running:
        yield running


def test_nginx_accepts_its_configuration(tmp_path: Path) -> None:
    path = proxies.write_nginx(Places.below(tmp_path), (1443, 1080))

    checked = run("nginx", "-t", "-q", "-c", str(path))

    # Only who is not root hears that nobody else can be become.
    said = [line for line in checked.stderr.splitlines() if '"user" directive' not in line]
    assert (checked.returncode, said) == (0, [])


def test_caddy_accepts_its_configuration(tmp_path: Path) -> None:
    places = Places.below(tmp_path)
    path = proxies.write_caddyfile(places, (1443, 1080))
    words = ("--adapter", "caddyfile", "--config", str(path))

    checked = run("caddy", "validate", *words, home=places.scratch)

    assert checked.returncode == 0, checked.stderr
    assert '"level":"warn"' not in checked.stderr


def test_caddy_finds_the_file_well_formatted() -> None:
    assert run("caddy", "fmt", "--diff", str(proxies.DEPLOY / "Caddyfile")).returncode == 0


def run(*words: str, home: Path = Path("/")) -> subprocess.CompletedProcess[str]:
    variables = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(home)}
    return subprocess.run(words, env=variables, capture_output=True, text=True, check=False)


def test_a_report_is_sent_through_it_as_without_it(proxy: Proxy) -> None:
    # Every page must have the headers that the application gives it, and no other.
    visitor = Client(gateway(lambda: proxy.connect("portal")), origin=ORIGIN)

    page = visitor.submit(visitor.get("/en/report"), "/report", what="Paper clips vanish.")

    assert page.status == 200
    page.one("data-receipt-code")


def test_plain_http_is_sent_on_to_https(proxy: Proxy) -> None:
    for name in (PORTAL_NAME, CONSOLE_NAME):
        answer = ask(HTTPConnection(LOOPBACK, proxy.plain_port, 10), "/en/report", name)

        assert answer.status == 308
        assert answer.headers["Location"].startswith(f"https://{name}")


def test_another_name_gets_no_page(proxy: Proxy) -> None:
    with pytest.raises((ConnectionError, OSError)), socket_for(proxy, "other.example.org") as tls:
        tls.recv(1)


@contextmanager
def socket_for(proxy: Proxy, name: str) -> Iterator[socket.socket]:
    connection = proxy.connect("portal", 10.0)
    connection.host = name
    connection.connect()
    try:
        yield connection.sock
    finally:
        connection.close()


def ask(connection: HTTPConnection, path: str, host: str = PORTAL_NAME) -> HTTPResponse:
    named = {"Host": host, "User-Agent": AGENT, "Referer": REFERER}
    connection.request("GET", f"{path}?{QUERY}", headers=named)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def test_an_application_that_is_away_gets_the_page_that_says_what_to_do(proxy: Proxy) -> None:
    connection = proxy.connect("console")  # nothing listens there
    connection.request("POST", "/en/sign-in", b"login=ingrid")
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()

    assert answer.status == 502
    assert answer.headers["Content-Type"].startswith("text/html")
    assert all(f'<p lang="{language}">' in page for language in ("nl", "fr", "de", "en"))
    assert "back button" in page


def test_no_file_of_it_names_a_visitor_whatever_went_wrong(
    proxy: Proxy, places: Places, logs: Path
) -> None:
    ask(proxy.connect("console"), "/en/", CONSOLE_NAME)
    ask(proxy.connect("portal"), "/absent")
    for request in (b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01 nonsense\r\n\r\n"):
        with proxy.raw_socket("portal", 10.0) as visitor:
            visitor.sendall(request + f"Referer: {REFERER}{QUERY}\r\n{AGENT}\r\n\r\n".encode())
            visitor.recv(1000)
    with proxy.raw_socket("portal", 10.0) as visitor:
        visitor.sendall(f"GET /{QUERY} HTTP/1.1\r\nHost: {PORTAL_NAME}\r\n".encode())

    assert traces([LOOPBACK, AGENT, REFERER, QUERY], [logs, places.run]) == []
    assert traces([AGENT, REFERER, QUERY], [places.scratch]) == []
